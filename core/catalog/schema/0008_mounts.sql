-- Where other drives were mounted below a watched folder at the last look: what was there is away with the drive, not gone.
CREATE TABLE mounts (
    folder_id     INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
    relative_path BLOB NOT NULL,
    PRIMARY KEY (folder_id, relative_path)
) STRICT, WITHOUT ROWID;
