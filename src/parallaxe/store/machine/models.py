"""Trained components: the one that comes with the package, one that a project has trained, or any spaCy pipeline.

A component of ours is two files: the weights as spaCy gives them, compressed, and a manifest that says what the
component is, what it was trained on and how good it was. The manifest holds the digest of the weights, so that a
half-copied model is found out at once and not by odd proposals, and the settings that its network is made from. What
`spacy.load` would only warn of (a pipeline of another version) is an error here: it proposes something else.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parallaxe.annotate.trained.network import PIPE, Settings, weights, with_weights
from parallaxe.annotate.trained.proposals import RULES_ALONE, USUAL_LABELS, USUAL_POLICY, Component, Policy
from parallaxe.core.errors import ProjectError, SurroundingsError, UsageError
from parallaxe.store.atomic import surroundings, write_bytes, write_text
from parallaxe.store.project import Project
from parallaxe.store.text_files import read_toml

if TYPE_CHECKING:
    from spacy.language import Language

SHIPPED, NONE = "shipped", "none"
"""The component that comes with the package, and the rules alone."""

WEIGHTS_FILE, MANIFEST_FILE, WANTED_FILE = "entities.weights.xz", "entities.json", "component.toml"
LARGEST = 5_000_000
"""Bytes that the weights of a component of ours may have on disk."""

_FOLDER = Path(__file__).resolve().parents[2] / "models"
_KEYS = {"tool": str, "sha256": str, "spacy": str, "labels": list, "precision": dict, "policy": dict, "settings": dict}
_TRAIN_AGAIN = f"install the package again, make one with `parallaxe train`, or do without it (`{NONE}`)"
_FORM = "write name, version, [labels], adds, [vetoes]"
_EMBEDDINGS = frozenset({"tok2vec", "transformer", "curated_transformer"})


@dataclass(frozen=True)
class Wanted:
    """Which installed pipeline stands in, as a TOML file says it.

    Args:
        name: of the package, or the folder of a pipeline.
        version: what its version must fit, such as `>=3.8,<3.9`; empty: any that this spaCy can load.
        labels: its labels to those that the rules know; those not named are dropped.
        policy: how its mentions join those of the rules.
    """

    name: str
    version: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: USUAL_LABELS)
    policy: Policy = USUAL_POLICY


def station(project: Project) -> Path:
    """Where a project keeps the component that it trained, or names the one that stands in."""
    return project.root / "models"


def component_name(project: Project | None) -> str:
    """The component of a project: the one its `models/component.toml` names, the one it trained, or the shipped one."""
    if project is not None:
        folder = station(project)
        if (folder / WANTED_FILE).is_file():
            return str(folder / WANTED_FILE)
        if (folder / MANIFEST_FILE).is_file():
            return str(folder)
    return SHIPPED


def component_stamp(name: str) -> str:
    """What changes where a component does: the digest of the file that describes it, or its name alone."""
    path = _own_folder(name) / MANIFEST_FILE
    described = path if path.is_file() else Path(name)
    return sha256(described.read_bytes()).hexdigest() if described.is_file() else name


def load_component(name: str = SHIPPED) -> Component | None:
    """The component of a name, or null where the rules are to decide alone; a component that has no say is not loaded.

    The name is `shipped`, `none`, a folder that `parallaxe train` wrote, a spaCy pipeline (an installed package such
    as `fr_core_news_lg`, or a folder), or a TOML file that names one of these: it has `name`, and of a pipeline may
    have `version`, a table `labels` (theirs = ours), `adds` (labels) and a table `vetoes` (label = score).

    Raises:
        SurroundingsError: if it is missing, damaged, or of another version; the message names what is wanted.
        UsageError: if the TOML file is missing or broken.
    """
    path = Path(name)
    wanted = _read_wanted(path) if path.suffix == ".toml" else Wanted(name)
    if wanted.name == NONE or wanted.policy == RULES_ALONE:
        return None
    folder = _own_folder(wanted.name)
    if wanted.name == SHIPPED or (folder / MANIFEST_FILE).is_file():
        return _load_own(folder)
    return _load_installed(wanted)


def _own_folder(name: str) -> Path:
    return _FOLDER if name == SHIPPED else Path(name)


def read_component_manifest(folder: Path) -> dict[str, Any]:
    """What a component of ours says of itself.

    Raises:
        SurroundingsError: if it is missing or broken.
    """
    path = folder / MANIFEST_FILE
    if not path.is_file():
        raise SurroundingsError(str(path), "the trained component is missing", _TRAIN_AGAIN)
    try:
        with surroundings(path):
            manifest = json.loads(path.read_text("utf-8"))
        wrong = [key for key, kind in _KEYS.items() if not isinstance(manifest[key], kind)]
    except (ValueError, TypeError, KeyError) as error:
        raise SurroundingsError(str(path), f"damaged ({type(error).__name__}: {error})", _TRAIN_AGAIN) from error
    if wrong:
        raise SurroundingsError(str(path), f"damaged (`{wrong[0]}` is of another kind)", _TRAIN_AGAIN)
    return dict(manifest)


def _load_own(folder: Path) -> Component | None:
    has_no_say = _policy(read_component_manifest(folder)["policy"]) == RULES_ALONE
    return None if has_no_say else open_component(folder)


def open_component(folder: Path) -> Component:
    """The component of ours that stands in a folder, whether or not it has a say.

    spaCy reads it when it is first asked; then a `SurroundingsError` tells that it is made for another spaCy.

    Raises:
        SurroundingsError: if it is missing or damaged.
    """
    manifest = read_component_manifest(folder)
    path = folder / WEIGHTS_FILE
    if not path.is_file():
        raise SurroundingsError(str(path), "the trained component is missing", _TRAIN_AGAIN)
    with surroundings(path):
        packed = path.read_bytes()
    if sha256(packed).hexdigest() != manifest["sha256"]:
        raise SurroundingsError(str(path), "damaged: not the file that its manifest names", _TRAIN_AGAIN)
    labels, policy = {label: label for label in manifest["labels"]}, _policy(manifest["policy"])
    opened = partial(_unpacked, packed, manifest, str(path))
    return Component(opened, manifest["tool"], labels, manifest["precision"], policy, own_tokens=True)


def _policy(entry: Mapping[str, Any]) -> Policy:
    vetoes = {str(label): float(score) for label, score in dict(entry.get("vetoes", {})).items()}
    adds = entry.get("adds", ())
    if not isinstance(adds, list | tuple):
        raise TypeError("`adds` is no list")
    return Policy(frozenset(map(str, adds)), vetoes)


def _check_spacy(where: str, wanted: str) -> None:
    from spacy.about import __version__ as version
    from spacy.util import is_compatible_version

    if not is_compatible_version(version, wanted):
        what = f"made for spaCy {wanted}, and {version} is installed"
        remedy = f"install that spaCy, train it again with `parallaxe train`, or do without it (`{NONE}`)"
        raise SurroundingsError(where, what, remedy)


def _unpacked(packed: bytes, manifest: Mapping[str, Any], where: str) -> Language:
    _check_spacy(where, manifest["spacy"])
    settings = manifest["settings"]
    try:
        known = {name: settings[name] for name in Settings.__dataclass_fields__}
        return with_weights(Settings(**{**known, "rows": tuple(known["rows"])}), lzma.decompress(packed))
    except (lzma.LZMAError, ValueError, KeyError, TypeError) as error:
        what = f"this spaCy cannot read it ({_in_a_line(error)})"
        raise SurroundingsError(where, what, _TRAIN_AGAIN) from error


def _in_a_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:160]


def packed_pipeline(pipeline: Language) -> bytes:
    """The weights of a pipeline as the content of one small file: the same bytes for the same weights.

    Raises:
        UsageError: if that is larger than a component may be.
    """
    packed = lzma.compress(weights(pipeline), preset=9)
    if len(packed) > LARGEST:
        what = f"the component has {len(packed):,} bytes, of {LARGEST:,} that it may have"
        raise UsageError("train", what, "choose smaller tables or a smaller width")
    return packed


def write_component(folder: Path, packed: bytes, described: Mapping[str, Any]) -> dict[str, Any]:
    """Write both files, the manifest last, so that what it names is there; the manifest.

    Raises:
        SurroundingsError: if the place cannot be written.
    """
    manifest = {"file": WEIGHTS_FILE, "sha256": sha256(packed).hexdigest(), "bytes": len(packed), **described}
    write_bytes(folder / WEIGHTS_FILE, packed)
    return write_component_manifest(folder, manifest)


def write_component_manifest(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Write what a component says of itself; the same as it will be read.

    Raises:
        SurroundingsError: if the place cannot be written.
    """
    content = json.dumps(manifest, ensure_ascii=False, indent=2)
    write_text(folder / MANIFEST_FILE, f"{content}\n")
    return dict(json.loads(content))


