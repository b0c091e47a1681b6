"""The desk: what an editor asks for. It puts the rooms below to work and has no football of its own."""
