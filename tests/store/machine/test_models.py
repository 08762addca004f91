"""Components by name: the shipped one, one that was trained, spaCy pipelines that stand in, and what goes wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from spacy.about import __version__ as spacy_version

from counted_work import calls
from parallaxe.annotate.article import Article
from parallaxe.annotate.proposals import Machine, propose
from parallaxe.annotate.trained.proposals import Component, trained_mentions
from parallaxe.compare.agreement import fingerprint
from parallaxe.core.errors import ParallaxeError, SurroundingsError, UsageError
from parallaxe.store.annotations import read_layers
from parallaxe.store.dataset_files import read_manifest
from parallaxe.store.machine.equipment import USUAL, Equipment
from parallaxe.store.machine.machine import default_machine
from parallaxe.store.machine.models import (
    LARGEST,
    MANIFEST_FILE,
    NONE,
    SHIPPED,
    WEIGHTS_FILE,
    load_component,
    read_component_manifest,
)
from parallaxe.store.schemas import load_schemas
from parallaxe.text.document import Block
from parallaxe.text.read import block_sentences
from strategies import texts

TEXT = "Le Bidulon part pour Zwingli. Le port attend le Bidulon."
MINIMAL = {"labels": ["PER"], "precision": {}, "policy": {"adds": ["PER"]}, "settings": {}, "tool": "essai/1"}


def read(text: str) -> Article:
    blocks = [Block("paragraph", 0, len(text))]
    return Article.of(text, blocks, block_sentences(text, blocks), {"paragraph"})


def loaded(name: str | Path) -> Component:
    component = load_component(str(name))
    assert component is not None
    return component


# The one that is shipped


def test_the_shipped_component_is_what_its_manifest_says(repository: Path) -> None:
    """Small enough, trained on the gold of this corpus, or of an older version of it: then it names that version."""
    folder = repository / "src" / "parallaxe" / "models"
    manifest = read_component_manifest(folder)
    trained_on = manifest["trained_on"]
    gold = {file.layer.article_id: file.layer for file in read_layers(repository / "annotations" / "layers", ["gold"])}
    learned, chosen = ({name: gold[name] for name in trained_on[part]} for part in ("articles", "chosen_on"))
    is_older = trained_on["version"] != read_manifest(repository / "corpus").version

    assert (folder / WEIGHTS_FILE).stat().st_size == manifest["bytes"] <= LARGEST
    assert fingerprint(learned, chosen) == trained_on["gold"] or is_older
    assert manifest["validation"]["rules"]["overall"]["f1"] <= manifest["validation"]["combined"]["overall"]["f1"]
    assert set(manifest["precision"]) == set(manifest["labels"]) <= set(load_schemas().labels["entity_labels"].names)


def test_the_shipped_component_goes_into_the_wheel(repository: Path) -> None:
    """Its files lie inside the package, where hatchling takes all that git does not ignore; git never mends them."""
    wheel = tomllib.loads((repository / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert ["src/parallaxe"] == wheel["packages"]
    assert "*.xz binary" in (repository / ".gitattributes").read_text().splitlines()


def test_the_machine_asks_the_shipped_component() -> None:
    """Unless somebody says otherwise."""
    assert default_machine(USUAL).component is not None
    assert default_machine(Equipment(NONE)).component is None


def test_nothing_is_loaded_before_it_is_needed(repository: Path) -> None:
    """The modules of the machine and of training import no spaCy; an article without a name to doubt needs none."""
    code = (
        "import sys, parallaxe.store.machine.training, parallaxe.cli.app\n"
        "from parallaxe.store.machine.equipment import USUAL, Equipment\n"
        "from parallaxe.store.machine.machine import default_machine, machine_layer\n"
        "from parallaxe.text.read import FORMATS, read_document\n"
        "read = lambda text: read_document(text, FORMATS['.txt'](text), 'essai')\n"
        "assert not {'spacy', 'thinc'} & set(sys.modules), 'spaCy is imported'\n"
        "default_machine(Equipment('none'))\n"
        "assert not {'spacy', 'thinc'} & set(sys.modules), 'spaCy is imported by the rules'\n"
        "machine = default_machine(USUAL)\n"
        "machine_layer('a', read('Les grues du port de Brest partent lundi.'), machine)\n"
        "assert not {'spacy', 'thinc'} & set(sys.modules), 'spaCy is imported for nothing'\n"
        "machine_layer('a', read('Le quai est vide. On attend Kervadec Morvan.'), machine)\n"
        "assert 'spacy' in sys.modules, 'nobody was asked'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=repository)

    assert (0, "") == (done.returncode, done.stderr)


@settings(max_examples=20, deadline=None)
@given(texts)
def test_any_text_is_read(text: str) -> None:
    """Whatever characters: mentions in order and disjoint, inside the block, with the precision of their label."""
    component = loaded(SHIPPED)

    found = trained_mentions(read(text), component)

    borders = [border for mention in found for border in mention.fragments[0]]
    assert borders == sorted(borders)
    assert all(0 <= border <= len(text) for border in borders)
    assert all(mention.provenance.score == component.precision[mention.label] for mention in found)


@pytest.mark.parametrize("word", ["Roche ", "🥳", "« ", "l'", "Roche. "], ids=str)
def test_a_sentence_without_end_is_read_in_linear_time(word: str) -> None:
    """Twice as long takes about twice as much work, at 20,000 characters."""
    once, twice = (work(word * (length // len(word))) for length in (10_000, 20_000))

    assert twice < 3 * once + 5_000


def work(text: str) -> int:
    article, component = read(text), loaded(SHIPPED)
    return calls(lambda: trained_mentions(article, component))


# What goes wrong with one of ours


@pytest.fixture
def component(repository: Path, tmp_path: Path) -> Path:
    """A copy of the shipped component, to spoil."""
    return Path(shutil.copytree(repository / "src" / "parallaxe" / "models", tmp_path / "modele"))


def changed(folder: Path, **entries: object) -> None:
    path = folder / MANIFEST_FILE
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | entries), "utf-8")


def wrong(name: str | Path) -> tuple[int, str]:
    """The exit code and the message of a component that cannot be loaded or asked: one line."""
    with pytest.raises(ParallaxeError) as raised:
        trained_mentions(read(TEXT), loaded(name))
    assert "\n" not in str(raised.value)
    return raised.value.exit_code, str(raised.value)


def test_a_damaged_file_is_found_by_its_digest(component: Path) -> None:
    """One byte changed, or half of the file gone: one line that says what to do."""
    weights = component / WEIGHTS_FILE
    content = weights.read_bytes()
    for spoiled in (content[:-1] + bytes([content[-1] ^ 1]), content[: len(content) // 2]):
        weights.write_bytes(spoiled)

        code, message = wrong(component)

        assert code == 3
        assert f"{weights}: damaged: not the file that its manifest names; " in message
        assert "parallaxe train" in message


def test_missing_weights_are_told(component: Path) -> None:
    """A manifest alone is no component."""
    (component / WEIGHTS_FILE).unlink()

    assert (3, True) == (wrong(component)[0], "the trained component is missing" in wrong(component)[1])


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"tool": 1}', json.dumps(MINIMAL)])
def test_a_broken_manifest_is_told(component: Path, content: str) -> None:
    """Whatever stands in it."""
    (component / MANIFEST_FILE).write_text(content, "utf-8")

    code, message = wrong(component)

    assert (3, True) == (code, "damaged" in message)


def test_another_spacy_is_told(component: Path) -> None:
    """A component that was made for another version of spaCy is not loaded: weights would not mean the same."""
    changed(component, spacy=">=2.0,<2.1")

    assert f"made for spaCy >=2.0,<2.1, and {spacy_version} is installed" in wrong(component)[1]


@pytest.mark.parametrize(
    "settings", [{"width": 3}, {"rows": [1, 2, 3, 4]}, {"depth": "deep"}, {"hidden": None}], ids=str
)
def test_settings_that_are_not_those_of_the_weights_are_told(component: Path, settings: dict[str, object]) -> None:
    """The network that a manifest describes must be the one that was stored."""
    own = json.loads((component / MANIFEST_FILE).read_text("utf-8"))["settings"]
    changed(component, settings=own | settings)

    assert (3, True) == (wrong(component)[0], "cannot read it" in wrong(component)[1])


def test_a_component_without_a_say_is_not_opened(component: Path) -> None:
    """Where its validation split spoke for the rules alone, the machine is made of rules alone."""
    changed(component, policy={"adds": [], "vetoes": {}})

    assert load_component(str(component)) is None


# Pipelines that stand in


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small pipeline of spaCy that learned two words, with labels of its own, and a pipe that nobody needs here."""
    spacy.util.fix_random_seed(0)  # type: ignore[attr-defined]
    nlp = spacy.blank("fr", meta={"name": "essai", "version": "1.2.3"})
    nlp.add_pipe("ner").add_label("MACHIN")  # type: ignore[attr-defined]
    data = [(TEXT, {"entities": [(3, 10, "MACHIN"), (21, 28, "GENS"), (48, 55, "MACHIN")]})]
    examples = [spacy.training.Example.from_dict(nlp.make_doc(text), marks) for text, marks in data]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    nlp.add_pipe("sentencizer")
    folder = tmp_path_factory.mktemp("pipeline") / "fr_essai"
    nlp.to_disk(folder)
    return folder


