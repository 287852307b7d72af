"""Core's events arrive on the GUI thread, and none after closing."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from app.event_bridge import EventBridge
from core.domain import PhotoId
from core.events import CatalogChanged, EventBus, JobProgress, Notice


def test_each_event_arrives_at_its_signal_on_this_thread(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = EventBridge(bus)
    seen: list[tuple[object, threading.Thread]] = []
    for signal in (bridge.catalog_changed, bridge.job_progress, bridge.notice):
        signal.connect(lambda event: seen.append((event, threading.current_thread())))
    events = [
        CatalogChanged(added=frozenset({PhotoId(1)})),
        JobProgress("index", "Embedding", 1, 2, "photos", None, None),
        Notice("info", "Hello."),
    ]

    def publish() -> None:
        for event in events:
            bus.publish(event)  # type: ignore[arg-type]

    thread = threading.Thread(target=publish)
    thread.start()
    thread.join()
    assert seen == []  # queued, not delivered on the other thread
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert [event for event, _thread in seen] == events
    assert {one for _event, one in seen} == {threading.main_thread()}
    bridge.close()


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = EventBridge(bus)
    seen: list[object] = []
    bridge.notice.connect(seen.append)
    bus.publish(Notice("info", "queued before"))
    bridge.close()
    bus.publish(Notice("info", "after"))
    qtbot.wait(1)
    assert seen == []
