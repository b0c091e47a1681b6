"""The faces: command line and, later, web. Thin; all logic is below."""
