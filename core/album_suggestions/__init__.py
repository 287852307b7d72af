"""Albums that might be made of an untagged library: events and themes."""
