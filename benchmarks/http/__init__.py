"""Serve the results page with gunicorn and send it a thousand queries, Datasette beside it."""
