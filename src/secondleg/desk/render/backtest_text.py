"""The results of a back-test as lines of text: tables of means ± standard errors, paired differences, calibration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

__all__ = ["figure", "to_text"]

_NAMES: Final = {"rps": "RPS", "ll": "log loss", "score_ll": "exact score", "brier": "Brier"}
_PART_TITLES: Final = {
    "competition": "By competition",
    "season": "By season",
    "month": "By month",
    "promoted": "Matches of promoted clubs, and all others in the leagues",
}
_WHEN_TITLES: Final = {"before": "before the first leg", "after": "after the first leg"}


def to_text(document: Mapping[str, Any]) -> str:
    """The document of `desk.backtesting` as text, at most 110 letters wide."""
    blocks = [_head(document)]
    if document["models"]:
        blocks.append(_models(document["models"], ("rps", "ll", "score_ll"), "matches"))
    if document["pairs"]:
        blocks.append(_pairs(document["pairs"], ("rps", "ll", "score_ll"), "matches"))
    blocks += [
        _parts(title, document["parts"][kind], ("rps", "ll"), "matches")
        for kind, title in _PART_TITLES.items()
        if len(document["parts"].get(kind, ())) > 1
    ]
    blocks += [
        _calibration(f"Calibration of {name}: home win, draw and away win together", each["bins"])
        for name, each in document["calibration"].items()
        if each["bins"]
    ]
    blocks += _ties(document["ties"]) if document["ties"] else []
    blocks += [_note(name, note) for name, note in document["notes"].items()]
    return "\n\n".join(blocks)


def _head(document: Mapping[str, Any]) -> str:
    seasons = document["seasons"]
    when = f"{seasons[0]}" if len(seasons) == 1 else f"{seasons[0]} to {seasons[-1]}"
    days = f", {document['first']} to {document['last']}" if document["first"] else ""
    if not document["matches"]:
        return (
            f"Ties of {', '.join(document['competitions'])}; seasons that began in {when}\n"
            "Each forecast from what was known on the morning of its day. Lower is better; ± is one standard error."
        )
    return (
        f"{document['matches']:,} matches of {', '.join(document['competitions'])}; "
        f"seasons that began in {when}{days}\n"
        "Each forecast from what was known on the morning of its day. Lower is better; ± is one standard error."
    )


def _models(models: Sequence[Mapping[str, Any]], measures: Sequence[str], of: str) -> str:
    rows = [["forecaster", of, *(_NAMES[measure] for measure in measures)]]
    rows += [
        [each["model"], f"{each[measures[0]]['n']:,}", *(_mean(each[measure]) for measure in measures)]
        for each in models
    ]
    return _table(rows)


def _pairs(pairs: Sequence[Mapping[str, Any]], measures: Sequence[str], of: str) -> str:
    rows = [["the same " + of, of, *(_NAMES[measure] for measure in measures)]]
    for each in pairs:
        cells = [_apart(each[measure]) for measure in measures]
        rows.append([f"{each['model']} less {each['against']}", f"{each[measures[0]]['n']:,}", *cells])
    return _table(rows)


def _parts(title: str, parts: Sequence[Mapping[str, Any]], measures: Sequence[str], of: str) -> str:
    names = [each["model"] for each in parts[0]["models"]]
    rows = [[title, of, *(f"{name} {'/'.join(_NAMES[m] for m in measures)}" for name in names)]]
    for part in parts:
        cells = [" / ".join(figure(each[measure]["mean"]) for measure in measures) for each in part["models"]]
        rows.append([str(part["part"]), f"{part[of]:,}", *cells])
    return _table(rows)


def _calibration(title: str, bins: Sequence[Mapping[str, Any]]) -> str:
    rows = [["chance", "number", "said", "seen", "± if right", "apart in errors"]]
    for each in bins:
        apart = each["errors_apart"]
        rows.append(
            [
                f"{each['low']:.0%} to {each['high']:.0%}".replace("%", " %"),
                f"{each['n']:,}",
                figure(each["said"], 3),
                figure(each["seen"], 3),
                figure(each["error"], 3),
                "" if apart is None else f"{apart:+.1f}",
            ]
        )
    return f"{title}\n{_table(rows)}"


def _ties(ties: Mapping[str, Any]) -> list[str]:
    blocks = []
    for when, title in _WHEN_TITLES.items():
        told = ties[when]
        extent = ties["extent"]
        what = f"Going through, asked {title}: {ties['ties']:,} two-legged ties"
        if extent["qualifying"] and extent["main"]:
            what += f", {extent['qualifying']:,} of them in qualifying"
        block = [what, _models(told["models"], ("ll", "brier"), "ties")]
        if told["pairs"]:
            block += ["", _pairs(told["pairs"], ("ll", "brier"), "ties")]
        if len(told["parts"]) > 1:
            block += ["", _parts("part", told["parts"], ("ll", "brier"), "ties")]
        for each in told["models"]:
            if (bin_ := each["under_10"]) is not None:
                apart = (
                    "" if bin_["errors_apart"] is None else f", {bin_['errors_apart']:+.1f} standard errors"
                )
                block.append(
                    f"{each['model']}: of {bin_['n']:,} sides given under 10 %, {bin_['said']:.1%} were said to go "
                    f"through and {bin_['seen']:.1%} did{apart}.".replace("%", " %").replace("10  %", "10 %")
                )
        blocks.append("\n".join(block))
        blocks += [
            _calibration(f"Calibration of {name}, {title}: both sides of each tie", each["bins"])
            for name, each in told["calibration"].items()
            if each["bins"] and when == "after"
        ]
    return blocks


def _note(name: str, note: Mapping[str, Any]) -> str:
    told = ", ".join(
        f"{key.replace('_', ' ')} {len(value) if isinstance(value, list) else value}"
        for key, value in note.items()
    )
    return f"{name}: {told}."


def _mean(mean: Mapping[str, Any]) -> str:
    if mean["mean"] is None:
        return "–"
    error = "" if mean["error"] is None else f" ± {figure(mean['error'])}"
    return f"{figure(mean['mean'])}{error}"


def _apart(pair: Mapping[str, Any]) -> str:
    if pair["difference"] is None:
        return "–"
    sign = "−" if pair["difference"] < 0 else "+"
    error = "" if pair["error"] is None else f" ± {figure(pair['error'])}"
    return f"{sign}{figure(abs(pair['difference']))}{error}"


def figure(value: float | None, places: int = 4) -> str:
    """A score as the field writes it: without the nought before the point."""
    if value is None:
        return "–"
    text = f"{value:.{places}f}"
    return text.removeprefix("0") if text.startswith("0.") else text


def _table(rows: Iterable[Sequence[str]]) -> str:
    """Columns under one another, the first to the left and the others to the right."""
    listed = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in listed) for column in range(len(listed[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in listed
    )
