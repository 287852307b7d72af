-- The folders are listed, with the number of their missing photos, after every change; missing ones are few.
CREATE INDEX photos_offline ON photos (folder_id) WHERE state = 'offline';
