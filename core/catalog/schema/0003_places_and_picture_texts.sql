-- Where photos were taken, by name; the ids are those of GeoNames: of the nearest settlement, which may be a part of
-- `town`, or of a country where no settlement is near.
CREATE TABLE places (
    id           INTEGER PRIMARY KEY,
    district     TEXT,
    town         TEXT,
    region       TEXT,
    country      TEXT NOT NULL,
    country_code TEXT NOT NULL,
    -- Other names of all of them, to search by: Lisboa, Lissabon, ...
    other_names  TEXT NOT NULL DEFAULT ''
) STRICT;

ALTER TABLE photos ADD COLUMN place_id INTEGER REFERENCES places (id);
-- The edition of the gazetteer that was asked about the photo's position; it may know no place there.
ALTER TABLE photos ADD COLUMN place_edition TEXT;
CREATE INDEX photos_by_place ON photos (place_id) WHERE place_id IS NOT NULL;
CREATE INDEX photos_by_place_edition ON photos (place_edition) WHERE latitude IS NOT NULL;

-- Text read in pictures, by content, so that a move or a copy costs nothing. The to-do list is "no row here".
CREATE TABLE picture_texts (
    content_hash BLOB PRIMARY KEY,
    text         TEXT NOT NULL,
    failure      TEXT,
    reader       TEXT NOT NULL,
    read_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- FTS5 cannot add a column: the words move into a wider table.
ALTER TABLE texts RENAME TO texts_before;
CREATE VIRTUAL TABLE texts USING fts5 (
    name, folder, caption, tags, albums, camera, place, picture_text,
    tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4'
);
INSERT INTO texts (rowid, name, folder, caption, tags, albums, camera)
SELECT rowid, name, folder, caption, tags, albums, camera FROM texts_before;
DROP TABLE texts_before;
