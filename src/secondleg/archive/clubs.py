"""Which spellings are one club: the conclusions from the register, fixtures and names, each in its turn.

A spelling is first cut into parts where its seasons belong to different clubs. Parts are then joined: by a user's
resolutions and the register, by fixtures, by opponents, by alias lists and keys. Nothing joins two clubs of the
register, or two spellings of one source that met each other or played elsewhere on one day. All of it is a pure
function of what the sources say, whatever their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from secondleg.archive.fixtures import Evidence, Spelling, Vote
from secondleg.archive.identity import Register
from secondleg.archive.names import fold, forms, key
from secondleg.archive.parts import Resolution, cut, two_clubs

__all__ = ["Clubs"]

_NEXT: Final = 2
"""Seasons between two names of one source that differ by a number, up to which the second may take over the first."""
_PAUSE: Final = 6
"""The same for names that differ by their legal form, for a club that was founded anew starts further down: AC Cesena
went down with 2017-18, and Cesena FC are back in the leagues that sources tell of in 2023-24."""
_TELLING: Final = 4
"""Fixtures that two spellings could share, from which sharing next to none says that they are two clubs."""
_NEXT_TO_NONE: Final = 0.3
_LIKELY_VOTE: Final = 0.3
"""Of the matches of the rarer spelling: from which its fixtures against known opponents decide."""
_SURE_VOTE: Final = 5
"""Fixtures against known opponents that decide in any case."""


class Clubs:
    """Spellings on their way to clubs: a partition of parts that grows coarser with each `join`.

    Args:
        spellings: in the order that `evidence` counts them by.
        aliases: (country, name, alias) of imported lists.
    """

    def __init__(
        self,
        spellings: Sequence[Spelling],
        evidence: Evidence,
        register: Register,
        *,
        aliases: Iterable[tuple[str, str, str]] = (),
        resolutions: Sequence[Resolution] = (),
    ) -> None:
        self.spellings = spellings
        self.evidence = evidence
        self.register = register
        self.parts = cut(spellings, evidence, register, resolutions)
        self._of: defaultdict[int, list[int]] = defaultdict(list)
        for i, part in enumerate(self.parts):
            self._of[part.spelling].append(i)
        self._club = list(range(len(self.parts)))
        self._members: dict[int, list[int]] = {i: [i] for i in self._club}
        self._label: dict[int, str] = {}
        self._groups = _groups(aliases)
        self._aliases: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for alias, name in self._groups.items():
            self._aliases[name].add(alias)
        self._join_labelled()

    # --- what is known

    def club_of(self, part: int) -> int:
        """The club of a part, as a number that means nothing else."""
        return self._club[part]

    def parts_of(self, spelling: int) -> Sequence[int]:
        """The parts that a spelling was cut into, by season."""
        return self._of[spelling]

    def clubs(self) -> Mapping[int, Sequence[int]]:
        """Parts by club."""
        return self._members

    def label(self, club: int) -> str | None:
        """The id of a club that the register or a resolution knows."""
        return self._label.get(club)

    def given(self) -> list[tuple[int, int, int, int, int]]:
        """Part, spelling, first and last season, club: what `fixtures.assign` takes."""
        return [(i, p.spelling, p.first, p.last, self._club[i]) for i, p in enumerate(self.parts)]

    # --- joining

    def join_by_fixtures(self) -> None:
        """Join what shares the fixtures of a league season, the most shared first."""
        weight: defaultdict[tuple[int, int], int] = defaultdict(int)
        for shared in self.evidence.shared:
            pair = (self._part(shared.one, shared.year), self._part(shared.other, shared.year))
            weight[min(pair), max(pair)] += shared.matches
        for (one, other), _ in sorted(weight.items(), key=lambda item: (-item[1], item[0])):
            self._join(one, other, "fixtures")

    def join_by_opponents(self, found: Sequence[Vote]) -> int:
        """Join what plays the same known opponents; returns how many joins were made."""
        best: defaultdict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
        for vote in found:
            for one, other in ((vote.one, vote.other), (vote.other, vote.one)):
                best[one, self._source(other)].append((vote.matches, other))
        joined = 0
        for vote in sorted(found, key=lambda v: (-v.matches, v.one, v.other)):
            if self._club[vote.one] == self._club[vote.other]:
                continue
            rivals = [
                matches
                for one, other in ((vote.one, vote.other), (vote.other, vote.one))
                for matches, third in best[one, self._source(other)]
                if third != other
                and self._club[third] != self._club[other]
                and self._meet_in_time(third, other)
            ]
            fewer = min((self.parts[vote.one], self.parts[vote.other]), key=lambda p: p.matches)
            likely = vote.matches >= _LIKELY_VOTE * fewer.matches or vote.matches >= _SURE_VOTE
            if likely and vote.matches >= 2 * max(rivals, default=0):
                joined += self._join(vote.one, vote.other, "fixtures")
        return joined

    def join_by_names(self) -> None:
        """Join what alias lists or keys put together and fixtures do not part."""
        grouped: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for i, part in enumerate(self.parts):
            s = self.spellings[part.spelling]
            if s.country:
                grouped[self._groups.get((s.country, key(s.name)), (s.country, key(s.name)))].append(i)
        for root in sorted(grouped):
            self._join_group(root, grouped[root])
        self._join_without_country()

    def _join_without_country(self) -> None:
        """Join sides without a country to the only club anywhere that has their name."""
        named: defaultdict[str, set[int]] = defaultdict(set)
        for i, part in enumerate(self.parts):
            if self.spellings[part.spelling].country:
                named[key(self._name(i))].add(i)
        for i, part in enumerate(self.parts):
            alone = not any(self._country(j) for j in self._members[self._club[i]])
            owners = {self._club[j] for j in named[key(self._name(i))]}
            if alone and len(owners) == 1:
                (club,) = owners
                if self._may_be_one(club, self._club[i]):
                    part.how = "name"
                    self._unite(club, i)

    # --- how

    def _part(self, spelling: int, year: int) -> int:
        places = self._of[spelling]
        for place in places:
            if self.parts[place].first <= year <= self.parts[place].last:
                return place
        return places[0] if year < self.parts[places[0]].first else places[-1]

    def _source(self, part: int) -> str:
        return self.spellings[self.parts[part].spelling].source

    def _meet_in_time(self, one: int, other: int) -> bool:
        a, b = self.parts[one], self.parts[other]
        return a.first <= b.last and b.first <= a.last

    def _join_labelled(self) -> None:
        by_label: dict[str, int] = {}
        for i, part in enumerate(self.parts):
            if part.label is not None:
                if part.label in by_label:
                    self._unite(by_label[part.label], i)
                by_label[part.label] = self._club[i]
                self._label[self._club[i]] = part.label

    def _join(self, one: int, other: int, how: str) -> bool:
        a, b = self._club[one], self._club[other]
        if a == b:
            return False
        if not self._may_be_one(a, b):
            self.parts[one].doubts.add(other)
            self.parts[other].doubts.add(one)
            return False
        for place in (one, other):
            if self.parts[place].how == "alone":
                self.parts[place].how = how
        self._unite(a, b)
        return True

    def _unite(self, one: int, other: int) -> None:
        a, b = self._club[one], self._club[other]
        if a == b:
            return
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        for part in self._members[b]:
            self._club[part] = a
        self._members[a] += self._members.pop(b)
        label = self._label.pop(b, None)
        if label is not None:
            self._label[a] = label

    def _may_be_one(self, a: int, b: int) -> bool:
        if self._label.get(a) and self._label.get(b):
            return False
        return not any(
            self._source(x) == self._source(y)
            and self._two_clubs(self.parts[x].spelling, self.parts[y].spelling)
            for x in self._members[a]
            for y in self._members[b]
        )

    def _two_clubs(self, one: int, other: int) -> bool:
        return two_clubs(self.spellings, self.evidence, one, other)

    # --- names

    def _join_group(self, root: tuple[str, str], group: Sequence[int]) -> None:
        clubs = sorted(
            {self._club[i] for i in group},
            key=lambda c: (
                c not in self._label,
                -sum(self.parts[i].matches for i in self._members[c]),
                min(self._members[c]),
            ),
        )
        ours = set(group)
        targets: list[int] = []
        keys = {root, *self._aliases.get(root, ()), *((self._country(i), key(self._name(i))) for i in group)}
        wanted = {self.register.keyed(k) for k in keys} - {None}
        for club in clubs:
            club = self._club[self._members[club][0]] if club in self._members else self._club[club]
            fitting = [t for t in targets if self._name_fits(t, club, ours)]
            if not fitting:
                targets.append(club)
                continue
            best = min(fitting, key=lambda t: self._distance(t, club, ours))
            part = min((i for i in self._members[club] if i in ours), key=lambda i: i)
            other = min((i for i in self._members[best] if i in ours), key=lambda i: i)
            if len(fitting) > 1:
                self.parts[part].doubts |= {self._members[t][0] for t in fitting}
            for i in self._members[club]:
                if i in ours and self.parts[i].how == "alone":
                    self.parts[i].how = self._by_name(i, other)
            for i in self._members[best]:
                if i in ours and self.parts[i].how == "alone":
                    self.parts[i].how = self._by_name(i, part)
            place = targets.index(best)
            self._unite(best, club)
            targets[place] = self._club[part]
        if len(wanted) == 1:
            self._name_by_register(targets, ours, wanted.pop())

    def _name_by_register(self, targets: Sequence[int], ours: set[int], label: str | None) -> None:
        """Give a club of the register its spellings that only its key knows, if no other has its label yet."""
        if label is None:
            return
        holder = next((c for c, known in self._label.items() if known == label), None)
        for club in targets:
            if club in self._label:
                continue
            if holder is None:
                self._label[club] = label
                holder = club
            elif self._name_fits(holder, club, None):
                self._unite(holder, club)
                holder = self._club[self._members[self._club[holder]][0]]
            else:
                continue
            for i in ours:
                if self._club[i] == self._club[holder] and self.parts[i].how in ("alone", "name"):
                    self.parts[i].how = "register"

    def _by_name(self, part: int, other: int) -> str:
        same = key(self._name(part)) == key(self._name(other))
        return "name" if same else "alias"

    def _country(self, part: int) -> str:
        return self.spellings[self.parts[part].spelling].country

    def _name(self, part: int) -> str:
        return self.spellings[self.parts[part].spelling].name

    def _name_fits(self, a: int, b: int, ours: set[int] | None) -> bool:
        if not self._may_be_one(a, b) or (ours is not None and self._home(a) != self._home(b)):
            return False
        could = did = 0
        for x in self._members[a]:
            for y in self._members[b]:
                one, other = self.parts[x].spelling, self.parts[y].spelling
                if self._source(x) == self._source(y):
                    named = ours is not None and x in ours and y in ours
                    if one == other:
                        return False
                    if named and not self._one_way_of_writing(x, y):
                        return False
                    continue
                could += self.evidence.compared(one, other)
                did += self.evidence.alike.get((min(one, other), max(one, other)), 0)
        return could < _TELLING or did > _NEXT_TO_NONE * could

    def _home(self, club: int) -> str:
        """The country in which most of a club's matches are filed: one source may have it wrong."""
        matches: defaultdict[str, int] = defaultdict(int)
        for i in self._members[club]:
            if self._country(i):
                matches[self._country(i)] += self.parts[i].matches
        return min(matches, key=lambda country: (-matches[country], country), default="")

    def _one_way_of_writing(self, x: int, y: int) -> bool:
        """Whether one source may write a club both ways: "AEK" and "AEK FC"; "Granada CF" and "Granada 74" only if the
        one follows the other at once, "IFK" and "AFC Eskilstuna" only within a few seasons."""
        (legal, numbers), (other_legal, other_numbers) = forms(self._name(x)), forms(self._name(y))
        another_form = bool(legal and other_legal and legal.isdisjoint(other_legal))
        if numbers == other_numbers and not another_form:
            return True
        a, b = self.parts[x], self.parts[y]
        pause = _PAUSE if numbers == other_numbers else _NEXT
        return 0 <= max(a.first - b.last, b.first - a.last) <= pause

    def _distance(self, a: int, b: int, ours: set[int]) -> tuple[int, int, int]:
        """How far apart two clubs of one name are: by spelling, by seasons."""
        names = {fold(self._name(i)) for i in self._members[a] if i in ours}
        same = any(fold(self._name(i)) in names for i in self._members[b] if i in ours)
        gap = min(
            max(0, self.parts[x].first - self.parts[y].last, self.parts[y].first - self.parts[x].last)
            for x in self._members[a]
            for y in self._members[b]
        )
        written = {forms(self._name(i)) for i in self._members[a] if i in ours}
        alike = any(forms(self._name(i)) in written for i in self._members[b] if i in ours)
        return (2 - same - alike, gap, min(self._members[a]))


def _groups(aliases: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Keys that alias lists declare to be one club, to the key of its name; an alias of two clubs joins nothing."""
    offers: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for country, name, alias in aliases:
        offers[country, key(alias)].add((country, key(name)))
    mains = {name for names in offers.values() for name in names}
    return {
        alias: next(iter(names)) for alias, names in offers.items() if len(names) == 1 and alias not in mains
    }
