"""What a person calls the device that they are signed in on. Pure."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("YaBrowser", "Яндекс.Браузер"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str | None) -> str:
    """«Chrome, Android» by what the browser says of itself; "" where that says nothing known."""
    said = user_agent or ""
    known = (_first(said, _BROWSERS), _first(said, _SYSTEMS))
    return ", ".join(name for name in known if name)


def _first(said: str, names: tuple[tuple[str, str], ...]) -> str | None:
    return next((name for mark, name in names if mark in said), None)
