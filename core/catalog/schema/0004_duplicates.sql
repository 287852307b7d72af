-- What the pictures look like, by content, so that copies, moves and returns need no second look.
CREATE TABLE picture_hashes (
    content_hash BLOB PRIMARY KEY,
    -- NULL: too plain to be compared by its looks; identical files are found all the same.
    perceptual   INTEGER,
    is_compared  INTEGER NOT NULL DEFAULT 0 CHECK (is_compared IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_hashes_to_compare ON picture_hashes (content_hash) WHERE NOT is_compared;

-- Two contents that show the same picture (resized, recompressed), the lesser hash first.
CREATE TABLE same_pictures (
    one        BLOB NOT NULL,
    other      BLOB NOT NULL,
    difference REAL NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_pictures_by_other ON same_pictures (other);

-- What a person said are no duplicates. One content twice: its identical copies are all wanted.
CREATE TABLE not_duplicates (
    one        BLOB NOT NULL,
    other      BLOB NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one <= other)
) STRICT, WITHOUT ROWID;
