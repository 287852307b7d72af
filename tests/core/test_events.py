"""The bus hands every event to everyone, whatever one of them does."""

from __future__ import annotations

import logging

import pytest

from core.events import Event, EventBus, Notice

HELLO = Notice("info", "Hello.")


def test_everyone_hears_everything_in_order() -> None:
    bus = EventBus()
    first, second = list[Event](), list[Event]()
    bus.subscribe(first.append)
    stop = bus.subscribe(second.append)
    bus.publish(HELLO)
    stop()
    stop()
    bus.publish(Notice("info", "Again."))
    assert [len(first), len(second)] == [2, 1]


def test_one_that_fails_is_logged_and_the_others_still_hear(caplog: pytest.LogCaptureFixture) -> None:
    bus, heard = EventBus(), list[Event]()

    def failing(event: Event) -> None:
        raise ValueError("bug")

    bus.subscribe(failing)
    bus.subscribe(heard.append)
    with caplog.at_level(logging.ERROR):
        bus.publish(HELLO)
    assert heard == [HELLO]
    assert "a subscriber failed on Notice" in caplog.text


def test_subscribing_and_leaving_while_hearing() -> None:
    bus, heard = EventBus(), list[str]()

    def once(event: Event) -> None:
        heard.append("once")
        leave()
        bus.subscribe(lambda event: heard.append("later"))

    leave = bus.subscribe(once)
    bus.publish(HELLO)
    assert heard == ["once"]
    bus.publish(HELLO)
    assert heard == ["once", "later"]
