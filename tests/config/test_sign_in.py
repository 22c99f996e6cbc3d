"""Providers of the environment."""

import pytest

from samtun.config.sign_in import hidden_key, providers

ENTRA = {
    "SAMTUN_OIDC": "entra",
    "SAMTUN_OIDC_ENTRA_URL": "https://login.example/tenant/v2.0/",
    "SAMTUN_OIDC_ENTRA_CLIENT_ID": "id",
}


def test_without_any_there_are_none() -> None:
    assert providers({})["openid_connect"]["APPS"] == []


def test_a_provider_trusts_nothing_unless_told() -> None:
    (app,) = providers(ENTRA)["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == "https://login.example/tenant/v2.0"
    assert not app["settings"]["email_authentication"]
    assert not app["settings"]["is_strong"]


@pytest.mark.parametrize(
    ("match", "by_email", "always"),
    [("no", False, False), ("verified", True, False), ("always", True, True)],
)
def test_how_far_an_address_is_trusted(match: str, by_email: bool, always: bool) -> None:  # noqa: FBT001
    (app,) = providers({**ENTRA, "SAMTUN_OIDC_ENTRA_MATCH_EMAIL": match})["openid_connect"]["APPS"]
    assert app["settings"]["email_authentication"] is by_email
    assert app["settings"]["verified_email"] is always


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SAMTUN_OIDC_ENTRA_URL": "http://login.example"}, "https"),
        ({"SAMTUN_OIDC_ENTRA_MATCH_EMAIL": "perhaps"}, "MATCH_EMAIL"),
        ({"SAMTUN_OIDC": "Entra"}, "small letters"),
        ({"SAMTUN_OIDC": "entra other"}, "OTHER_"),
    ],
)
def test_a_mistake_is_said_at_the_start(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        providers({**ENTRA, **wrong})


def test_a_hidden_key_is_the_same_in_every_process_and_tells_nothing() -> None:
    key = hidden_key("allauth:rl:kari@valdres.example", "", 1)
    assert key == hidden_key("allauth:rl:kari@valdres.example", "", 1)
    assert "kari" not in key
    assert key != hidden_key("allauth:rl:ola@valdres.example", "", 1)
