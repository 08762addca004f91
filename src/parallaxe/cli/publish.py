"""The command that publishes, and what it prints: a plan, or what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallaxe.cli.options import JsonOption, ProjectOption, print_json

if TYPE_CHECKING:
    from parallaxe.store.publishing.plan import Change, FileChange
    from parallaxe.store.publishing.publish import Published

_SIGNS = {"add": ("+", "green"), "replace": ("~", "yellow"), "delete": ("-", "red")}
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def publish(
    repo: Annotated[str, typer.Argument(help="OWNER/NAME of a dataset on the Hub; it is made where it is not there.")],
    dataset: Annotated[Path | None, typer.Option(help="A built dataset; by default that of the project.")] = None,
    private: Annotated[bool, typer.Option("--private", help="Make the repository private.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it. Without: tell what would be done, and send nothing.")
    ] = False,
    tag: Annotated[bool, typer.Option("--tag/--no-tag", help="Tag the version.")] = True,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Put a built dataset on the Hub: only files that changed, as one commit, with a tag for its version.

    A dataset that breaks the gate or holds restricted texts is refused, and so is a version that is published with
    other files. It may be run again at any time: what is there already is not sent again. The token is that of
    `hf auth login` or HF_TOKEN; HF_ENDPOINT names another Hub.

    Examples: `parallaxe publish le-port/presse` · `parallaxe publish le-port/presse --yes`
    """
    from parallaxe.store.project import find_project
    from parallaxe.store.publishing.plan import Wanted
    from parallaxe.store.publishing.publish import publish as publish_dataset

    folder = dataset if dataset is not None else find_project(project).corpus
    done = publish_dataset(folder, Wanted(repo, private, tag, do=yes), _tell)
    if json:
        print_json(as_json(done, do=yes))
    else:
        show(done, do=yes)


def _tell(step: str) -> None:
    typer.echo(f"{step} …", err=True)


def as_json(done: Published, *, do: bool) -> dict[str, object]:
    """Everything that is printed, for programs; `done` is false for a plan."""
    plan, publication = done.plan, done.publication
    return {
        "repo": plan.repo,
        "done": do,
        "exists": plan.exists,
        "private": plan.private,
        "head": plan.head,
        "version": publication.manifest.version,
        "digest": publication.manifest.digest,
        "message": publication.message,
        "description": publication.description,
        "files": [file._asdict() for file in plan.files],
        "others": plan.others,
        "left": publication.left,
        "published": plan.published,
        "tag": plan.tag,
        "commit": done.commit,
    }


def show(done: Published, *, do: bool) -> None:
    """Print a plan or what was done, in colours on a terminal."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for text, style in lines(done, do=do):
        console.print(Text(text, style=style))


def lines(done: Published, *, do: bool) -> list[tuple[str, str]]:
    """The lines of a plan or of what was done, each with its style."""
    plan, publication = done.plan, done.publication
    told = [(_heading(done, do=do), "bold")]
    if plan.changed:
        told += [] if do else list(_file_lines(plan.changed))
        told += [(f"  {_sums(plan.files, do=do)}", "default"), (f"  commit  {publication.message}", "cyan")]
        told += (
            []
            if do
            else [(f"          {line}".rstrip(), "bright_black") for line in publication.description.splitlines()]
        )
    if plan.tag:
        told.append((f"  tag     {plan.tag} (sha256:{publication.manifest.digest[:12]})", "cyan"))
    if plan.others and plan.changed:
        told.append((f"  stays   {_listed(plan.others)} (there, but no part of the dataset)", "bright_black"))
    if publication.left:
        told.append((f"  left    {_listed(publication.left)} (here, but no part of the dataset)", "bright_black"))
    told.append(_end(done, do=do))
    return told


def _heading(done: Published, *, do: bool) -> str:
    plan, seen = done.plan, "private" if done.plan.private else "public"
    if plan.exists:
        return f"hf://{plan.repo}: {seen}, at commit {plan.head[:8] if plan.head else '(none)'}"
    state = "not there, or private: no token was sent" if plan.is_anonymous else "not there yet"
    return f"hf://{plan.repo}: {'made' if do else f'{state}; it will be made'}, {seen}"


def _file_lines(files: Sequence[FileChange]) -> Iterator[tuple[str, str]]:
    """A line for each file, or for all of a folder that share a fate."""
    groups: dict[tuple[str, str], list[FileChange]] = {}
    for file in files:
        groups.setdefault((file.path.rpartition("/")[0] or file.path, file.change), []).append(file)
    names = [group[0].path if len(group) == 1 else f"{folder}/ ({len(group)})" for (folder, _), group in groups.items()]
    for name, ((_, change), group) in zip(names, groups.items(), strict=True):
        sign, style = _SIGNS[change]
        size = size_in_words(sum(file.size for file in group))
        yield f"  {sign} {name:{max(map(len, names))}}  {size:>9}", style


_WORDS: Mapping[Change, tuple[str, str]] = {
    "add": ("to add", "added"),
    "replace": ("to replace", "replaced"),
    "delete": ("to delete", "deleted"),
    "keep": ("unchanged", "unchanged"),
}


def _sums(files: Sequence[FileChange], *, do: bool) -> str:
    """How many files of each kind, and how much is new.

    >>> from parallaxe.store.publishing.plan import FileChange
    >>> _sums((FileChange("a", "add", 2_000), FileChange("b", "keep", 9), FileChange("c", "delete", 5)), do=False)
    '1 to add, 1 to delete, 1 unchanged: 2.0 kB to send'
    """
    counts = {change: sum(file.change == change for file in files) for change in _WORDS}
    told = ", ".join(f"{counts[change]} {_WORDS[change][do]}" for change in _WORDS if counts[change])
    sent = sum(file.size for file in files if file.change in ("add", "replace"))
    return f"{told}: {size_in_words(sent)} {'new' if do else 'to send'}"


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"


def _end(done: Published, *, do: bool) -> tuple[str, str]:
    plan = done.plan
    if plan.published:
        moved = " (the main branch has other files since)" if plan.has_moved else ""
        return f"{done.publication.tag} is published{moved}: nothing to do", "green"
    if plan.is_done:
        return "everything is there: nothing to do", "green"
    if not do:
        return "nothing was sent; `--yes` does it", "yellow"
    revision = f', revision="{done.tag}"' if done.tag else ""
    return f'published at commit {str(done.commit)[:8]}: load_dataset("{plan.repo}"{revision})', "green"


def size_in_words(size: int) -> str:
    """A number of bytes for people.

    >>> size_in_words(999), size_in_words(12_345_678)
    ('999 bytes', '12.3 MB')
    """
    power = 0
    while size >= 1000 ** (power + 1) and power < len(_UNITS) - 1:
        power += 1
    return f"{size / 1000**power:.1f} {_UNITS[power]}" if power else f"{size} {_UNITS[0]}"
