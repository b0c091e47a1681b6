"""A simulated competition for a terminal: a table of chances, what coming matches are worth, and who may meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

__all__ = ["SHORT", "columns", "percent", "to_text"]

SHORT: Final = {
    "knockout-play-off": "play-off",
    "group-stage": "groups",
    "group-stage-2": "2nd groups",
    "round-of-64": "last 64",
    "round-of-32": "last 32",
    "round-of-16": "last 16",
    "quarter-final": "quarters",
    "semi-final": "semis",
    "final": "final",
    "champions": "win",
}
"""Heads of columns."""

_LEAGUE_SHORT: Final = {
    "champions": "champions",
    "Champions League": "Ch. League",
    "relegation play-off": "rel. p-off",
}
_NAME: Final = 24
_LEAST: Final = 0.0005
"""A chance below which a club is not told of."""

_WORTH: Final = 2
_SWING: Final = 0.005


def percent(chance: float | None) -> str:
    """A chance in percent: "–" for never, "<1" and ">99" where rounding would say never or always."""
    if chance is None:
        return "?"
    if chance <= 0.0:
        return "–"
    if chance >= 1.0:
        return "100"
    rounded = round(100 * chance)
    return "<1" if rounded == 0 else ">99" if rounded == 100 else str(rounded)


def columns(document: Mapping[str, Any]) -> list[str]:
    """The targets that are still open for anybody, and the title."""
    shown = []
    for target in document["targets"]:
        chances = [club["chances"][target]["chance"] for club in document["clubs"]]
        if target == "champions" or any(0.0 < chance < 1.0 for chance in chances):
            shown.append(target)
    return shown


def to_text(document: Mapping[str, Any]) -> str:
    """The document of `simulate_competition` in lines of at most 80 columns or little more."""
    head = f"{document['competition']['name']} {document['season']}, as known on the morning of {document['as_of']}"
    lines = [head, _how(document), ""]
    league = document["stages"][-1]["key"] == "regular-season"
    lines += _league(document) if league else _cup(document)
    if document["matches"]:
        lines += ["", *_matches(document)]
    if document["meetings"]:
        lines += ["", *_meetings(document)]
    lines += [""] * bool(document["notes"])
    lines += [f"Note: {note}" for note in document["notes"]]
    return "\n".join(lines)


def _how(document: Mapping[str, Any]) -> str:
    error = 100 * document["standard_error"]
    text = f"{document['runs']:,} runs; chances in percent, standard error at most {error:.1f}"
    if document["conditions"]:
        text += f"\nOnly runs with: {'; '.join(document['conditions'])} ({percent(document['share_of_runs'])} % of all)"
    return text


def _league(document: Mapping[str, Any]) -> list[str]:
    shown = columns(document)
    names = [_LEAGUE_SHORT.get(target, target) for target in shown]
    wide = [max(6, len(name)) for name in names]
    heads = "  ".join(f"{name:>{w}}" for name, w in zip(names, wide, strict=True))
    lines = [f"{'':3} {'':{_NAME}} {'played':>6} {'points':>6}  {'expected':>8}  {heads}".rstrip()]
    for number, club in enumerate(document["clubs"], 1):
        now, expected = club["now"], club["expected"]
        cells = "  ".join(
            f"{percent(club['chances'][target]['chance']):>{w}}"
            for target, w in zip(shown, wide, strict=True)
        )
        lines.append(
            f"{number:>3} {_cut(club['name']):{_NAME}} {now['played']:>6} {now['points']:>6}  "
            f"{expected['points']:>8.1f}  {cells}".rstrip()
        )
    ahead = [
        f"{club['name']}: {club['now']['ahead_by']}"
        for club in sorted(document["clubs"], key=lambda each: each["now"]["position"])
        if club["now"]["ahead_by"] and club["now"]["played"]
    ]
    if ahead:
        lines += ["", *_wrapped("Now ahead of the next, level on points, by", ahead)]
    return lines


def _cup(document: Mapping[str, Any]) -> list[str]:
    shown = columns(document)
    names = [SHORT.get(target, target) for target in shown]
    wide = [max(6, len(name)) for name in names]
    table = any(
        club["now"] and club["expected"] and any(0 < p < 1 for p in club["places"].values())
        for club in document["clubs"]
    )
    extra = f" {'points':>6} {'expected':>8}" if table else ""
    lines = [
        f"{'':{_NAME}}{extra}  " + "  ".join(f"{name:>{w}}" for name, w in zip(names, wide, strict=True))
    ]
    out = 0
    for club in document["clubs"]:
        chances = [club["chances"][target]["chance"] for target in shown]
        if max(chances) < _LEAST:
            out += 1
            continue
        standing = ""
        if table:
            now, expected = club["now"], club["expected"]
            standing = (
                f" {now['points'] if now else '':>6} {expected['points']:>8.1f}" if expected else f"{'':16}"
            )
        cells = "  ".join(f"{percent(chance):>{w}}" for chance, w in zip(chances, wide, strict=True))
        lines.append(f"{_cut(club['name']):{_NAME}}{standing}  {cells}")
    if out:
        lines.append(f"… and {out} others without a chance")
    return lines


def _matches(document: Mapping[str, Any]) -> list[str]:
    lines = ["What the next matches are worth: chance after a home win, a draw, an away win"]
    for match in document["matches"]:
        chances = match["chances"]
        sides = f"{match['home']['name']} v {match['away']['name']}"
        when = f"{match['date']}  " if match["date"] else ""
        odds = " / ".join(percent(chances[key]) for key in ("home", "draw", "away"))
        lines.append(f"{when}{sides}  {odds}")
        for each in match["worth"][:_WORTH]:
            if each["swing"] < _SWING:
                continue
            after = " / ".join(percent(each[key]) for key in ("home", "draw", "away"))
            target = _target(each["target"], document)
            lines.append(f"    {each['club']['name']}, {target}: {after}")
    return lines


def _target(target: str, document: Mapping[str, Any]) -> str:
    names = {stage["key"]: stage["name"] for stage in document["stages"]}
    return str(names.get(target, target))


def _meetings(document: Mapping[str, Any]) -> list[str]:
    stage = document["meetings"][0]["stage"]
    lines = [f"Who may meet whom in the {_target(stage, document)}"]
    for entry in document["meetings"]:
        told = ", ".join(f"{other['name']} {percent(other['chance'])}" for other in entry["opponents"])
        if entry["opponents"][0]["chance"] >= _LEAST * 10:
            lines.append(f"    {entry['club']['name']}: {told}")
    return lines[: 1 + 16]


def _wrapped(lead: str, parts: Sequence[str], width: int = 80) -> list[str]:
    import textwrap

    return textwrap.wrap(f"{lead}: {'; '.join(parts)}.", width)


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"
