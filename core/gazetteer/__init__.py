"""From a position to the name of a place, without a network."""
