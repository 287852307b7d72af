"""The one door for the window and the command line. Every method may be called from any thread; long ones say so."""

from core.library.door import Library, examine, repair
from core.library.marks import DeletedTag

__all__ = ["DeletedTag", "Library", "examine", "repair"]
