"""Weigh the pages, time them on the server, and see when a reader on a slow line sees them."""
