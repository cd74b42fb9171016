"""The page on accessibility: what was checked, by which criteria, and whom to tell of a fault."""

from __future__ import annotations

from urllib.parse import quote

from searchapp.links import Links
from searchapp.pages import AccessibilityPage
from searchapp.parts import Checked
from searchapp.typography import later, say

_AXE = later("axe-core, sur chaque modèle de page, clair et sombre, à 390 et à 1 440 pixels, replis ouverts")
_TEST = later("test automatique de chaque page")
_BROWSER = later("test automatique dans un navigateur")
_DESIGN = later("mesuré sur la feuille de style, non sur chaque page")

_CHECKED = (
    (
        "1.1.1",
        "1.1, 1.2",
        later("Les graphiques sont décrits, et leurs nombres sont dans un tableau ou à côté."),
        _AXE,
    ),
    ("1.3.1", "5.4, 5.6, 9.1, 9.3", later("Titres, listes et tableaux sont balisés comme tels."), _AXE),
    ("1.4.3", "3.2", later("Le contraste du texte est de 4,5 au moins."), _AXE),
    ("1.4.11", "3.3", later("Le contraste des champs et des marques est de 3 au moins."), _DESIGN),
    (
        "1.4.10",
        "10.11",
        later("À 320 pixels rien ne défile de côté, sauf les tableaux."),
        _BROWSER,
    ),
    ("2.1.1", "7.3", later("Tout se fait au clavier ; sans script aussi."), _BROWSER),
    (
        "2.4.1",
        "12.6, 12.7",
        later("Des liens d’évitement mènent au contenu et aux filtres."),
        _AXE,
    ),
    ("2.4.2", "8.5, 8.6", later("Chaque page a un titre qui dit ce qu’elle montre."), _TEST),
    ("2.4.4", "6.1", later("Chaque lien a un nom."), _TEST),
    ("2.4.7", "10.7", later("Le focus se voit."), _DESIGN),
    ("2.5.8", "—", later("Les cibles ont 24 pixels au moins."), _DESIGN),
    (
        "3.1.1, 3.1.2",
        "8.3, 8.7",
        later("La langue de la page est dite, et celle des articles où elle est autre."),
        _TEST,
    ),
    ("3.3.2", "11.1", later("Chaque champ a une étiquette."), _TEST),
    ("4.1.3", "7.5", later("Le nombre de résultats est un message d’état."), _TEST),
)


def accessibility_page(contact: str, links: Links) -> AccessibilityPage:
    """Return the page; `contact` is an e-mail address, the URL of a page, or the empty text."""
    return AccessibilityPage(
        title=say("Accessibilité"),
        checked=tuple(Checked(wcag, rgaa, say(what), say(how)) for wcag, rgaa, what, how in _CHECKED),
        contact=contact,
        href=_href(contact),
        canonical=links.canonical_page("accessibility"),
    )


def _href(contact: str) -> str:
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{quote(contact, safe='@+')}" if "@" in contact else ""
