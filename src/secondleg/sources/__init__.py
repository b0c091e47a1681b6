"""One reader for each public format, and the import that merges them into an archive."""
