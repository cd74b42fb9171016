"""The synonyms: what the file of the package finds, that its groups are sound, and how bad files fail."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest

from indexer.errors import SettingsError
from indexer.french import Analyser, Token, stop_words
from indexer.parser import parse
from indexer.synonyms import Entry, Synonyms
from indexer.synonymsfile import SynonymsFile
from indexer.words import Word, leaves

ANALYSER = Analyser()
DEFAULT = Synonyms.load(None, ANALYSER)
GROUPS = tomllib.loads(files("indexer").joinpath("synonyms.toml").read_text(encoding="utf-8"))["group"]

FOUND = [
    ("ONU", 1, ["Nations unies"]),
    ("nations unies", 2, ["ONU"]),
    ("Organisation des Nations unies", 3, ["ONU", "Nations unies"]),
    ("otan", 1, ["Alliance atlantique", "NATO"]),
    ("l'Union européenne", 2, ["UE"]),
    ("fonds monetaire international", 3, ["FMI"]),
    ("SMIC", 1, ["salaire minimum"]),
    ("smic", 1, ["salaire minimum"]),
    ("E.N.A.", 1, ["École nationale d'administration", "énarque"]),
    ("PMA", 1, ["procréation médicalement assistée"]),
    ("procréation médicalement assistée", 3, ["PMA", "assistance médicale à la procréation"]),
    ("front national", 2, ["RN", "Rassemblement national", "FN"]),
    ("OM", 1, ["Olympique de Marseille"]),
    ("OMS", 1, ["Organisation mondiale de la santé"]),
    ("Premier ministre", 2, ["Matignon"]),
    ("Première ministre", 2, ["Matignon"]),
    ("Matignon", 1, ["Premier ministre"]),
    ("Premier ministre britannique", 3, ["Downing Street"]),
    ("président de la République", 2, ["Élysée", "chef de l'État"]),
    ("l’Élysée", 1, ["président de la République"]),
    ("Quai d'Orsay", 2, ["ministère des Affaires étrangères"]),
    ("Maison Blanche", 2, ["administration américaine"]),
    ("Royaume-Uni", 2, ["britannique", "Grande-Bretagne", "Londres"]),
    ("britanniques", 1, ["Royaume-Uni"]),
    ("États-Unis", 2, ["USA", "américain", "Washington"]),
    ("allemandes", 1, ["Allemagne"]),
    ("Martinique", 1, ["martiniquais"]),
    ("Birmanie", 1, ["Myanmar"]),
    ("kyiv", 1, ["Kiev"]),
    ("Poutine", 1, ["Putin"]),
    ("covid 19", 2, ["coronavirus"]),
    ("Covid19", 1, ["coronavirus"]),
    ("infox", 1, ["fake news", "fausses nouvelles"]),
    ("courriels", 1, ["email"]),
    ("sida", 1, ["VIH"]),
    ("Notre Dame des Landes", 2, ["NDDL"]),
    ("Notre-Dame-des-Landes", 4, ["NDDL"]),
    ("sans-papiers", 2, ["immigré clandestin"]),
    ("demandeuse d'emploi", 2, ["chômeur"]),
    ("chômeuses", 1, ["demandeur d'emploi"]),
    ("tremblements de terre", 2, ["séisme"]),
    ("changement climatique", 2, ["réchauffement climatique"]),
    ("bicyclettes", 1, ["vélo"]),
    ("écologistes", 1, ["les Verts", "EELV"]),
    ("équipe de France", 2, ["les Bleus"]),
    ("la grève", 1, ["débrayage", "mouvement social"]),
]

NOT_FOUND = [
    "Bleus",
    "verts",
    "Martin",
    "marche",
    "papiers",
    "abri",
    "or",
    "Alan",
    "France",
    "nation",
    "P",
    "républicains",
]


def searched(words: str) -> list[Token]:
    """Return the tokens of a search as the parser leaves them."""
    wanted = parse(words, ANALYSER).wanted
    assert wanted is not None
    return [token for word in leaves(wanted) if isinstance(word, Word) for token in word.tokens]


def find(words: str, synonyms: Synonyms = DEFAULT, at: int = 0) -> Entry | None:
    return synonyms.find(searched(words), at)


def load(tmp_path: Path, text: str) -> Synonyms:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return Synonyms.load(path, ANALYSER)


def texts(entry: Entry | None) -> list[str]:
    return [other.text for other in entry.alternatives] if entry else []


@pytest.mark.parametrize(("words", "length", "expected"), FOUND, ids=[row[0] for row in FOUND])
def test_words_find_others(words: str, length: int, expected: list[str]) -> None:
    entry = find(words)
    assert entry
    assert entry.length == length
    assert set(expected) <= set(texts(entry))


@pytest.mark.parametrize("words", NOT_FOUND)
def test_words_with_another_meaning_find_nothing(words: str) -> None:
    assert find(words) is None


def test_the_longest_words_win_at_each_place() -> None:
    assert "Matignon" not in texts(find("Premier ministre britannique"))
    assert "Matignon" in texts(find("grève Premier ministre", at=1))
    assert find("Premier", at=0) is None


def test_one_way_is_one_way() -> None:
    assert "Londres" in texts(find("Royaume-Uni"))
    assert "Royaume-Uni" not in texts(find("Londres"))


def test_an_alternative_keeps_its_small_words(tmp_path: Path) -> None:
    synonyms = load(tmp_path, '[[group]]\nfrom = ["ONU"]\nto = ["organisation des Nations"]')
    (other,) = _entry(synonyms, "ONU").alternatives
    assert [token.exact for token in other.tokens] == ["organisation", "des", "nations"]
    assert not other.named
    assert other.terms == tuple(token.stem for token in other.tokens)


def test_names_are_searched_as_they_are_written(tmp_path: Path) -> None:
    synonyms = load(tmp_path, '[[group]]\nwords = ["OMS", "Organisation mondiale", "Nations Unies"]')
    named = {other.text: other for other in _entry(synonyms, "organisation mondiale").alternatives}
    assert named["OMS"].terms == ("oms",)
    assert named["Nations Unies"].named
    assert named["Nations Unies"].terms == ("nations", "unies")
    assert texts(_entry(synonyms, "OMS")) == ["Organisation mondiale", "Nations Unies"]
    assert find("OM", synonyms) is None


def test_what_several_groups_say_is_put_together(tmp_path: Path) -> None:
    text = """
    [[group]]
    words = ["séisme", "tremblement de terre"]
    [[group]]
    from = ["séisme"]
    to = ["secousse", "tremblement de terre"]
    weight = 1
    """
    entry = find("séismes", load(tmp_path, text))
    assert entry
    assert [(other.text, other.weight) for other in entry.alternatives] == [
        ("secousse", 1.0),
        ("tremblement de terre", 1.0),
    ]


def test_what_finds_nothing_more_is_left_out(tmp_path: Path) -> None:
    text = '[[group]]\nwords = ["Covid", "covid-19", "virus", "virus de la grippe"]'
    assert texts(find("covid", load(tmp_path, text))) == ["virus"]
    text = '[[group]]\nwords = ["irlandais", "Irlandais"]'
    assert len(load(tmp_path, text)) == 0


def test_an_empty_file_has_no_synonyms(tmp_path: Path) -> None:
    assert find("ONU", load(tmp_path, "# none\n")) is None


def test_a_changed_file_is_read_again_and_a_broken_one_keeps_what_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[group]]\nwords = ["vélo", "bicyclette"]', encoding="utf-8")
    file = SynonymsFile(path)
    assert texts(find("vélo", file.current(ANALYSER))) == ["bicyclette"]
    path.write_text('[[group]]\nwords = ["vélo", "petite reine", "bicyclette"]', encoding="utf-8")
    assert "petite reine" in texts(find("vélo", file.current(ANALYSER)))
    path.write_text("[[group]", encoding="utf-8")
    assert "petite reine" in texts(find("vélo", file.current(ANALYSER)))
    assert "stay as they were" in caplog.text
    with pytest.raises(SettingsError, match=r"mine\.toml"):
        SynonymsFile(path).current(ANALYSER)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[group]", "mine.toml: the synonyms cannot be read (.*line 1"),
        ("words = 1", "mine.toml: words: the file holds [[group]] tables only"),
        ("[group]\nwords = []", "mine.toml: group: a group begins with [[group]]"),
        ("group = [1]", "mine.toml: group 1: a group is a table"),
        ("[[group]]", "mine.toml: group 1: a group has either words, or from and to"),
        ('[[group]]\nwords = ["a"]\nfrom = ["b"]', "a group has either words, or from and to"),
        ('[[group]]\nfrom = ["vélo"]', "mine.toml: group 1 (vélo, …): to is a list of texts"),
        ('[[group]]\nto = ["vélo"]', "mine.toml: group 1: from is a list of texts"),
        ('[[group]]\nfrom = []\nto = ["vélo"]', "mine.toml: group 1: from has at least 1 texts"),
        ('[[group]]\nwords = ["vélo"]', "mine.toml: group 1 (vélo, …): words has at least 2 texts"),
        ('[[group]]\nwords = "vélo"', "mine.toml: group 1: words is a list of texts"),
        ('[[group]]\nwords = ["vélo", 2]', "mine.toml: group 1 (vélo, …): words is a list of texts"),
        ('[[group]]\nwords = ["vélo", "de la"]', "group 1 (vélo, …): « de la » has no word that a search"),
        ('[[group]]\nwords = ["vélo", "!"]', "group 1 (vélo, …): « ! » has no word that a search looks for"),
        ('[[group]]\nwords = ["vélo", "auto"]\nweigth = 1', "weigth: there are only words, from, to, weight"),
        ('[[group]]\nwords = ["vélo", "auto"]\nweight = 0', "weight is a number above 0, 1 at most"),
        ('[[group]]\nwords = ["vélo", "auto"]\nweight = 1.5', "weight is a number above 0, 1 at most"),
        ('[[group]]\nwords = ["vélo", "auto"]\nweight = true', "weight is a number above 0, 1 at most"),
        ('[[group]]\nwords = ["vélo", "auto"]\nweight = nan', "weight is a number above 0, 1 at most"),
        ('[[group]]\nwords = ["a1", "b1"]\n[[group]]\nwords = ["c1"]', "mine.toml: group 2 (c1, …): words"),
    ],
)
def test_bad_files_are_named_with_the_group(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, text)
    pattern = ".*".join(map(re.escape, message.split(".*")))
    assert re.search(pattern, str(error.value)), error.value


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_unreadable_files_are_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mine.toml"
    if content:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"mine\.toml: the synonyms cannot be read"):
        Synonyms.load(path, ANALYSER)


def test_the_file_of_the_package_has_many_groups() -> None:
    assert len(GROUPS) >= 230


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: (group.get("words") or group["from"])[0])
def test_each_group_is_sound(group: dict[str, list[str]]) -> None:
    for name in {"words", "from", "to"} & set(group):
        # Small words tell « les Bleus » from « aux Bleus », but not what a search begins with.
        forms = [(_terms if name == "to" else _key)(text) for text in group[name]]
        assert [form for form, times in Counter(forms).items() if times > 1] == []
        for text in group[name]:
            assert text == text.strip()
            assert [token for token in ANALYSER.tokens(text) if token.exact not in stop_words()], text
    said = _sources(group) + group.get("to", [])
    stems = {tuple(token.stem for token in ANALYSER.tokens(text)) for text in said}
    assert len(stems) > 1, "the stems are the same: the group finds nothing more"


def test_no_words_are_in_two_groups_that_go_both_ways() -> None:
    keys = Counter(_key(text) for group in GROUPS for text in group.get("words", []))
    assert [key for key, times in keys.items() if times > 1] == []


def test_no_group_holds_another() -> None:
    ways = [{(_key(a), _key(b)) for a in _sources(g) for b in _targets(g) if a != b} for g in GROUPS]
    pairs = combinations(range(len(ways)), 2)
    held = [(GROUPS[i], GROUPS[j]) for i, j in pairs if ways[i] <= ways[j] or ways[j] <= ways[i]]
    assert held == []


def _entry(synonyms: Synonyms, words: str) -> Entry:
    entry = find(words, synonyms)
    assert entry
    return entry


def _sources(group: dict[str, list[str]]) -> list[str]:
    return group.get("words") or group["from"]


def _targets(group: dict[str, list[str]]) -> list[str]:
    return group.get("words") or group["to"]


def _key(text: str) -> tuple[str, ...]:
    """Return the stems of small words, the forms of names, as the search tells words apart."""
    return tuple(
        f"={token.exact}" if text[token.start].isupper() else token.stem
        for chunk in ANALYSER.chunks(text)
        if not all(token.exact in stop_words() for token in chunk.tokens)
        for token in chunk.tokens
    )


def _terms(text: str) -> tuple[str, ...]:
    return tuple(token.exact for token in ANALYSER.tokens(text))
