"""The `recollect` command: a second front end over `Library`, next to the window."""

from core.command_line.main import main

__all__ = ["main"]
