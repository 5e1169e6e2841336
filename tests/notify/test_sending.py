"""Notices through the real Apprise library, to a webhook on this machine."""

from __future__ import annotations

import pytest

from castabout.errors import FollowRefused
from castabout.notify import Outgoing
from castabout.notify.process import described, without_secrets
from castabout.notify.sending import send, service_of
from tests.hook import hook


def test_each_notice_has_its_own_end() -> None:
    with hook() as kept:
        kept.statuses = [500, 200]
        target = f"{kept.address.replace('://', '://ann:pa55word@')}/t0ken-of-mine"
        (refused,) = send([Outgoing(target, "One", "two & <b>three</b>")])
        assert refused is not None and "500" in refused
        answers = send(
            [
                Outgoing(target, "One", "two & <b>three</b>"),
                Outgoing("json://127.0.0.1:1/t0ken-of-mine", "lost", "nobody listens there"),
                Outgoing("nosuch://service", "lost", "unknown"),
            ]
        )
    assert answers[0] is None
    assert answers[1] is not None and "onnection" in answers[1]
    assert answers[2] == "its address is none that is known here"
    assert [(one["title"], one["message"]) for one in kept.got] == [("One", "two & <b>three</b>")] * 2
    said = " ".join(filter(None, (refused, *answers)))
    assert "t0ken" not in said and "pa55word" not in said
    assert send([]) == ()


def test_one_that_hangs_costs_no_other() -> None:
    with hook() as kept:
        notices = [Outgoing(f"{kept.address}{path}", "t", "b") for path in ("/slow", "/quick")]
        assert send(notices, seconds=4) == ("no answer in time", None)


@pytest.mark.parametrize(
    ("target", "service"),
    [
        ("json://ann:secret@hooks.example:8080/secret?k=secret", "JSON, hooks.example"),
        ("json://[::1]:8080/secret", "JSON, ::1"),
        ("ntfy://secret-topic", "ntfy"),
        ("ntfys://tk_secret@ntfy.lan.example/secret-topic", "ntfy, ntfy.lan.example"),
        ("mailtos://ann:secret@mail.example", "E-Mail, mail.example"),
        ("slack://TSECRETAA/BSECRETBB/secretsecretsecretsecret", "Slack"),
        ("tgram://123456789:secretsecretsecretsecretsecretsec/12315544/", "Telegram"),
        ("matrixs://ann:secret@matrix.example/#room", "Matrix, matrix.example"),
    ],
)
def test_a_service_is_called_without_its_secrets(target: str, service: str) -> None:
    assert service_of(target) == service


@pytest.mark.parametrize(
    "target",
    [
        "",
        "my-topic-of",
        "nosuch://x",
        "json://",
        "https://example.org/",
        "ntfy://" + "a" * 3_000,
        "json://[::",
    ],
)
def test_what_is_no_service_is_refused_without_being_shown(target: str) -> None:
    with pytest.raises(FollowRefused) as refused:
        service_of(target)
    assert not target or target not in str(refused.value)


def test_what_a_service_says_loses_the_secrets_of_its_address() -> None:
    target = "mailtos://ann%40x:pa%2Fss1@smtp.example/?to=bob-the-baker"
    said = "smtp.example refused pa/ss1, pa%2Fss1 and bob-the-baker"
    assert without_secrets(said, target) == "smtp.example refused …, … and …"
    # Where a host would stand, many services have a secret.
    assert described("Slack", "slack://T...A/B...B/c...c/") == "Slack"
