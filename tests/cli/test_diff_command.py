"""What people see of `parallaxe diff` and of a layer in a git diff."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import run, run_installed
from parallaxe.cli.claim_words import AROUND, claim_line, decided, in_context, layer_words, plain
from parallaxe.cli.diff_json import diff_as_json
from parallaxe.cli.diff_markdown import markdown_lines
from parallaxe.cli.diff_text import text_lines
from parallaxe.cli.show_diff import show_diff
from parallaxe.compare.changes import ArticleChange, Changes, ClaimChange, EntityChange, LayerChange
from parallaxe.core.claims import AUTHOR, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.knowledge import KnownEntity, Relation
from parallaxe.core.layer_format import layer_lines
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.layer_text import find_layer
from parallaxe.store.project import Project
from parallaxe.store.versions.diff import Diff
from rule_examples import sample_project

TEXT = "Le port attend. Jeanne Kerbrat parle de Brest.\n\n« On verra bien », dit-elle à la presse_locale."
PLACE = Span(TEXT.index("Brest"), TEXT.index("Brest") + 5)
MENTION = Entity("e", (PLACE,), "LOC")
STANCE = Stance("s", "article", AUTHOR, "russia", "favor", 1)
AGAINST = replace(STANCE, polarity="against")
PORT = KnownEntity("le-port", "LOC", "Le Port", ("Port",), "Un port.", None, None, (), None, None)
MOVED = replace(PORT, name="Port-Neuf", aliases=("Port", "Neuf"), relations=(Relation("part_of", "brest"),))
FOUND = Changes(
    (ArticleChange("la-gare", "added"), ArticleChange("le-port", "changed", ("outlet",))),
    (
        LayerChange(
            "gold",
            "le-port",
            "texte",
            "texte",
            False,
            ("guideline_version",),
            (
                ClaimChange(MENTION, replace(MENTION, label="ORG"), ("relabelled",), ("label",)),
                ClaimChange(None, replace(MENTION, id="n", fragments=(Span(0, 7),)), ("added",)),
                ClaimChange(
                    Quote("q", "direct", (Span(16, 30),)),
                    Quote("q", "direct", (Span(23, 30),)),
                    ("moved",),
                    ("content",),
                ),
                ClaimChange(STANCE, AGAINST, ("flipped",), ("polarity",)),
                ClaimChange(
                    replace(STANCE, id="t"),
                    replace(STANCE, id="t", provenance=Provenance(score=0.5)),
                    ("changed",),
                    ("score",),
                ),
            ),
        ),
        LayerChange("pass-a", "la-gare", None, "autre", False, (), (ClaimChange(None, MENTION, ("added",)),)),
    ),
    (
        EntityChange(None, replace(PORT, kb_id="la-rade", name="La Rade")),
        EntityChange(PORT, MOVED, ("name", "aliases", "relations")),
    ),
)
DIFF = Diff("v1", "v2", FOUND, {"texte": TEXT}, frozenset())


def test_text_tells_counts_first_and_each_change_in_its_words() -> None:
    """Versions, counts, articles, whole layers, then claims; what only its making changed is counted."""
    assert [
        "v1 → v2",
        "articles: 1 added, 1 changed",
        "claims: 2 added, 1 flipped, 1 relabelled, 1 moved, 1 changed",
        "entities: 1 added, 1 changed",
        "",
        "la-gare  added",
        "le-port  changed (outlet)",
        "",
        "la-rade  added  LOC La Rade",
        "le-port  changed  LOC Port-Neuf",
        "    name Le Port → Port-Neuf",
        "    aliases – → Neuf",
        "    relations – → part_of brest",
        "",
        "pass-a  added for 1 article, 1 claim",
        "",
        "le-port  gold  header: guideline_version",
        "  relabelled  entity ORG  …Jeanne Kerbrat parle de [Brest]. ¶ « On verra bien », di…  e",
        "    label LOC → ORG",
        "  added  entity LOC  [Le port] attend. Jeanne Kerbrat …  n",
        "  moved  quote direct  q",
        "    content − Le port attend. [Jeanne Kerbrat] parle de Brest. ¶ « On v…",
        "    content + Le port attend. Jeanne [Kerbrat] parle de Brest. ¶ « On v…",
        "  flipped  stance article holder=author target=russia polarity=against intensity=1  s",
        "    polarity favor → against",
        "  1 changed in score alone",
    ] == "\n".join(line.plain for line in text_lines(DIFF)).split("\n")


def test_offsets_stand_in_for_withheld_words() -> None:
    """Without the text, spans are told as offsets."""
    lines = [line.plain for line in text_lines(DIFF._replace(texts={}))]

    assert "  relabelled  entity ORG  [40, 45]  e" in lines
    assert "    content + [23, 30]" in lines


def test_markdown_is_a_changelog() -> None:
    """Counts, articles, and what was decided anew; added and removed claims are figures."""
    assert [
        "#### v1 → v2",
        "",
        "- Articles: 1 added, 1 changed.",
        "- Claims: 2 added, 1 flipped, 1 relabelled, 1 moved, 1 changed.",
        "- Entities: 1 added, 1 changed.",
        "- `la-gare`: added.",
        "- `le-port`: changed (outlet).",
        "- `la-rade`: added (La Rade).",
        r"- `le-port`: name Le Port → Port-Neuf; aliases – → Neuf; relations – → part\_of brest.",
        "- pass-a added for 1 article, 1 claim.",
        "- `le-port`, gold: 1 added, 1 flipped, 1 relabelled, 1 moved, 1 changed, header: guideline_version",
        "  - relabelled: …Jeanne Kerbrat parle de **Brest**. ¶ « On verra bien », di…: label LOC → ORG",
        "  - moved: quote direct: content **Jeanne Kerbrat** → **Kerbrat**",
        f"  - flipped: {decided(AGAINST)}: polarity favor → against",
    ] == list(markdown_lines(DIFF))


def test_what_is_passed_on_holds_no_restricted_words() -> None:
    """JSON and Markdown withhold the words of a restricted article that is here; text shows them."""
    diff = DIFF._replace(restricted=frozenset({"le-port"}))

    for told in (json.dumps(diff_as_json(diff), ensure_ascii=False), "\n".join(markdown_lines(diff))):
        assert "Kerbrat" not in told
        assert "Brest" not in told
    assert any("Kerbrat" in line.plain for line in text_lines(diff))


def test_json_holds_claims_and_their_words() -> None:
    """A change as both of its claims, as lines of a layer, with their words."""
    claim = diff_as_json(DIFF)["layers"][0]["claims"][2]

    entity = diff_as_json(DIFF)["entities"][1]

    assert ("le-port", "changed", ["Port", "Neuf"]) == (entity["kb_id"], entity["kind"], list(entity["new"]["aliases"]))
    assert ("Le port attend. Jeanne [Kerbrat] parle de Brest. ¶ « On v…", [[23, 30]]) == (
        claim["new_words"],
        claim["new"]["content"],
    )


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_nothing_changed_is_said(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every format has something to say of two versions that are the same."""
    show_diff(Diff("v1", "v2", Changes(), {}, frozenset()), form)
    told = capsys.readouterr().out

    assert json.loads(told)["layers"] == [] if form == "json" else "rticle, layer, claim or entity changed" in told


