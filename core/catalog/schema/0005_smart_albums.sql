-- A smart album is an album with a definition (JSON, see core/catalog/definitions.py): Recollect keeps its automatic
-- members in step with a search. NULL: an album that only people fill.
ALTER TABLE albums ADD COLUMN definition TEXT;
-- Why a smart album could not be filled the last time, in one sentence; then its members stay as they were.
ALTER TABLE albums ADD COLUMN trouble TEXT;

ALTER TABLE album_photos ADD COLUMN is_automatic INTEGER NOT NULL DEFAULT 0 CHECK (is_automatic IN (0, 1));

-- Photos that a person threw out of a smart album: they never come back by themselves.
CREATE TABLE album_refusals (
    album_id   INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    photo_id   INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    refused_at INTEGER NOT NULL,
    PRIMARY KEY (album_id, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX album_refusals_by_photo ON album_refusals (photo_id);

-- Example pictures of definitions that are no photo of the library, or only a part of one: small JPEGs by content,
-- so that they can be embedded again by another encoder when the file they came from is gone.
CREATE TABLE kept_pictures (
    content_hash BLOB PRIMARY KEY,
    jpeg         BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_embeddings (
    encoder_id   INTEGER NOT NULL REFERENCES encoders (id) ON DELETE CASCADE,
    content_hash BLOB NOT NULL REFERENCES kept_pictures (content_hash) ON DELETE CASCADE,
    embedding    BLOB NOT NULL,
    PRIMARY KEY (encoder_id, content_hash)
) STRICT, WITHOUT ROWID;

-- Suggested albums that a person does not want; photo_ids is a JSON array.
CREATE TABLE dismissed_albums (
    id           INTEGER PRIMARY KEY,
    title        TEXT NOT NULL,
    photo_ids    TEXT NOT NULL,
    dismissed_at INTEGER NOT NULL
) STRICT;
