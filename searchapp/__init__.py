"""Search French news in a browser: a Flask blueprint, and an app that mounts it."""

from searchapp.app import create_app
from searchapp.blueprint import create_blueprint
from searchapp.display import Display
from searchapp.hooks import ArticleViewed, Hooks, SearchAsked, SearchDone
from searchapp.robots import robots_lines
from searchapp.state import SearchState

__all__ = [
    "ArticleViewed",
    "Display",
    "Hooks",
    "SearchAsked",
    "SearchDone",
    "SearchState",
    "create_app",
    "create_blueprint",
    "robots_lines",
]
