"""The lines of a saved page that belong to its site and to no article, known by their words."""

from __future__ import annotations

import re

_LONGEST = 90
"""Furniture is short: a longer line that begins like it is text."""

_SPACE = r"[\s\u00a0\u202f]*"

_FURNITURE = re.compile(
    r"""(?:
        [ée]coutez?\ (?:la\ )?radio\b .*
      | url\ courte [\d\s.,]*
      | r[èe]gles\ de\ conduite .*
      | discussion s? | \d*\ ?commentaires? (?:\ \(\d+\))?
      | commenter (?:\ via\b .*|\ cet\ article|\ l['’]article)?
      | (?:tweeter|partager|imprimer|envoyer)\b .{0,40}
      | (?:facebook|twitter|vkontakte|odnoklassniki|viber|whatsapp|telegram|linkedin|reddit|pinterest)
        (?:[\s|,/·•]* (?:facebook|twitter|whatsapp|telegram|linkedin|email|e-mail|x))*
      | (?:se\ connecter|connexion|s['’]identifier|s['’]inscrire|mon\ compte|identifiez-vous)\b .{0,40}
      | (?:s['’]abonner|abonnez-vous|suivez-nous|retrouvez-nous|suivre\ \S+\ sur)\b .{0,60}
      | (?:recevez|inscrivez-vous\ à)\b .{0,30} (?:newsletter|lettre)\b .*
      | (?:accueil|menu|recherche|rechercher|newsletters?|publicité|fermer|haut\ de\ page|lire\ plus\ tard)
      | passer\ la\ publicité
      | (?:temps\ de\ lecture|lecture)\ ?:?\ ?\d+\ ?min .{0,20} | \d+\ min(?:utes)?\ de\ lecture
      | (?:article\ )?(?:réservé\ aux|offert\ aux|pour\ les)\ abonnés .{0,40}
      | (?:offrir|sauvegarder|enregistrer|écouter|réagir\ à)\ (?:cet\ article|l['’]article)
      | ajouter\ (?:cet\ article\ )?à\ (?:vos|mes)\ favoris | copier\ le\ lien | signaler\ une\ erreur
      | (?:nous\ utilisons\ des|gestion\ des|paramétrer\ les|accepter\ les)\ cookies .{0,60}
      | (?:tout\ accepter|tout\ refuser|j['’]accepte|continuer\ sans\ accepter)
      | (?:à\ la\ une|en\ continu|en\ direct|les\ plus\ lus|voir\ plus|retour\ en\ haut)
      | (?:mentions\ légales|nous\ contacter|contact|plan\ du\ site|politique\ de\ confidentialité) .{0,60}
      | (?:©|copyright)\ .{0,60} tous\ droits\ réservés .*
      | tous\ droits\ réservés .*
    )""",
    re.VERBOSE | re.IGNORECASE,
)

_READ_ALSO = re.compile(
    rf"(?:[»>→▶•–-]{_SPACE})?(?:[àa]\s)?(?:lire|voir|découvrir)\s(?:aussi|également)"
    rf"(?:{_SPACE}[:–»>-]{_SPACE}(?P<rest>.*)|{_SPACE})$"
    rf"|sur\sle\smême\s(?:sujet|thème){_SPACE}(?::{_SPACE}(?P<rest2>.*))?$",
    re.IGNORECASE,
)
_TAGS = re.compile(
    rf"(?:tags?|mots[-\s]cl(?:é|ef)s|étiquettes){_SPACE}(?::{_SPACE}(?P<rest>.*)|)$", re.IGNORECASE
)


def is_furniture(line: str) -> bool:
    """Tell whether a line is of the site: share links, radio, house rules, comment boxes."""
    return len(line) <= _LONGEST and _FURNITURE.fullmatch(line) is not None


def read_also_heading(line: str) -> str | None:
    """Return what stands behind « Lire aussi: » on its line, None where the line is no such heading."""
    found = _READ_ALSO.match(line)
    return None if found is None else (found["rest"] or found["rest2"] or "").strip()


def tags_heading(line: str) -> str | None:
    """Return what stands behind « Tags: » on its line, None where the line is no such heading."""
    found = _TAGS.match(line)
    return None if found is None else (found["rest"] or "").strip()
