"""The nouns and rules of the game: clubs, competitions, matches, ties, tables."""
