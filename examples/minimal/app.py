"""A Flask app with a search below /archives: `flask --app examples/minimal/app.py run`."""

from flask import Flask, render_template_string

from searchapp import create_blueprint

app = Flask(__name__)
app.register_blueprint(create_blueprint("var/index"), url_prefix="/archives")


@app.get("/")
def front() -> str:
    """Return the front page."""
    return render_template_string("""
        {% from "searchapp/embed.html" import head, search_box, result_list %}
        <!doctype html><html lang="fr"><title>Accueil</title>{{ head() }}
        <main><h1>Accueil</h1>{{ search_box() }}{{ result_list(manchette_search()) }}</main></html>
    """)
