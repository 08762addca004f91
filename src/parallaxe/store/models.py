"""Trained components: the one that comes with the package, one that a project has trained, or any spaCy pipeline.

A component of ours is two files: the pipeline as spaCy gives it, compressed, without a vocabulary, and a manifest that
says what it is, what it was trained on and how good it was. The manifest holds the digest of the other file, so that a
half-copied model is found out at once and not by odd proposals.
"""

from __future__ import annotations

import json
import lzma
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parallaxe.annotate.trained.proposals import Component, Policy
from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store.atomic import surroundings, write_bytes, write_text

if TYPE_CHECKING:
    from spacy.language import Language

SHIPPED = "shipped"
"""The name of the component that comes with the package."""

MODEL_FILE, MANIFEST_FILE = "entities.spacy.xz", "entities.json"
LARGEST = 5_000_000
"""Bytes that a component of ours may have on disk."""

_FOLDER = Path(__file__).resolve().parents[1] / "models"
_LEFT_OUT = ("vocab", "tokenizer")
_TRAIN_AGAIN = "install the package again, or make another one with `parallaxe train`"
_EMBEDDINGS = frozenset({"tok2vec", "transformer", "curated_transformer"})

USUAL_LABELS: Mapping[str, str] = {
    "PER": "PER",
    "PERSON": "PER",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "ORG": "ORG",
    "NORP": "NORP",
    "EVENT": "EVENT",
    "PRODUCT": "PRODUCT",
    "LAW": "LAW",
    "DATE": "DATE",
}
"""Labels of the pipelines that spaCy publishes to those of the guidelines; `MISC` is none of them."""


@dataclass(frozen=True)
class Wanted:
    """Which installed pipeline stands in, as a TOML file says it.

    Args:
        name: of the package, or the folder of a pipeline.
        version: what its version must fit, such as `>=3.8,<3.9`; empty: any.
        labels: its labels to ours; those not named are dropped.
        policy: how its mentions join those of the rules.
    """

    name: str
    version: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: USUAL_LABELS)
    policy: Policy = field(default_factory=lambda: Policy(adds=frozenset({"PER", "LOC", "ORG"})))


def load_component(name: str | Path = SHIPPED) -> Component:
    """The component of a name: `shipped`, a folder that `parallaxe train` wrote, a TOML file, or a spaCy pipeline.

    A TOML file has `name`, and may have `version`, a table `labels` (theirs = ours), `adds` (labels) and a table
    `vetoes` (label = score). A pipeline is the name of an installed package (`fr_core_news_lg`) or its folder.

    Raises:
        SurroundingsError: if it is missing, damaged, or of another version; the message names the one that is wanted.
        UsageError: if the TOML file is broken.
    """
    path = _FOLDER if str(name) == SHIPPED else Path(name)
    if str(name) == SHIPPED or (path / MANIFEST_FILE).is_file():
        return _load_own(path)
    if path.suffix == ".toml":
        return _load_installed(_read_wanted(path))
    return _load_installed(Wanted(str(name)))


def read_component_manifest(folder: Path) -> dict[str, Any]:
    """What a component of ours says of itself.

    Raises:
        SurroundingsError: if it is missing or broken.
    """
    path = folder / MANIFEST_FILE
    if not path.is_file():
        raise SurroundingsError(str(path), "the trained component is missing", _TRAIN_AGAIN)
    try:
        manifest = json.loads(path.read_text("utf-8"))
        if not {"tool", "sha256", "spacy", "labels", "precision", "policy"} <= set(manifest):
            raise ValueError("a key is missing")
    except (ValueError, TypeError) as error:
        raise SurroundingsError(str(path), f"damaged ({error})", _TRAIN_AGAIN) from error
    return dict(manifest)


def _load_own(folder: Path) -> Component:
    manifest = read_component_manifest(folder)
    path = folder / MODEL_FILE
    if not path.is_file():
        raise SurroundingsError(str(path), "the trained component is missing", _TRAIN_AGAIN)
    with surroundings(path):
        packed = path.read_bytes()
    if sha256(packed).hexdigest() != manifest["sha256"]:
        raise SurroundingsError(str(path), "damaged: not the file that its manifest names", _TRAIN_AGAIN)
    _check_spacy(str(path), manifest["spacy"])
    return Component(
        _unpacked(packed, str(path)),
        manifest["tool"],
        {label: label for label in manifest["labels"]},
        manifest["precision"],
        _policy(manifest["policy"]),
        own_tokens=True,
    )


def _policy(entry: Mapping[str, Any]) -> Policy:
    return Policy(frozenset(entry.get("adds", ())), dict(entry.get("vetoes", {})))


def _check_spacy(where: str, wanted: str) -> None:
    import spacy
    from spacy.util import is_compatible_version

    if not is_compatible_version(spacy.__version__, wanted):
        what = f"made for spaCy {wanted}, and {spacy.__version__} is installed"
        raise SurroundingsError(where, what, "install that spaCy, or train it again with `parallaxe train`")


