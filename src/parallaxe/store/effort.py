"""What correction has cost in a project: the records of its syncs, and layers of people that no sync has brought.

Records know what was on the screen: when a task was saved, how long it was open, which proposals it showed. A layer
that somebody wrote otherwise still tells which of its claims were accepted or changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from parallaxe.compare.effort import Effort, Task, effort
from parallaxe.core.claims import Claim
from parallaxe.core.errors import UsageError
from parallaxe.core.layer_format import KINDS, kind_of
from parallaxe.store.annotations import read_layer, read_layers
from parallaxe.store.project import Project
from parallaxe.store.sync.annotators import read_annotators
from parallaxe.store.sync.passes import read_passes
from parallaxe.store.sync.places import MAIN, Places, check_pass_name
from parallaxe.store.sync.proposals import known_proposals
from parallaxe.store.sync.records import GROUND_TRUTH, SUBMITTED, Header, Seen, read_record

MACHINE = "machine"
"""The layer of the machine, against which blind tasks are held."""


def measure_effort(project: Project, pass_name: str | None = None) -> Effort:
    """What the tasks of a pass, or of all passes and all layers of people, have cost.

    Raises:
        UsageError: if the pass was never synced.
        ProjectError: if a record or layer is broken.
    """
    if pass_name is not None:
        places = Places(project, check_pass_name(pass_name))
        if not places.tracked.is_dir():
            raise UsageError("--pass", f"pass `{pass_name}` was never pulled", "pull it, or leave --pass out")
        return effort(_tasks(places))
    tasks: list[Task] = []
    known: set[tuple[str, str]] = set()
    for path in sorted(Places(project, MAIN).tracked.parent.glob("*/")):
        places = Places(project, path.name)
        of_pass = list(_tasks(places))
        tasks += of_pass
        known |= {(places.layer_name(task.annotator), task.article_id) for task in of_pass}
    return effort([*tasks, *_of_layers(project, known)])


def _tasks(places: Places) -> Iterator[Task]:
    """What each annotator made of each article of a pass, told by what they saved last."""
    names = read_annotators(places.annotators)
    for path in places.record_files():
        record = read_record(path)
        own: dict[int, list[Seen]] = defaultdict(list)
        for seen in record.annotations if record else ():
            if seen.state in (SUBMITTED, GROUND_TRUTH):
                own[seen.user].append(seen)
        for user, saved in own.items():
            assert record is not None
            yield _task(places, record.header, names.get(user, f"user {user}"), saved)


def _task(places: Places, header: Header, annotator: str, saved: Sequence[Seen]) -> Task:
    last = max(saved, key=lambda seen: (seen.updated_at or seen.created_at, seen.annotation))
    seconds = [seen.lead_time for seen in saved if seen.lead_time is not None]
    return Task(
        annotator=annotator,
        article_id=header.article_id,
        claims=last.claims,
        machine=_of_machine(places, header, last),
        blind=header.blind,
        seconds=sum(seconds) if seconds else None,
        at=last.updated_at or last.created_at,
    )


def _of_machine(places: Places, header: Header, seen: Seen) -> tuple[Claim, ...] | None:
    """The proposals that a task showed, or would have; null where they are not known, or were for another text."""
    if seen.text_sha256 != header.text_sha256:
        return None
    one = read_passes(places).get(header.pass_name)
    kinds = one.kinds if one else KINDS
    if not header.blind:
        layer = (header.proposals or "").rpartition("-")[0]
        known = header.proposals and known_proposals(places, header.article_id, header.proposals, layer, kinds)
        return known or None
    path = places.project.layers / MACHINE / f"{header.article_id}.jsonl"
    layer_here = read_layer(path).layer if path.is_file() else None
    if layer_here is None or layer_here.text_sha256 != seen.text_sha256:
        return None
    return tuple(claim for claim in layer_here.claims if kind_of(claim) in kinds)


def _of_layers(project: Project, known: Collection[tuple[str, str]]) -> Iterator[Task]:
    """Layers of people that corrected proposals elsewhere."""
    for file in read_layers(project.layers):
        layer = file.layer
        history = [claim.provenance for claim in layer.claims]
        corrected = any(own.origin in ("accepted", "changed") and own.tool is not None for own in history)
        if layer.annotator_type == "human" and corrected and (layer.layer, layer.article_id) not in known:
            yield Task(layer.annotator, layer.article_id, layer.claims)
