"""A diff of two versions with many claims, beside reading them.

Each article has a hundred claims of all kinds in one layer, as gold has here, and a text of its own. One claim in a
hundred changed: it is relabelled, relinked, flipped, moved, gone or new. They hang together, as corrections do that
somebody made article by article: some articles changed in many places, most in none. Beside that they are spread
evenly, so that two layers in three have to be read and compared.

Reading is that of every layer of both versions, one after another, as every command reads them.
"""

from __future__ import annotations

import random
import resource
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from benchmarks.measure import Row, in_fresh_process, seconds, taking_turns
from parallaxe.core.claims import Claim, Entity, Layer, Quote, Span, Stance
from parallaxe.core.layer_format import layer_lines
from parallaxe.store.annotations import layer_files, read_layer
from parallaxe.store.init import init_project
from parallaxe.store.jsonl import rows_text
from parallaxe.store.project import Project
from parallaxe.store.versions.diff import diff_versions
from parallaxe.text.document import text_digest
from parallaxe.text.normalize import NORMALIZER

_CLAIMS_EACH = 100
_CHANGED = 0.01
_CHANGED_TOGETHER = 0.2
_SENTENCE = "Le port de Brest attend ses grues, dit la capitaine {number}, et « la rade restera ouverte ce soir ». "
_LABELS = ("PER", "ORG", "LOC")
_POLARITIES = ("favor", "against")


def rows(count: int) -> Iterator[Row]:
    """Three lines about `count` claims a side: time where changes hang together, where they are spread, and memory."""
    with tempfile.TemporaryDirectory() as name:
        whole, half = Path(name) / "whole", Path(name) / "half"
        for folder, claims in ((whole, count), (half, count // 2)):
            # In a process of its own: the peak of memory that a process has passes on to those it starts.
            in_fresh_process(write_versions, folder, claims)
        together, spread, reading = taking_turns(
            lambda: in_fresh_process(diff_seconds, whole, "together"),
            lambda: in_fresh_process(diff_seconds, whole, "spread"),
            lambda: in_fresh_process(reading_seconds, whole),
            repeats=2,
        )
        peer = f"reading both: {reading:.2f} s"
        for what, ours in (("by article", together), ("spread over all", spread)):
            yield Row(f"diff of {count:,} claims, 1 % {what}", f"{ours:.2f} s", peer, f"{ours / reading:.2f}", "< 3")
        large, small = (in_fresh_process(diff_megabytes, folder) for folder in (whole, half))
        yield Row("… its peak memory, spread", f"{large:.0f} MB", f"{count // 2:,}: {small:.0f} MB",
                  f"{large / small:.2f}", "bounded")  # fmt: skip


def write_versions(folder: Path, count: int) -> None:
    """A project `old`, and two that changed: `together` in few articles, `spread` over nearly all."""
    folder.mkdir()
    old = Project(init_project(folder / "old", "Banc").root)
    catalogue = []
    for number in range(count // _CLAIMS_EACH):
        name = f"article-{number}"
        sentences = "".join(_SENTENCE.format(number=sentence) for sentence in range(_CLAIMS_EACH // 4))
        text = f"Le port attend {number}\n\n{sentences}".strip()
        raw = old.seeds / "open" / f"{name}.txt"
        raw.write_text(f"{text}\n", "utf-8")
        catalogue.append(_row(name, raw))
        _write(old.layers, _layer(name, text))
    old.catalogue_file.write_text(rows_text(catalogue), "utf-8")
    for name, share in (("together", _CHANGED_TOGETHER), ("spread", _CHANGED)):
        _change(Project(shutil.copytree(old.root, folder / name)), share)


def _change(project: Project, share: float) -> None:
    """Change a share of the claims of as many articles as make it one claim in a hundred."""
    chance = random.Random(0)
    for path in layer_files(project.layers):
        if chance.random() < _CHANGED / share:
            layer = read_layer(path).layer
            claims = tuple(own for claim in layer.claims for own in _edited(claim, share, chance))
            _write(project.layers, replace(layer, claims=claims))


def _write(folder: Path, layer: Layer) -> None:
    path = folder / layer.layer / f"{layer.article_id}.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text(rows_text(layer_lines(layer)), "utf-8")


def _row(name: str, raw: Path) -> dict[str, object]:
    content = raw.read_bytes()
    return {
        "id": name, "file": f"open/{raw.name}", "sha256": sha256(content).hexdigest(), "size": len(content),
        "language": "fr", "outlet": None, "date": None, "rights": "open", "license": "CC0-1.0",
        "text_origin": "synthetic", "event": None,
    }  # fmt: skip


def _layer(name: str, text: str) -> Layer:
    """For each sentence two mentions, a quotation and the stance that it carries."""
    claims: list[Claim] = []
    for number in range(_CLAIMS_EACH // 4):
        start = text.index(_SENTENCE.format(number=number)[:-1])
        place, voice = text.index("Brest", start), text.index("la capitaine", start)
        said = text.index("la rade", start)
        content = Span(said, said + len("la rade restera ouverte ce soir"))
        claims += [
            Entity(f"e{number}", (Span(place, place + 5),), "LOC", None, "brest"),
            Entity(f"f{number}", (Span(voice, voice + 12),), "PER", None, f"NIL:capitaine-{number}"),
            Quote(f"q{number}", "direct", (content,), (), (Span(voice, voice + 12),)),
            Stance(
                f"s{number}", "attributed", f"NIL:capitaine-{number}", "russia", "favor", 1, (content,), f"q{number}"
            ),
        ]
    return Layer("gold", name, text_digest(text), NORMALIZER, "1.2", "lectrice-1", "human", ("entity",), tuple(claims))


def _edited(claim: Claim, share: float, chance: random.Random) -> tuple[Claim, ...]:
    """A claim as it is, or changed in a way that its kind can be, or gone, or with another beside it."""
    if chance.random() >= share:
        return (claim,)
    match claim:
        case Entity(fragments=(span,)):
            return chance.choice((
                (replace(claim, label=chance.choice([own for own in _LABELS if own != claim.label])),),
                (replace(claim, kb_id="rade"),),
                (replace(claim, fragments=(Span(span.start - 1, span.end),)),),
                (claim, replace(claim, id=f"n{claim.id}", fragments=(Span(span.start, span.end - 2),))),
            ))  # fmt: skip
        case Stance():
            polarity = next(own for own in _POLARITIES if own != claim.polarity)
            return (replace(claim, polarity=polarity, intensity=-claim.intensity),)
        case _:
            return ()


def diff_seconds(folder: Path, new: str) -> float:
    """Seconds that the diff takes, texts of what changed included."""
    return seconds(lambda: diff(folder, new))


def diff(folder: Path, new: str) -> None:
    """All that changed."""
    assert diff_versions(folder, str(folder / "old"), str(folder / new)).changes.claim_counts


def reading_seconds(folder: Path) -> float:
    """Seconds that reading every layer of both versions takes, letting each go."""
    return seconds(lambda: read(folder))


def read(folder: Path) -> None:
    """Every layer of both."""
    for version in ("old", "spread"):
        assert sum(len(read_layer(path).layer.claims) for path in layer_files(Project(folder / version).layers))


def diff_megabytes(folder: Path) -> float:
    """The most memory that a process has which does nothing else, in MB."""
    diff(folder, "spread")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
