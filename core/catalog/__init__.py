"""The catalog: one SQLite file. SQL lives only here, in plain functions whose first argument is a connection."""
