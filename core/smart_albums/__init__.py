"""Albums that are saved searches: made, filled, and kept in step with the library."""