def _read_wanted(path: Path) -> Wanted:
    if not path.is_file():
        raise UsageError(str(path), "no such file", "name a component, a pipeline, or a TOML file that names one")
    try:
        return _wanted(read_toml(path))
    except (ProjectError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(str(path), f"it names no component ({_in_a_line(error)})", _FORM) from error


def _wanted(entry: Mapping[str, Any]) -> Wanted:
    unknown = set(entry) - {"name", "version", "labels", "adds", "vetoes"}
    if unknown or not isinstance(entry.get("name"), str):
        raise ValueError(f"unknown key `{min(unknown)}`" if unknown else "no `name`")
    policy = _policy(entry) if {"adds", "vetoes"} & set(entry) else USUAL_POLICY
    return Wanted(entry["name"], str(entry.get("version", "")), dict(entry.get("labels", USUAL_LABELS)), policy)


def _load_installed(wanted: Wanted) -> Component:
    place = _place(wanted)
    meta = _meta(place, wanted)
    version = str(meta.get("version", ""))
    _check_version(wanted, version)
    pipeline = _load_spacy(place, wanted)
    unneeded = [name for name in pipeline.pipe_names if not _gives_mentions(pipeline, name)]
    if not any("doc.ents" in pipeline.get_pipe_meta(name).assigns for name in pipeline.pipe_names):
        raise SurroundingsError(wanted.name, "the spaCy pipeline finds no names", f"name one with a pipe `{PIPE}`")
    pipeline.select_pipes(disable=unneeded)
    tool = f"{meta.get('lang', 'xx')}_{meta.get('name', 'pipeline')}/{version or '?'}"
    return Component(lambda: pipeline, tool, wanted.labels, policy=wanted.policy)


def _gives_mentions(pipeline: Language, name: str) -> bool:
    meta = pipeline.get_pipe_meta(name)
    return meta.factory in _EMBEDDINGS or "doc.ents" in meta.assigns


def _place(wanted: Wanted) -> Path:
    """The folder of a pipeline: the one named, or that of an installed package."""
    from spacy.util import get_package_path, is_package

    folder = Path(wanted.name)
    if folder.is_dir():
        return folder
    if not is_package(wanted.name):
        raise SurroundingsError(wanted.name, "the spaCy pipeline is not installed", _how_to_install(wanted))
    package: Path = get_package_path(wanted.name)
    return package


def _meta(place: Path, wanted: Wanted) -> dict[str, Any]:
    """What a pipeline says of itself, read before it is loaded; a package holds it beside the folder of its data."""
    try:
        return dict(json.loads((place / "meta.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise SurroundingsError(str(place), "no spaCy pipeline there", _how_to_install(wanted)) from error


def _how_to_install(wanted: Wanted) -> str:
    fitting = f", version {wanted.version}" if wanted.version else ""
    return f"`python -m spacy download {wanted.name}`{fitting}, or do without it (`{NONE}`)"


def _check_version(wanted: Wanted, version: str) -> None:
    from spacy.util import is_compatible_version

    if wanted.version and not is_compatible_version(version, wanted.version):
        what = f"the spaCy pipeline has version {version or 'unknown'}, and {wanted.version} is wanted"
        raise SurroundingsError(wanted.name, what, _how_to_install(wanted))


def _load_spacy(place: Path, wanted: Wanted) -> Language:
    """The pipeline; what spaCy warns of (W094, W095: made for another version) is an error here.

    Raises:
        SurroundingsError: if it was made for another spaCy, or needs a package that is not installed.
    """
    import warnings

    import spacy
    from spacy.about import __version__ as version

    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message=r".*\[W09[45]\]")
            pipeline: Language = spacy.load(place if Path(wanted.name).is_dir() else wanted.name)
            return pipeline
    except (UserWarning, ImportError, OSError, ValueError) as error:
        what = f"spaCy {version} cannot load it ({_in_a_line(error)})"
        raise SurroundingsError(wanted.name, what, "install what it needs, or the version for this spaCy") from error


def labels_of(pipeline: Language, allowed: Collection[str]) -> list[str]:
    """The labels that a pipeline may give, in the order of those allowed."""
    given = set(pipeline.pipe_labels[PIPE])
    return [label for label in allowed if label in given]
