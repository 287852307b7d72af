-- Thumbnails by content, in a file of their own: it can be deleted at any time and is made again.
CREATE TABLE IF NOT EXISTS thumbs.thumbnails (
    content_hash BLOB PRIMARY KEY,
    jpeg         BLOB NOT NULL
) STRICT;