def _unpacked(packed: bytes, where: str) -> Language:
    import srsly
    from spacy.util import load_model_from_config
    from thinc.api import Config

    try:
        content = lzma.decompress(packed)
        config = Config().from_bytes(srsly.msgpack_loads(content)["config.cfg"])
        pipeline: Language = load_model_from_config(config, auto_fill=True)
        return pipeline.from_bytes(content, exclude=_LEFT_OUT)
    except (lzma.LZMAError, ValueError, KeyError, TypeError) as error:
        what = f"this spaCy cannot read it ({' '.join(str(error).split())[:120]})"
        raise SurroundingsError(where, what, _TRAIN_AGAIN) from error


def packed_pipeline(pipeline: Language) -> bytes:
    """A pipeline as the content of one small file: the same bytes for the same weights.

    Raises:
        UsageError: if that is larger than a component may be.
    """
    packed = lzma.compress(pipeline.to_bytes(exclude=_LEFT_OUT), preset=9)
    if len(packed) > LARGEST:
        what = f"the component has {len(packed):,} bytes, of {LARGEST:,} that it may have"
        raise UsageError("train", what, "choose smaller tables or a smaller width")
    return packed


def write_component(folder: Path, packed: bytes, manifest: Mapping[str, Any]) -> None:
    """Write both files, the manifest last, so that what it names is there."""
    write_bytes(folder / MODEL_FILE, packed)
    rows = {"file": MODEL_FILE, "sha256": sha256(packed).hexdigest(), "bytes": len(packed), **manifest}
    write_text(folder / MANIFEST_FILE, json.dumps(rows, ensure_ascii=False, indent=2) + "\n")


def _read_wanted(path: Path) -> Wanted:
    if not path.is_file():
        raise UsageError(str(path), "no such file", "name a component, a pipeline, or a TOML file that names one")
    try:
        entry = tomllib.loads(path.read_text("utf-8"))
        unknown = set(entry) - {"name", "version", "labels", "adds", "vetoes"}
        if unknown or not isinstance(entry.get("name"), str):
            raise ValueError(f"unknown key `{sorted(unknown)[0]}`" if unknown else "no `name`")
        usual = Wanted(entry["name"], str(entry.get("version", "")))
        labels = dict(entry.get("labels", usual.labels))
        policy = _policy(entry) if {"adds", "vetoes"} & set(entry) else usual.policy
    except (ValueError, TypeError, AttributeError) as error:
        what = f"it names no pipeline ({error})"
        raise UsageError(str(path), what, "write name, version, [labels], adds, [vetoes]") from error
    return Wanted(usual.name, usual.version, labels, policy)


def _load_installed(wanted: Wanted) -> Component:
    meta = _meta(wanted)
    version = str(meta.get("version", ""))
    _check_version(wanted, version)
    pipeline = _load_spacy(wanted)
    unneeded = [name for name in pipeline.pipe_names if not _gives_mentions(pipeline, name)]
    if len(unneeded) == len(pipeline.pipe_names):
        raise SurroundingsError(wanted.name, "the spaCy pipeline finds no names", "name one with a component `ner`")
    pipeline.select_pipes(disable=unneeded)
    tool = f"{meta.get('lang', 'xx')}_{meta.get('name', 'pipeline')}/{version or '?'}"
    return Component(pipeline, tool, wanted.labels, policy=wanted.policy)


def _gives_mentions(pipeline: Language, name: str) -> bool:
    meta = pipeline.get_pipe_meta(name)
    return meta.factory in _EMBEDDINGS or "doc.ents" in meta.assigns


def _meta(wanted: Wanted) -> dict[str, Any]:
    """What an installed pipeline says of itself, read before it is loaded: spaCy would only warn."""
    from spacy.util import get_package_path, is_package

    folder = Path(wanted.name)
    if not folder.is_dir():
        if not is_package(wanted.name):
            raise SurroundingsError(wanted.name, "the spaCy pipeline is not installed", _how_to_install(wanted))
        folder = get_package_path(wanted.name)
    try:
        return dict(json.loads((folder / "meta.json").read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise SurroundingsError(str(folder), "no spaCy pipeline there", _how_to_install(wanted)) from error


def _how_to_install(wanted: Wanted) -> str:
    return f"`python -m spacy download {wanted.name}`{f', version {wanted.version}' if wanted.version else ''}"


def _check_version(wanted: Wanted, version: str) -> None:
    from spacy.util import is_compatible_version

    if wanted.version and not is_compatible_version(version, wanted.version):
        what = f"the spaCy pipeline has version {version or 'unknown'}, and {wanted.version} is wanted"
        raise SurroundingsError(wanted.name, what, _how_to_install(wanted))


def _load_spacy(wanted: Wanted) -> Language:
    """The pipeline; what spaCy warns of (made for another version) is an error here.

    Raises:
        SurroundingsError: if it was made for another spaCy, or needs a package that is not installed.
    """
    import warnings

    import spacy

    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message=r".*\[W09[45]\]")
            pipeline: Language = spacy.load(wanted.name)
            return pipeline
    except (UserWarning, ImportError, OSError, ValueError) as error:
        first = " ".join(str(error).split())[:160]
        remedy = "install what it needs, or the version for this spaCy"
        raise SurroundingsError(wanted.name, f"spaCy {spacy.__version__} cannot load it ({first})", remedy) from error


def labels_of(pipeline: Language, allowed: Collection[str]) -> list[str]:
    """The labels that a pipeline may give, in the order of those allowed."""
    given = set(pipeline.pipe_labels["ner"])
    return [label for label in allowed if label in given]
