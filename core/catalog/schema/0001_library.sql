-- Everything Recollect knows. Times are UTC seconds, paths are the operating system's bytes
-- relative to their watched folder (a Linux file name need not be UTF-8).

CREATE TABLE folders (
    id         INTEGER PRIMARY KEY,
    path       BLOB NOT NULL UNIQUE,
    added_at   INTEGER NOT NULL,
    is_offline INTEGER NOT NULL DEFAULT 0 CHECK (is_offline IN (0, 1))
) STRICT;

CREATE TABLE photos (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    folder_id       INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
    relative_path   BLOB NOT NULL,
    name            TEXT NOT NULL,
    -- present: the file was there at the last look; offline: many vanished at once, kept and badged;
    -- gone: the file is no longer there, kept hidden so that tags return with the content.
    state           TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'offline', 'gone')),
    state_since     INTEGER NOT NULL,
    size_bytes      INTEGER NOT NULL,
    modified_ns     INTEGER NOT NULL,
    content_hash    BLOB NOT NULL,
    format          TEXT NOT NULL,
    width_px        INTEGER NOT NULL,
    height_px       INTEGER NOT NULL,
    average_color   INTEGER NOT NULL,
    taken_at        INTEGER NOT NULL,
    camera          TEXT,
    lens            TEXT,
    exposure_s      REAL,
    f_number        REAL,
    iso             INTEGER,
    focal_length_mm REAL,
    latitude        REAL,
    longitude       REAL,
    altitude_m      REAL,
    caption         TEXT,
    rating          INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
    is_favourite    INTEGER NOT NULL DEFAULT 0 CHECK (is_favourite IN (0, 1)),
    added_at        INTEGER NOT NULL,
    problem         TEXT
) STRICT;

-- A path belongs to one photo that is not gone; gone ones may have had the same path.
CREATE UNIQUE INDEX photos_by_path ON photos (folder_id, relative_path) WHERE state <> 'gone';
CREATE INDEX photos_by_date ON photos (taken_at DESC, id DESC, average_color) WHERE state <> 'gone';
CREATE INDEX photos_by_content ON photos (content_hash);
CREATE INDEX photos_gone ON photos (state_since) WHERE state = 'gone';

-- Files that could not be read and are no photo (yet). A photo that became unreadable has photos.problem.
CREATE TABLE problems (
    folder_id     INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
    relative_path BLOB NOT NULL,
    reason        TEXT NOT NULL,
    size_bytes    INTEGER NOT NULL,
    modified_ns   INTEGER NOT NULL,
    PRIMARY KEY (folder_id, relative_path)
) STRICT, WITHOUT ROWID;

CREATE TABLE albums (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE album_photos (
    album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (album_id, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX album_photos_by_photo ON album_photos (photo_id);

CREATE TABLE tags (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE tag_runs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    title      TEXT NOT NULL,
    encoder    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    is_undone  INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1))
) STRICT;

CREATE TABLE photo_tags (
    photo_id   INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    tag_id     INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    source     TEXT NOT NULL CHECK (source IN ('user', 'suggested', 'learned', 'file')),
    run_id     INTEGER REFERENCES tag_runs (id) ON DELETE SET NULL,
    confidence REAL,
    added_at   INTEGER NOT NULL,
    PRIMARY KEY (photo_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_tags_by_tag ON photo_tags (tag_id);
CREATE INDEX photo_tags_by_run ON photo_tags (run_id) WHERE run_id IS NOT NULL;

-- What was decided about each suggestion of a run, so that a run can be taken back and never asks twice.
CREATE TABLE suggestion_decisions (
    run_id      INTEGER NOT NULL REFERENCES tag_runs (id) ON DELETE CASCADE,
    photo_id    INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    tag         TEXT NOT NULL COLLATE NOCASE,
    confidence  REAL NOT NULL,
    is_accepted INTEGER NOT NULL CHECK (is_accepted IN (0, 1)),
    PRIMARY KEY (run_id, photo_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX suggestion_decisions_by_photo ON suggestion_decisions (photo_id);

-- One row per encoder that embedded something; its vectors are in the vec0 table embeddings_<id>.
CREATE TABLE encoders (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,
    dimension   INTEGER NOT NULL CHECK (dimension > 0),
    metric      TEXT NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;

-- A photo that this encoder has embedded. The to-do list of the indexer is "no row here".
CREATE TABLE embedded (
    encoder_id INTEGER NOT NULL REFERENCES encoders (id) ON DELETE CASCADE,
    photo_id   INTEGER NOT NULL,
    failure    TEXT,
    PRIMARY KEY (encoder_id, photo_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE texts USING fts5 (
    name, folder, caption, tags, albums, camera,
    tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4'
);
