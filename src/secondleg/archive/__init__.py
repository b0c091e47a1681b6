"""The results database: schema, identity of clubs, ties, coverage, and views as of a day."""
