"""Conflicts of a merge as lines of a file that a person fills in, and the layer that comes of it.

A line names the claim and shows it as base, ours (what the layer holds) and theirs (what the annotator has on the
server). Whoever settles it writes `keep`, `why` and, for `edit`, the `fields` that change; lines whose `keep` is null
still wait. All lines of a layer that are settled are applied together, since one may need what another brings back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from parallaxe.compare.decisions import edited
from parallaxe.compare.lineage import reference, said
from parallaxe.compare.merge import Conflict, Reason, question
from parallaxe.core.claims import Claim, Layer, Quote
from parallaxe.core.errors import CombinedError, ParallaxeError, ProjectError
from parallaxe.core.layer_format import canonical_order, layer_lines, mint, parse_layer

Keep: TypeAlias = Literal["ours", "theirs", "both", "neither", "edit"]
"""Which version is right: where that side has no claim, none is kept; `edit` keeps ours (else theirs) with other
fields; `both` gives theirs an id of its own."""

_KEYS = ("layer", "article_id", "id", "kind", "reason", "base", "ours", "theirs", "keep", "why", "fields")


class Row(NamedTuple):
    """A conflict of a layer, and how it is settled; `keep` is null while it waits. `where` is its file and line."""

    layer: str
    article_id: str
    conflict: Conflict
    keep: Keep | None = None
    why: str | None = None
    fields: Mapping[str, Any] = {}
    where: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """The layer and the article that it is about."""
        return self.layer, self.article_id


def conflict_line(row: Row) -> dict[str, Any]:
    """A row as a JSON object, claims as the lines of a layer file."""
    found = row.conflict
    return {
        "layer": row.layer,
        "article_id": row.article_id,
        "id": found.id,
        "kind": found.kind,
        "reason": found.reason,
        "base": claim_as_line(found.base),
        "ours": claim_as_line(found.ours),
        "theirs": claim_as_line(found.theirs),
        "keep": row.keep,
        "why": row.why,
        "fields": dict(row.fields),
    }


def parse_conflicts(lines: Iterable[tuple[int, Mapping[str, Any]]], where: str) -> list[Row]:
    """The rows of a file, from numbered lines, in their order.

    Raises:
        CombinedError: with a complaint for each line that has an unknown key or `keep`, tells of another claim than it
            names, or is about what an earlier line is about.
    """
    rows: list[Row] = []
    complaints: list[ParallaxeError] = []
    seen: dict[tuple[str, str, str], str] = {}
    for number, line in lines:
        try:
            row = _row(line, f"{where}:{number}")
        except ProjectError as error:
            complaints.append(error)
            continue
        first = seen.setdefault((*row.place, row.conflict.id), row.where)
        if first != row.where:
            complaints.append(ProjectError(row.where, f"the same claim as in {first}", "keep one of the two lines"))
        rows.append(row)
    if complaints:
        raise CombinedError(complaints)
    return rows


def _row(line: Mapping[str, Any], where: str) -> Row:
    if wrong := sorted(set(line) ^ set(_KEYS)):
        raise ProjectError(where, f"wrong key `{wrong[0]}`", f"a conflict has {', '.join(_KEYS)}")
    for name in ("layer", "article_id", "id"):
        if not isinstance(line[name], str):
            raise ProjectError(where, f"`{name}` cannot be {line[name]!r}", _RESTORE)
    if line["keep"] is not None and line["keep"] not in get_args(Keep):
        raise ProjectError(where, f"keep: {line['keep']!r}", f"use one of {', '.join(get_args(Keep))}")
    if line["why"] is not None and not isinstance(line["why"], str):
        raise ProjectError(where, f"why: {line['why']!r}", "give the reason in words")
    if not isinstance(line["fields"], dict) or (line["fields"] and line["keep"] != "edit"):
        raise ProjectError(where, f"fields: {line['fields']!r}", "use an object, and only with keep `edit`")
    conflict = _conflict(line, where)
    return Row(line["layer"], line["article_id"], conflict, line["keep"], line["why"], line["fields"], where)


_RESTORE = "restore the line from git, and change only keep, why and fields"


def _conflict(line: Mapping[str, Any], where: str) -> Conflict:
    versions = [_parsed(line[name], f"{where}, {name}") for name in ("base", "ours", "theirs")]
    if any(claim is not None and claim.id != line["id"] for claim in versions):
        raise ProjectError(where, f"a version is not of claim `{line['id']}`", _RESTORE)
    if versions[1] is None and versions[2] is None:
        raise ProjectError(where, "neither side has the claim", _RESTORE)
    if line["reason"] not in get_args(Reason):
        raise ProjectError(where, f"reason: {line['reason']!r}", _RESTORE)
    conflict = Conflict(line["id"], line["reason"], *versions)
    if line["kind"] != conflict.kind:
        raise ProjectError(where, f"kind: {line['kind']!r}", _RESTORE)
    return conflict


_BARE = Layer("", "", "", "", None, "", "human", ())


def claim_as_line(claim: Claim | None) -> dict[str, Any] | None:
    """A claim as its line in a layer file; None for none."""
    return None if claim is None else next(islice(layer_lines(replace(_BARE, claims=(claim,))), 1, None))


def _parsed(line: object, where: str) -> Claim | None:
    if line is None:
        return None
    if not isinstance(line, Mapping):
        raise ProjectError(where, f"no claim: {line!r}", _RESTORE)
    header = next(layer_lines(_BARE))
    try:
        return parse_layer([(1, header), (2, line)], where)[0].claims[0]
    except ProjectError as error:
        raise ProjectError(where, error.what, _RESTORE) from error


def renewed(
    rows: Iterable[Row], place: tuple[str, str], conflicts: Sequence[Conflict], moved: Collection[str] = ()
) -> list[Row]:
    """The rows after a merge of the layer and article of `place`: new conflicts take the place of old ones.

    `moved` are ids of claims that the annotator has moved: what is said of them here is about a version that is gone,
    also where somebody had decided on it.
    """
    gone = {*moved, *(conflict.id for conflict in conflicts)}
    kept = [row for row in rows if row.place != place or row.conflict.id not in gone]
    return [*kept, *(Row(*place, conflict) for conflict in conflicts)]


def settle(layer: Layer, rows: Sequence[Row]) -> Layer:
    """The layer after the decisions of rows about it; those that wait change nothing.

    A decision that the layer shows already is fine, so that a run which was cut short can be repeated.

    Raises:
        CombinedError: with a complaint for each decision about a claim that is no longer as the row has it, that
            edits it into what no layer may hold, or that leaves a claim without its quotation, said twice or inside
            itself.
    """
    claims = {claim.id: claim for claim in layer.claims}
    complaints: list[ParallaxeError] = []
    wanted: dict[str, Claim | None] = {}
    for row in rows:
        if row.keep is None:
            continue
        try:
            wanted |= _after(row, layer, claims)
        except ProjectError as error:
            complaints.append(error)
    settled = {name: claim for name, claim in {**claims, **wanted}.items() if claim is not None}
    touched = {name: row.where for row in rows for name in (row.conflict.id, _second_id(row)) if row.keep is not None}
    complaints += _faults(settled, touched)
    if complaints:
        raise CombinedError(complaints)
    return replace(layer, claims=canonical_order(settled.values()))


def _after(row: Row, layer: Layer, claims: Mapping[str, Claim]) -> dict[str, Claim | None]:
    """What a decision makes of ids: a claim, or none."""
    found = row.conflict
    wanted: dict[str, Claim | None]
    match row.keep:
        case "ours":
            return {}
        case "theirs":
            wanted = {found.id: found.theirs}
        case "both" if found.ours is not None and found.theirs is not None:
            wanted = {found.id: found.ours, _second_id(row): replace(found.theirs, id=_second_id(row))}
        case "both":
            wanted = {found.id: found.ours or found.theirs}
        case "edit":
            claim = edited(layer, _present(found), row.fields, row.where)
            wanted = {found.id: replace(claim, provenance=replace(claim.provenance, origin="changed"))}
        case _:
            wanted = {found.id: None}
    here = claims.get(found.id)
    if _words(here) not in (_words(found.ours), _words(wanted[found.id])):
        what = f"claim `{found.id}` is " + ("no longer in the layer" if here is None else "another in the layer now")
        raise ProjectError(row.where, what, "keep `ours` to leave the layer as it is, or edit the layer by hand")
    if wanted[found.id] is None and not row.why:
        raise ProjectError(row.where, f"keep `{row.keep}` leaves `{found.id}` out without a reason", "say `why`")
    return wanted


def _present(found: Conflict) -> Claim:
    claim = found.ours or found.theirs
    assert claim is not None, "a conflict has a claim of at least one side"
    return claim


def _words(claim: Claim | None) -> Hashable:
    return None if claim is None else said(claim, {})


def _second_id(row: Row) -> str:
    """The id of theirs where both are kept: the same whenever it is asked for."""
    return mint(f"{row.layer}:{row.article_id}:{row.conflict.id}:theirs", set())


def _faults(settled: Mapping[str, Claim], touched: Mapping[str, str]) -> Iterator[ParallaxeError]:
    """What the settled claims may not be together, where a decision has to do with it."""
    quotes = {name: claim.inside for name, claim in settled.items() if isinstance(claim, Quote)}
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for name, claim in settled.items():
        groups[question(claim, {})].append(name)
        needed = reference(claim)
        if needed is not None and needed not in quotes and not touched.keys().isdisjoint({name, needed}):
            what, remedy = f"`{name}` would be left without its quotation `{needed}`", f"bring `{needed}` back"
            where = touched[name if name in touched else needed]
            yield ProjectError(where, what, f"{remedy}, or decide on `{name}` too")
        elif name in touched and name in quotes and _is_inside_itself(name, quotes):
            yield ProjectError(touched[name], f"`{name}` would lie inside itself", "edit `inside` of one of them")
    for names in groups.values():
        if len(names) > 1 and (known := [name for name in names if name in touched]):
            what = f"`{names[0]}` and `{names[1]}` would say the same"
            yield ProjectError(touched[known[0]], what, "keep one, or edit one")


def _is_inside_itself(name: str, quotes: Mapping[str, str | None]) -> bool:
    passed: set[str] = set()
    outer = quotes.get(name)
    while outer is not None and outer not in passed:
        passed.add(outer)
        outer = quotes.get(outer)
    return name in passed
