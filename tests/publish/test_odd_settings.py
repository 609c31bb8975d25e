"""Settings that cannot be what they are said to be are refused by their name, without their words."""

import pytest

from publish.channels.registry import open_accounts
from publish.settings import load_public_settings
from vocab.errors import ConfigError

GOOD = {
    "BAIKOO_SMTP_URL": "smtp://h",
    "BAIKOO_MAIL_FROM": "a@b.kg",
    "BAIKOO_TELEGRAM_TOKEN": "1:abc",
    "BAIKOO_TELEGRAM_CHAT": "@a",
    "BAIKOO_FACEBOOK_PAGE": "1",
    "BAIKOO_FACEBOOK_TOKEN": "t",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("BAIKOO_SMTP_URL", value) for value in ("smtp://u:secret@h:99999", "smtp://[::1", "smtp://h:secret")),
        *(("BAIKOO_TELEGRAM_API", value) for value in ("https://secret:x", "https://[::1", "https://h:0")),
        *(("BAIKOO_EMAIL_TO", value) for value in ("@", "@a b", "a@b.kg, c@d.kg")),
        ("BAIKOO_FACEBOOK_TOKEN", "secret é"),
    ],
)
def test_an_account_is_not_opened_with_what_it_cannot_have(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name) as error:
        open_accounts(GOOD | {name: value})
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("address", ["baikoo.kg", "javascript:1", "https://", "https://h:x", "https://a\nb"])
def test_links_lead_to_an_address(address: str) -> None:
    with pytest.raises(ConfigError, match="BAIKOO_PUBLIC_URL"):
        load_public_settings({"BAIKOO_PUBLIC_URL": address})


def test_an_empty_address_is_none() -> None:
    assert load_public_settings({"BAIKOO_PUBLIC_URL": " "}) == load_public_settings({})
