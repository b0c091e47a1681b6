"""Football.TXT files: where they lie, how they are encoded, and that no text crashes the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.errors import SourceError
from secondleg.sources.contract import MATCHES, violations
from secondleg.sources.football_txt import document_name, finds, read_files, read_text

GOOD = """= English FA Cup 2023/24

» Round 1
  Fri Nov/3 2023
    19.45  Barnsley FC   v Horsham FC   3-3 (2-2)
"""


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    for name in ("england/2023-24/facup.txt", "england/2022-23/facup.txt", "europe/albania/2023-24_al1.txt"):
        file = tmp_path / "openfootball" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GOOD, "utf-8")
    (tmp_path / "openfootball" / "england" / "README.txt").write_text("read me\n")
    (tmp_path / "openfootball" / "england" / "NOTES.md").write_text("notes\n")
    (tmp_path / "openfootball" / "england" / "eng.clubs.txt").write_text("= England\n")
    return tmp_path / "openfootball"


def test_the_document_is_the_same_from_wherever_it_is_given(mirror: Path) -> None:
    for root in (mirror, mirror / "england", mirror / "england" / "2023-24" / "facup.txt"):
        documents = [report.document for report in read_files(root).reports]
        assert "england/2023-24/facup.txt" in documents
    assert [report.document for report in read_files(mirror / "europe" / "albania").reports] == [
        "europe/albania/2023-24_al1.txt"
    ]


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("/data/england-master/2023-24/facup.txt", "england/2023-24/facup.txt"),
        ("/home/england/openfootball/champions-league/2023-24/el.txt", "champions-league/2023-24/el.txt"),
        ("/data/deutschland/rsssf/duit64.txt", "deutschland/rsssf/duit64.txt"),
        ("/data/albania/2023-24_al1.txt", "europe/albania/2023-24_al1.txt"),
        ("/data/mine/2023-24/league.txt", "mine/2023-24/league.txt"),
    ],
)
def test_document_names(path: str, document: str) -> None:
    assert document_name(Path(path)) == document


def test_files_given_twice_are_read_once_and_notes_are_not_read(mirror: Path) -> None:
    table = read_files([mirror / "england", mirror])
    assert [report.document for report in table.reports] == [
        "england/2022-23/facup.txt",
        "england/2023-24/facup.txt",
        "europe/albania/2023-24_al1.txt",
    ]
    assert len(finds(mirror)) == 3
    assert finds(mirror / "england" / "NOTES.md") == []


def test_the_table_keeps_the_contract(mirror: Path) -> None:
    calls: list[tuple[int, int]] = []
    table = read_files(mirror, progress=lambda done, total: calls.append((done, total)))
    assert table.matches.schema == MATCHES
    assert violations(table.matches) == []
    assert calls == [(1, 3), (2, 3), (3, 3)]


def test_two_different_files_of_one_name_are_refused(mirror: Path, tmp_path: Path) -> None:
    other = tmp_path / "older" / "england" / "2023-24" / "facup.txt"
    other.parent.mkdir(parents=True)
    other.write_text(GOOD.replace("3-3", "3-2"))
    with pytest.raises(SourceError, match="Give only one of them"):
        read_files([mirror, tmp_path / "older"])


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds no \.txt file"):
        read_files(tmp_path)
    with pytest.raises(SourceError, match="no such file or folder"):
        read_files(tmp_path / "missing")


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (GOOD.replace("Horsham", "Köln").encode("latin-1"), 3, "is not UTF-8"),
        (GOOD.encode("utf-16"), 1, "is not UTF-8"),
        (GOOD.replace("Horsham", "Hors\0ham").encode(), 5, "NUL byte"),
        (GOOD.replace("Horsham", "Köln".encode().decode("latin-1")).encode(), 5, "decoded wrongly"),
        (GOOD.replace("Horsham", "K\ufffdln").encode(), 5, "decoded wrongly"),
        (GOOD.encode()[:-12], 5, "ends within a line"),
    ],
)
def test_damaged_files_give_one_clear_error(mirror: Path, data: bytes, line: int, problem: str) -> None:
    (mirror / "england" / "2023-24" / "facup.txt").write_bytes(data)
    with pytest.raises(SourceError, match=problem) as caught:
        read_files(mirror)
    assert (caught.value.file, caught.value.line) == ("england/2023-24/facup.txt", line)
    assert str(caught.value).startswith(f"england/2023-24/facup.txt, line {line}: ")
    assert str(caught.value).endswith(".")


def test_a_byte_order_mark_and_other_line_ends_are_no_damage(mirror: Path) -> None:
    file = mirror / "england" / "2023-24" / "facup.txt"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_files(file).matches.num_rows == 1


WORDS = st.sampled_from(
    [
        *(
            "Alpha FC",
            "1. FC Köln",
            "B v C",
            " v ",
            "  v ",
            "2-1",
            "1-1 (0-0)",
            "4-3 pen.",
            "a.e.t.",
            "(1-1, 0-0)",
        ),
        *("n.V.", "[awarded]", "[", "]", "(", ")", "- ", "N.N.", "15.30", "21:00", "99.99", "Sat Nov/4"),
        *("[Sun Feb/30]", "Mar 3 2024", "» Round of 16", "▪ Matchday 3", "== Finals", "Matchday 2"),
        *("= English Premier League 2023/24", "# Matches 12", "# Date  Sat Aug 12 2023 - Sun May 19 2024"),
        *("<!--", "-->", "(Neymar 71'; ", "\t", "  ", "    ", "bye", " @ Wembley", "Group A | X Y", "----"),
        *("1 Chelsea 38 29 4 5 72-22 91", "0-2awd", "(ENG)", "(XYZ)", "§", "\u2028", "\x85"),
    ]
)
LINES = st.lists(WORDS, min_size=0, max_size=7).map("".join) | st.text(max_size=40)
DOCUMENTS = st.sampled_from(
    [
        "england/2023-24/facup.txt",
        "england/2023-24/1-premierleague.txt",
        "champions-league/2023-24/clq.txt",
        "x/y.txt",
    ]
)


@given(st.lists(LINES, max_size=14), DOCUMENTS, st.booleans())
def test_no_text_crashes_and_no_line_is_lost(lines: list[str], document: str, whole: bool) -> None:
    text = "= FA Cup 2023/24\n» Round 1\nSat Nov/4\n" + "\n".join(lines) + ("\n" if whole else "")
    try:
        reading = read_text(text, document)
    except SourceError:
        assert not whole
        return
    written = [line for line in text.split("\n") if line.rstrip()]
    assert sum(reading.kinds.values()) == len(written)
    assert reading.kinds.get("match", 0) == len(reading.rows) == reading.report.matches
    assert reading.kinds.get("unread", 0) == len(reading.report.unread)
    for row in reading.rows:
        assert row.home
        assert row.away
        assert row.home != row.away
        assert text.split("\n")[row.line - 1].find(row.home) >= 0


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("england")
    file = folder / "cup.txt"
    file.write_bytes(data)
    try:
        table = read_files(file)
    except SourceError:
        return
    assert violations(table.matches) == []
