"""Commands of annotation by hand: how far layers agree, what is settled, what correction costs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import JsonOption, OutOption, ProjectOption, print_json
from parallaxe.core.errors import UsageError
from parallaxe.core.wording import counted


def agreement(
    a: Annotated[str, typer.Argument(help="Name of a layer.")],
    b: Annotated[str, typer.Argument(help="Name of another.")],
    project: ProjectOption = Path(),
    resamples: Annotated[int, typer.Option(help="Bootstrap samples of articles.", min=1)] = 1000,
    out: OutOption = None,
    json: JsonOption = False,
) -> None:
    """Tell how far two layers agree: every figure with its interval, lowest first.

    With `--out annotations/agreement.jsonl` figures are kept: `parallaxe render` makes report and card from them.

    Example: `parallaxe agreement pass-a pass-b --out annotations/agreement.jsonl`
    """
    from parallaxe.compare.agreement_report import agreement_json, agreement_markdown
    from parallaxe.store.agreement import write_agreement
    from parallaxe.store.commands import compare_layer_files

    found = compare_layer_files(project, a, b, resamples)
    if json:
        print_json(agreement_json(found))
    elif out is not None:
        write_agreement(out, found)
        typer.echo(f"wrote {out}")
    else:
        typer.echo(agreement_markdown(found))


def adjudicate(
    a: Annotated[str | None, typer.Argument(help="Name of a layer.")] = None,
    b: Annotated[str | None, typer.Argument(help="Name of another.")] = None,
    annotator: Annotated[
        str | None, typer.Option(help="With two layers: who settles: a pseudonym, or tool and version.")
    ] = None,
    annotator_type: Annotated[str, typer.Option(help="human, model or rule; a program is never human.")] = "human",
    layer: Annotated[str, typer.Option(help="Name of the layer that is written.")] = "gold",
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Settle what `pull` could not merge, instead of two layers.")
    ] = False,
    pass_name: Annotated[str | None, typer.Option("--pass", help="With --conflicts: those of one pass.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --conflicts: tell what would be settled, write nothing.")
    ] = False,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Settle two layers: agreements pass, disagreements wait in `annotations/decisions/` until a line says how.

    With `--conflicts`, settle what layers and Label Studio say differently: rows of `annotations/sync/PASS/` with a
    `keep` are applied to their layers, and those that wait are shown.

    Examples: `parallaxe adjudicate pass-a pass-b --annotator lecteur-1` · `parallaxe adjudicate --conflicts`
    """
    from parallaxe.compare.adjudication import Settler
    from parallaxe.store.adjudicate import adjudicate
    from parallaxe.store.project import find_project

    if conflicts:
        if any(given is not None for given in (a, b, annotator)):
            raise UsageError("--conflicts", "it is about no two layers", "leave A, B and --annotator out")
        _adjudicate_conflicts(project, pass_name, dry_run=dry_run, as_json=json)
        return
    if a is None or b is None or annotator is None or pass_name is not None or dry_run:
        raise UsageError("adjudicate", "not two layers and who settles", "give A B --annotator NAME, or --conflicts")
    outcomes = adjudicate(find_project(project), a, b, Settler(layer, annotator, annotator_type))
    if json:
        print_json([outcome._asdict() for outcome in outcomes])
        return
    for name, claims, left_out, waiting in outcomes:
        typer.echo(f"{name}: {counted(claims, 'claim')} in {layer}, {left_out} decided against, {waiting} waiting")


def _adjudicate_conflicts(project: Path, pass_name: str | None, *, dry_run: bool, as_json: bool) -> None:
    from parallaxe.cli.show_conflicts import show_conflicts
    from parallaxe.store.conflicts import settle_conflicts
    from parallaxe.store.project import find_project

    show_conflicts(settle_conflicts(find_project(project), pass_name, dry_run=dry_run), as_json=as_json)


def effort(
    pass_name: Annotated[
        str | None, typer.Option("--pass", help="One pass; by default all, and layers by hand.")
    ] = None,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Tell what correction costs: proposals accepted, changed and deleted, minutes, drift, and how far proposals lead.

    Example: `parallaxe effort --pass main`
    """
    from parallaxe.cli.show_effort import show_effort
    from parallaxe.store.effort import measure_effort
    from parallaxe.store.project import find_project

    show_effort(measure_effort(find_project(project), pass_name), as_json=json)
