-- What the picture file and the sidecar beside it said when they were read last.
CREATE TABLE file_words (
    photo_id            INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    -- The words of the picture file itself, as JSON (core/file_words.py).
    embedded            TEXT NOT NULL,
    -- Stars of both together: a photo whose rating is another was rated in Recollect.
    rating              INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
    -- The sidecar's file name in the photo's folder, with size and time when it was read or written; NULL: there is none.
    sidecar             BLOB,
    sidecar_size_bytes  INTEGER,
    sidecar_modified_ns INTEGER,
    -- Why the sidecar could not be read or written at the last try.
    problem             TEXT
) STRICT;
CREATE INDEX file_words_with_problem ON file_words (photo_id) WHERE problem IS NOT NULL;

-- The keywords of both together. What a photo is tagged with and what stands here differ by what is to be written.
CREATE TABLE file_keywords (
    photo_id   INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    name       TEXT NOT NULL COLLATE NOCASE,
    -- The hierarchy it stands in, as a JSON array from the top; NULL: none.
    path       TEXT,
    is_keyword INTEGER NOT NULL CHECK (is_keyword IN (0, 1)),
    -- The name of a marked face: Recollect does not take faces out of a sidecar.
    is_face    INTEGER NOT NULL CHECK (is_face IN (0, 1)),
    PRIMARY KEY (photo_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_keywords_in_hierarchies ON file_keywords (name, path) WHERE path IS NOT NULL;