def configured(folder: Path, text: str) -> Path:
    path = folder / "component.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_pipeline_stands_in_by_configuration(pipeline: Path, tmp_path: Path) -> None:
    """Its labels become ours, those not named are dropped; the score is unknown, the tool is its name and version."""
    path = configured(
        tmp_path, f'name = "{pipeline}"\nversion = ">=1.2,<1.3"\nadds = ["PRODUCT"]\n[labels]\nMACHIN = "PRODUCT"\n'
    )

    component = loaded(path)
    found = trained_mentions(read(TEXT), component)

    assert ["Bidulon", "Bidulon"] == [TEXT[slice(*mention.fragments[0])] for mention in found]
    assert {("PRODUCT", "fr_essai/1.2.3", None, "trained-component")} == {
        (m.label, m.provenance.tool, m.provenance.score, m.provenance.why) for m in found
    }
    assert ["ner"] == component.pipeline.pipe_names


def test_what_stands_in_joins_the_rules(pipeline: Path, tmp_path: Path) -> None:
    """A machine with it proposes what rules have not found, and says which tool did."""
    path = configured(tmp_path, f'name = "{pipeline}"\nadds = ["PRODUCT"]\nlabels = {{MACHIN = "PRODUCT"}}\n')
    labels = load_schemas().labels

    claims = propose(read(TEXT), Machine.of(labels, component=loaded(path))).claims

    assert "fr_essai/1.2.3" in {claim.provenance.tool for claim in claims}


