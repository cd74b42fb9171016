"""Search French news in a browser: a Flask blueprint, and an app that mounts it."""

from searchapp.app import create_app
from searchapp.blueprint import create_blueprint
from searchapp.robots import robots_lines

__all__ = ["create_app", "create_blueprint", "robots_lines"]
