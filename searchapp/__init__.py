"""Search French news in a browser: a Flask blueprint, and an app that mounts it."""

from searchapp.app import create_app
from searchapp.blueprint import create_blueprint

__all__ = ["create_app", "create_blueprint"]