def test_a_pipeline_may_be_named_without_a_file(pipeline: Path) -> None:
    """A folder or a package by its name has the labels that spaCy's own pipelines have."""
    component = loaded(pipeline)

    assert "LOC" == component.labels["GPE"]
    assert {"PER", "LOC", "ORG"} == component.policy.adds


def test_long_blocks_are_cut_where_a_pipeline_takes_no_more(pipeline: Path) -> None:
    """A block longer than `max_length` is read in pieces, with places in the whole."""
    component = loaded(pipeline)
    component.pipeline.max_length = 30
    own = Component(component.opened, component.tool, {"MACHIN": "PRODUCT"})

    found = trained_mentions(read(TEXT), own)

    assert ["Bidulon", "Bidulon"] == [TEXT[slice(*mention.fragments[0])] for mention in found]


def test_a_pipeline_that_is_not_installed_is_one_line() -> None:
    """It names the pipeline, how to install it, and how to do without; exit 3."""
    code, message = wrong("fr_nowhere_lg")

    assert code == 3
    assert message.startswith("fr_nowhere_lg: the spaCy pipeline is not installed; `python -m spacy download fr_now")


def test_another_version_is_one_line(pipeline: Path, tmp_path: Path) -> None:
    """It names both versions; exit 3."""
    code, message = wrong(configured(tmp_path, f'name = "{pipeline}"\nversion = ">=2.0"\n'))

    assert code == 3
    assert "the spaCy pipeline has version 1.2.3, and >=2.0 is wanted" in message


def test_a_pipeline_for_another_spacy_is_one_line(pipeline: Path, tmp_path: Path) -> None:
    """Of this spaCy would warn and go on; here it is an error."""
    folder = Path(shutil.copytree(pipeline, tmp_path / "fr_vieux"))
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    (folder / "meta.json").write_text(json.dumps(meta | {"spacy_version": ">=2.3.0,<2.4.0"}), "utf-8")

    code, message = wrong(folder)

    assert (3, True) == (code, f"spaCy {spacy_version} cannot load it ([W09" in message)


def test_a_pipeline_that_needs_what_is_not_here_is_one_line(pipeline: Path, tmp_path: Path) -> None:
    """A component whose factory nobody has registered, as a transformer without its package."""
    folder = Path(shutil.copytree(pipeline, tmp_path / "fr_trf"))
    config = (folder / "config.cfg").read_text("utf-8")
    (folder / "config.cfg").write_text(config.replace('factory = "sentencizer"', 'factory = "nowhere"'), "utf-8")

    assert (3, True) == (wrong(folder)[0], "cannot load it" in wrong(folder)[1])


def test_a_pipeline_without_names_is_one_line(tmp_path: Path) -> None:
    """A pipeline that only finds sentences cannot stand in."""
    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "fr_phrases")

    assert (3, True) == (wrong(tmp_path / "fr_phrases")[0], "finds no names" in wrong(tmp_path / "fr_phrases")[1])


def test_a_folder_that_is_no_pipeline_is_one_line(tmp_path: Path) -> None:
    """Neither ours nor spaCy's."""
    with pytest.raises(SurroundingsError, match="no spaCy pipeline there"):
        load_component(str(tmp_path))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = 1",
        "nom = 'x'",
        "name = 'x'\nadds = 'PER'",
        "name = 'x'\nlabels = 3",
        "name = 'x'\nvetoes = {PER = 'y'}",
        "[",
    ],
)
def test_a_broken_configuration_is_one_line(tmp_path: Path, text: str) -> None:
    """The call is wrong (exit 2), and the message says what to write."""
    code, message = wrong(configured(tmp_path, text))

    assert (2, True) == (code, message.endswith("write name, version, [labels], adds, [vetoes]"))


def test_a_configuration_must_be_there(tmp_path: Path) -> None:
    """A TOML file that is not there is a wrong call."""
    with pytest.raises(UsageError, match="no such file"):
        load_component(str(tmp_path / "rien.toml"))


@pytest.mark.parametrize("text", ['name = "none"', 'name = "fr_nowhere_lg"\nadds = []'])
def test_a_configuration_may_leave_the_rules_alone(tmp_path: Path, text: str) -> None:
    """By name, or by a policy in which nothing else has a say: then nothing is looked for."""
    assert load_component(str(configured(tmp_path, text))) is None
