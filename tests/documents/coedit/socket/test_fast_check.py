"""What is looked at before uvicorn's class is built on."""

import logging

import pytest
from django.conf import LazySettings
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from documents.coedit import fast_check
from documents.coedit.fast_socket import DirectSocket, DirectSocketWithoutWalker

pytestmark = pytest.mark.no_database


def test_the_installed_library_has_all_that_is_needed() -> None:
    assert fast_check.missing_names() == []


@pytest.mark.parametrize("name", sorted(fast_check._METHODS))
def test_misses_a_method_that_was_renamed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    if name in vars(WebSocketsSansIOProtocol):
        monkeypatch.delattr(WebSocketsSansIOProtocol, name)
    assert fast_check.missing_names() == [name]


def test_misses_a_library_that_is_not_there() -> None:
    assert fast_check.missing_names("uvicorn.elsewhere") == ["uvicorn.elsewhere"]


def test_goes_on_with_the_plain_socket_and_says_so(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.COEDIT_SOCKET = "fast"
    monkeypatch.delattr(WebSocketsSansIOProtocol, "handle_parser_exception")

    with caplog.at_level(logging.ERROR):
        assert fast_check.socket_class() == fast_check.PLAIN

    assert "handle_parser_exception" in caplog.text


def test_the_setting_chooses(settings: LazySettings) -> None:
    chosen = []
    for name in ("fast", "direct", "plain"):
        settings.COEDIT_SOCKET = name
        chosen.append(fast_check.socket_class())

    assert chosen == [DirectSocket, DirectSocketWithoutWalker, fast_check.PLAIN]
