"""Articles of which some are for subscribers, with words, persons, tags, sections and days of their own."""

from __future__ import annotations

from tests.conftest import make_article

DAYS = (
    "Le niveau dépasse quatre mètres au pont royal et la promenade ferme aux passants.",
    "Trois écoles restent closes, les enfants jouent dans un gymnase prêté par la ville voisine.",
    "Des pompiers venus de Bretagne posent des sacs de sable le long du quai pendant la nuit.",
    "Un maraîcher compte ses serres perdues et attend la visite de son assureur demain matin.",
    "La préfecture lève l’alerte pour les communes en amont, où les routes sèchent enfin.",
    "Le fleuve retrouve son lit, des bénévoles nettoient les caves avec des pelles et des seaux.",
)

OPEN = [
    make_article(
        f"libre-{n}",
        f"Crue de la Loire, jour {n}",
        f"La Loire monte encore à Orléans. Les habitants surveillent la digue. {DAYS[n]}",
        f"2018-04-{n + 1:02}",
        section="Régions",
        tags=("crue", "Loire"),
        persons=("Ana Lee",),
        read_also=("Le barrage de Villerest",),
    )
    for n in range(6)
]

RESERVED = [
    make_article(
        f"reserve-{n}",
        "Le barrage de Villerest" if n == 0 else f"Molybdène, feuillet {n}",
        "La Loire monte encore à Orléans. Le barrage de Villerest et le molybdène.",
        f"2018-04-{n + 3:02}",
        section="Enquêtes",
        tags=("crue", "Villerest"),
        persons=("Ana Lee", "Otto Quark"),
    )
    for n in range(5)
]

SECRET = [
    *RESERVED,
    make_article(
        "reserve-juillet",
        "Zinc : le rapport",
        "Le zinc du lac, un an plus tard.",
        "2021-07-14",
        section="Enquêtes",
        tags=("Zinc",),
        persons=("Zoé Xhemal",),
    ),
    make_article(
        "reserve-sans-date",
        "Xylophones perdus",
        "La Loire monte encore à Orléans.",
        section="Enquêtes",
        tags=("Loire", "zz"),
        persons=("Ana LEE",),
    ),
    # A near copy of one that may be seen.
    make_article(
        "reserve-copie",
        "Crue de la Loire, jour 2 (mis à jour)",
        OPEN[2].body,
        "2018-04-03",
        section="Enquêtes",
        tags=("crue",),
    ),
]
"""The same, with a month, a letter, an undated article and a near copy that only subscribers may know of."""

LEAKS = (
    "Villerest",
    "Quark",
    "olybdène",
    "reserve-",
    "Enquêtes",
    "Zinc",
    "zinc",
    "Xhemal",
    "ylophone",
    "2021",
    "mis à jour",
)
"""What stands in those articles alone."""