def test_words_between_fragments_are_cut_where_they_are_many() -> None:
    """Fragments that are far apart have their own context each."""
    text = f"a{'.' * 100}b"

    assert f"[a]{'.' * AROUND}…{'.' * AROUND}[b]" == plain(in_context([Span(0, 1), Span(101, 102)], text))


def test_a_claim_on_one_line() -> None:
    """A quotation with its cue, its source and a note; nothing that a terminal would obey."""
    said = Span(TEXT.index("On verra"), TEXT.index(" », dit"))
    cue = Span(TEXT.index("dit"), TEXT.index("dit") + 3)
    quote = Quote("q", "direct", (said,), (cue,), provenance=Provenance(note="voir\x1b[31m\nlà"))

    assert (
        "quote direct · …brat parle de Brest. ¶ « [On verra bien] », dit-elle à la presse… · "
        "cue …rra bien », [dit]-elle à la p… · note=voir [31m là · q"
    ) == claim_line(quote, TEXT)


def test_a_claim_that_leaves_its_text_has_offsets() -> None:
    """A broken span is told, not cut."""
    assert "entity PER · [5, 5000] · e" == claim_line(Entity("e", (Span(5, 5000),), "PER"), TEXT)


def test_a_layer_in_words() -> None:
    """Each key of the header has a line, so that a diff shows the one that changed."""
    layer = Layer("gold", "le-port", "f00", "n/1", None, "x", "human", ("entity", "quote"), (MENTION,))

    assert ["guideline_version: –", "annotator: x", "annotator_type: human", "complete: entity, quote", ""] == (
        layer_words(layer, None).split("\n")[4:9]
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of the rules' examples in a repository whose git shows layers in words."""
    project = sample_project(tmp_path_factory.mktemp("depot") / "projet")
    driver = f"'{sys.executable}' -c 'from parallaxe.cli import main; main()' show-layer"
    for arguments in (
        ["init", "-q"],
        ["config", "diff.parallaxe-layer.textconv", driver],
        ["add", "-A"],
        ["-c", "user.name=L", "-c", "user.email=l@example.org", "-c", "commit.gpgsign=false", "commit", "-qm", "first"],
    ):
        subprocess.run(["git", *arguments], cwd=project.root, check=True, capture_output=True)
    return project


def test_git_diff_shows_words(project: Project, tmp_path: Path) -> None:
    """In a project that `init` made, one line of configuration makes `git diff` show a relabelled mention."""
    root = shutil.copytree(project.root, tmp_path / "projet", symlinks=True)
    layer = read_layer(root / "annotations/layers/gold/le-port.jsonl").layer
    write_layer(
        root / "annotations/layers", replace(layer, claims=(replace(layer.entities[0], label="LOC"), *layer.quotes))
    )
    shown = subprocess.run(["git", "diff"], cwd=root, check=True, capture_output=True, text=True).stdout

    assert [
        "-entity PER kb_id=NIL:kerbrat · Le port attend ¶ [Jeanne Kerbrat] parle. « On verra bien … · e1",
        "+entity LOC kb_id=NIL:kerbrat · Le port attend ¶ [Jeanne Kerbrat] parle. « On verra bien … · e1",
    ] == [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_text_that_was_edited_is_found_in_head(project: Project, tmp_path: Path) -> None:
    """The old side of a git diff is about the text of HEAD, also where the raw file is another one now."""
    root = shutil.copytree(project.root, tmp_path / "projet", symlinks=True)
    raw = root / "seeds/open/le-port.txt"
    raw.write_text(f"Avant tout\n\n{raw.read_text('utf-8')}", "utf-8")
    blob = Path(shutil.copy(root / "annotations/layers/gold/le-port.jsonl", tmp_path / "blob_e1"))

    assert "[Jeanne Kerbrat]" in run_installed("show-layer", str(blob), folder=root).stdout
    shutil.rmtree(root / ".git")
    assert "[Jeanne Kerbrat]" not in run("show-layer", str(blob), folder=root).stdout


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\n", b'{"layer": "gold"}\n', b"[" * 100_000])
def test_a_broken_layer_is_shown_raw(tmp_path: Path, content: bytes) -> None:
    """What is no layer is printed byte for byte, with code 0, also outside of any project."""
    (tmp_path / "casse.jsonl").write_bytes(content)
    command = [sys.executable, "-c", "from parallaxe.cli import main; main()", "show-layer", "casse.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

    assert (0, content, b"") == (done.returncode, done.stdout, done.stderr)


_WORDS = st.text("ab\n\x1b\u2028\ud800", max_size=5)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=2),
    max_leaves=6,
)
_LINES = st.dictionaries(
    st.sampled_from("id kind fragments label type content cue level holder evidence quote score created note".split()),
    _VALUES | st.sampled_from(["entity", "quote", "stance", [[0, 3]], [[2, 9], [1, 4]], "e"]),
)


@given(st.lists(_LINES, max_size=4), st.none() | st.just(TEXT))
def test_no_line_stops_a_layer_from_being_shown(
    tmp_path_factory: pytest.TempPathFactory, lines: list[dict[str, object]], text: str | None
) -> None:
    """Whatever stands in the lines of a file, it is a layer that has words, or it is shown as it is."""
    path = tmp_path_factory.getbasetemp() / "lignes.jsonl"
    header = next(layer_lines(Layer("gold", "le-port", "f00", "n/1", None, "x", "human", ())))
    path.write_text("\n".join(json.dumps(line) for line in (header, *lines)), "utf-8")
    found = find_layer(path, path.parent)

    assert path.read_bytes() == found.raw
    if found.layer is not None:
        assert 9 + len(found.layer.claims) == len(layer_words(found.layer, text).encode().split(b"\n"))


def test_changes_end_with_0_and_wrong_calls_with_2(project: Project) -> None:
    """A diff is no check; a format or a revision that is not there is one line on standard error."""
    assert ["HEAD → work tree", "no article, layer, claim or entity changed"] == (
        run_installed("diff", folder=project.root).stdout.splitlines()
    )
    wrong = [run("diff", *arguments, folder=project.root) for arguments in (["v9"], ["--format", "html"])]

    assert [(2, 1), (2, 1)] == [(done.returncode, len(done.stderr.splitlines())) for done in wrong]


def test_a_lone_surrogate_is_printed_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    """What JSON may hold and UTF-8 not stops no format."""
    claims = (MENTION, replace(MENTION, provenance=Provenance(note="\ud800")))
    change = ClaimChange(*claims, ("changed",), ("note",))
    layer = LayerChange("gold", "le-port", "texte", "texte", False, (), (change,))
    for form in ("text", "json", "markdown"):
        show_diff(DIFF._replace(changes=Changes((), (layer,))), form)
        assert capsys.readouterr().out.encode()
