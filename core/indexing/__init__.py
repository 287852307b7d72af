"""How files become searchable photos: watching, settling, scanning and the background thread that embeds."""
