"""The peers: search libraries that others use, each asked as its own documentation shows."""
