"""Where the knots of a net stand: forces on a plane (Fruchterman and Reingold, 1991), the same each time. Pure."""

from collections.abc import Mapping, Sequence
from math import cos, hypot, pi, sin

_ROUNDS = 120
_START_HEAT = 0.12
_TOGETHER = 1.5  # how much everybody is pulled to the middle
Point = tuple[float, float]


def positions(knots: Sequence[str], ties: Mapping[tuple[str, str], float]) -> dict[str, Point]:
    """Each knot's place in the unit square: those who are tied stand near, nobody stands on another.

    `ties` are weights by pair. No chance is in it: knots begin on a circle in the order in which they are given.
    """
    if len(knots) == 1:
        return {knots[0]: (0.5, 0.5)}
    angle = 2 * pi / max(1, len(knots))
    places = {knot: (cos(n * angle) / 2, sin(n * angle) / 2) for n, knot in enumerate(knots)}
    distance = 1 / max(1, len(knots)) ** 0.5
    strongest = max(ties.values(), default=1.0)
    for done in range(_ROUNDS):
        heat = _START_HEAT * (1 - done / _ROUNDS)
        places = _moved(places, _forces(places, ties, distance, strongest), heat)
    return _in_square(places)


def _forces(
    places: Mapping[str, Point], ties: Mapping[tuple[str, str], float], distance: float, strongest: float
) -> dict[str, Point]:
    """What pulls and pushes every knot."""
    forces = {}
    for knot, (x, y) in places.items():
        across = down = 0.0
        for other, (its_x, its_y) in places.items():
            if other != knot:
                apart = max(hypot(x - its_x, y - its_y), 1e-4)
                push = (distance / apart) ** 2
                across, down = across + (x - its_x) * push, down + (y - its_y) * push
        forces[knot] = (across - x * _TOGETHER, down - y * _TOGETHER)  # nobody drifts away for ever
    for (one, other), weight in ties.items():
        (x, y), (its_x, its_y) = places[one], places[other]
        pull = hypot(x - its_x, y - its_y) / distance * (0.3 + 0.3 * weight / strongest)
        for knot, sign in ((one, -1), (other, 1)):
            across, down = forces[knot]
            forces[knot] = (across + sign * (x - its_x) * pull, down + sign * (y - its_y) * pull)
    return forces


def _moved(places: Mapping[str, Point], forces: Mapping[str, Point], heat: float) -> dict[str, Point]:
    moved = {}
    for knot, (x, y) in places.items():
        across, down = forces[knot]
        length = max(hypot(across, down), 1e-9)
        step = min(length, heat)
        moved[knot] = (x + across / length * step, y + down / length * step)
    return moved


def _in_square(places: Mapping[str, Point]) -> dict[str, Point]:
    """Stretched to fill the square; the seventh digit is nobody's business."""
    across, down = [x for x, _ in places.values()], [y for _, y in places.values()]
    wide, high = (max(across) - min(across)) or 1, (max(down) - min(down)) or 1
    return {
        knot: (round((x - min(across)) / wide, 6), round((y - min(down)) / high, 6)) for knot, (x, y) in places.items()
    }
