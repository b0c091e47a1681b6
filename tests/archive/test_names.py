"""Spellings: known values by hand, and what must hold for every name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.archive.names import cased, fold, key, short, slug

# Latin, Greek and Cyrillic letters, and what stands between words
names = st.text(
    st.characters(
        max_codepoint=0x24F, categories=("L", "N", "P", "Zs"), include_characters="ΑαΟλЦСКАспартак"
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("1. FC Köln", "1 fc koln"),
        ("Beşiktaş", "besiktas"),
        ("İstanbul Başakşehir", "istanbul basaksehir"),
        ("Bodø/Glimt", "bodo glimt"),
        ("ŁKS Łódź", "lks lodz"),
        ("St. Patrick's Athletic", "st patricks athletic"),
        ("Nott’m Forest", "nottm forest"),
        ("Þór Akureyri", "thor akureyri"),
        ("Qarabağ Ağdam", "qarabag agdam"),
        ("  Real   Madrid ", "real madrid"),
        ("Brighton & Hove Albion", "brighton hove albion"),
        ("Ǿ", "o"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1. FC Köln", "1 FC Koeln"),
        ("FC Bayern München", "Bayern Muenchen"),
        ("Liverpool FC", "Liverpool"),
        ("AS Roma", "Roma"),
        ("Tromsø IL", "Tromsoe Il"),
        ("SK Gjøvik-Lyn", "Sk Gjoevik Lyn"),
        ("MKE Ankaragücü", "Mke Ankaraguecue"),
        ("IFK Göteborg", "Ifk Goeteborg"),
        ("Parma Calcio 1913", "Parma"),
        ("TSG 1899 Hoffenheim", "Hoffenheim"),
        ("Brighton & Hove Albion FC", "Brighton and Hove Albion"),
        ("Deportivo La Coruña", "Deportivo La Coruna"),
        ("Győri ETO FC", "Gyoeri Eto FC"),
    ],
)
def test_one_key_for_two_spellings(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FC Barcelona", "FC Barcelona B"),
        ("VfB Stuttgart", "VfB Stuttgart II"),
        ("Manchester City", "Manchester United"),
        ("Real Madrid", "Real Madrid Castilla"),
        ("Sparta Praha", "Slavia Praha"),
        ("Dunkerque", "Dunkerqu"),
    ],
)
def test_two_keys_for_two_clubs(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("name", "shortened"),
    [
        ("Liverpool FC", "Liverpool"),
        ("1. FC Köln", "Köln"),
        ("FC Barcelona B", "Barcelona B"),
        ("FC", "FC"),
        ("Nottingham Forest", "Nottingham Forest"),
    ],
)
def test_short(name: str, shortened: str) -> None:
    assert short(name) == shortened


def test_slug() -> None:
    assert slug("Brighton & Hove Albion") == "brighton-and-hove-albion"
    assert slug("Bodø/Glimt") == "bodo-glimt"


@given(names)
def test_fold_is_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(names)
def test_fold_looks_past_case(name: str) -> None:
    assert fold(name.upper().lower()) == fold(name.lower())


@given(st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1), st.sampled_from("\u0301\u0308\u030c\u0327"))
def test_fold_looks_past_accents(name: str, accent: str) -> None:
    accented = unicodedata.normalize("NFC", "".join(c + accent if c != " " else c for c in name))
    assert fold(accented) == fold(name)


@given(names.filter(lambda name: any(c.isalpha() for c in name)))
def test_a_name_with_a_letter_has_a_key(name: str) -> None:
    assert key(name)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Grazer Ak", "Grazer AK"),
        ("Bfc Dynamo", "BFC Dynamo"),
        ("St Mirren", "St Mirren"),
        ("Mtk Budapest", "MTK Budapest"),
        ("Inter", "Inter"),
        ("FC Barcelona B", "FC Barcelona B"),
        ("Lyn Oslo", "Lyn Oslo"),
        ("London Xi", "London XI"),
        ("Young Xi Dik", "Young XI Dik"),
        ("Xi Mang Hai Phong", "Xi Mang Hai Phong"),
        ("Skonto Ii", "Skonto II"),
        ("Iii Keruleti Tue", "III Keruleti Tue"),
        ("Ldu Loja", "LDU Loja"),
        ("Ska Energiya Khabarovsk", "SKA Energiya Khabarovsk"),
        ("Vi", "Vi"),
    ],
)
def test_abbreviations_are_printed_in_capitals(name: str, printed: str) -> None:
    assert cased(name) == printed
