-- Suggested tags that wait for a review. What was decided meanwhile is filtered when they are read.
CREATE TABLE pending_suggestions (
    photo_id   INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    tag        TEXT NOT NULL COLLATE NOCASE,
    confidence REAL NOT NULL,
    source     TEXT NOT NULL CHECK (source IN ('suggested', 'learned')),
    PRIMARY KEY (photo_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_suggestions_by_tag ON pending_suggestions (tag);

-- Whether a decision was about a word of the vocabulary or about a learned tag.
ALTER TABLE suggestion_decisions ADD COLUMN source TEXT NOT NULL DEFAULT 'suggested'
    CHECK (source IN ('suggested', 'learned'));
CREATE INDEX suggestion_decisions_by_tag ON suggestion_decisions (tag, is_accepted);

-- A photo that was compared with the words: with which edition of the words and the encoder. "No row, or another
-- edition" is the to-do list of the suggesting pass; "no row" says that the photo is new.
CREATE TABLE considered (
    photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    edition  TEXT NOT NULL
) STRICT;

-- With which examples the suggestions of a learned tag were made.
CREATE TABLE lessons (
    tag     TEXT PRIMARY KEY COLLATE NOCASE,
    edition TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Tags that new photos get without a review.
CREATE TABLE automatic_tags (
    tag TEXT PRIMARY KEY COLLATE NOCASE
) STRICT, WITHOUT ROWID;

-- Photos that match a word of a sensitive group; hidden or blurred where the person wants that.
CREATE TABLE sensitive_photos (
    photo_id   INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    word       TEXT NOT NULL,
    confidence REAL NOT NULL,
    -- The person said that it is harmless: never marked again.
    is_cleared INTEGER NOT NULL DEFAULT 0 CHECK (is_cleared IN (0, 1))
) STRICT;
