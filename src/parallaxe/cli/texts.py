"""Commands from raw articles to a dataset, and from one article to its text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import ComponentOption, JsonOption, OutOption, ProjectOption, ScorerOption, print_json
from parallaxe.core.errors import UsageError


def build(
    raw: Annotated[Path | None, typer.Argument(help="A folder of raw articles; without it, the project.")] = None,
    out: OutOption = None,
    project: ProjectOption = Path(),
    profile: Annotated[str, typer.Option(help="public: restricted texts withheld; full: all texts.")] = "public",
    rights: Annotated[str, typer.Option(help="With a folder: what you may do with its texts.")] = "open",
    text_origin: Annotated[str, typer.Option(help="With a folder: press or synthetic.")] = "press",
    size_limit: Annotated[int, typer.Option(help="Largest article, in bytes.", min=1)] = 5_000_000,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", help="Processes, of about 100 MB each; 0: two at most.", min=0)
    ] = 0,
    annotate: Annotated[bool, typer.Option(help="With a folder: propose entities, quotations, stances.")] = True,
    component: ComponentOption = None,
    stance_scorer: ScorerOption = None,
    json: JsonOption = False,
) -> None:
    """Build the dataset of the project, or of any folder of raw articles.

    A folder is annotated on the way by the machine; a project has the layers that `parallaxe annotate` wrote.

    Examples: `parallaxe build` · `parallaxe build articles/ --out dataset`
    """
    from parallaxe.cli.show import Progress, show_build
    from parallaxe.store.commands import Folder, Options, build_folder, build_project
    from parallaxe.store.machine.equipment import Equipment

    options = Options(profile, size_limit, jobs, annotate, Equipment(component, stance_scorer))
    if raw is not None and out is None:
        raise UsageError("build", "a folder needs a place to write to", "add --out DIR")
    with Progress("articles") as progress:
        if raw is None or out is None:
            built = build_project(project, out, options, progress)
        else:
            built = build_folder(Folder(raw, rights, text_origin), out, options, progress)
    show_build(built, as_json=json)


def normalize(
    file: Annotated[Path, typer.Argument(help="A raw article; `-` reads plain text from standard input.")],
    json: JsonOption = False,
    plan: Annotated[bool, typer.Option(help="Show every edit that was made.")] = False,
) -> None:
    """Show what an article becomes: its blocks with their roles, its sentences, and what was done to it.

    Example: `parallaxe normalize page.html --plan`
    """
    from parallaxe.cli.show import document_as_json, show_document
    from parallaxe.store.commands import normalize_file

    document = normalize_file(file)
    if json:
        print_json(document_as_json(document))
    else:
        show_document(document, with_plan=plan)
