"""Commands of the machine: what it proposes, what it learns, how far it is right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import ComponentOption, JsonOption, OutOption, ProjectOption, ScorerOption, print_json


def annotate(
    file: Annotated[
        Path | None, typer.Argument(help="A raw article, `-` for standard input; without it, the project.")
    ] = None,
    project: ProjectOption = Path(),
    layer: Annotated[str, typer.Option(help="Without FILE: name of the layer that is written.")] = "machine",
    why: Annotated[bool, typer.Option("--why", help="With FILE: show the reason of each proposal.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="Without FILE: processes; 0: two at most.", min=0)] = 0,
    component: ComponentOption = None,
    stance_scorer: ScorerOption = None,
    json: JsonOption = False,
) -> None:
    """Propose entities, quotations and stances: of one article, to look at, or of the project, as a layer of files.

    Rules propose, and a trained component where its validation says that it helps; `--component none` leaves it out.

    Examples: `parallaxe annotate page.html --why` · `parallaxe annotate --layer essai --component fr_core_news_lg`
    """
    from parallaxe.cli import annotate_view as view
    from parallaxe.cli.show import Progress
    from parallaxe.store.machine.annotate import annotate_file, annotate_project
    from parallaxe.store.machine.equipment import Equipment
    from parallaxe.store.project import find_project

    equipment = Equipment(component, stance_scorer)
    if file is None:
        with Progress("articles") as progress:
            run = annotate_project(find_project(project), layer, equipment=equipment, jobs=jobs, progress=progress)
        print_json(view.run_as_json(run)) if json else view.show_run(run)
        return
    annotation = annotate_file(file, project, equipment)
    if json:
        print_json(view.annotation_as_json(annotation))
        return
    view.show_warnings(annotation.warnings)
    view.show_annotation(annotation, why=why)


def train(
    project: ProjectOption = Path(),
    out: OutOption = None,
    seed: Annotated[int, typer.Option(help="Of all that is drawn: the same one gives the same weights.", min=0)] = 0,
    quick: Annotated[bool, typer.Option("--quick", help="Try one setting instead of all.")] = False,
    policy: Annotated[
        bool, typer.Option("--policy", help="Keep the weights in --out, choose anew how they join the rules.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Train what finds names from their context, in minutes, and what scores stance, on the open gold of the project.

    Epoch, settings and what it adds to the rules are chosen on the split `validation`; restricted texts do not enter.

    Examples: `parallaxe train --out models/essai` · `parallaxe train --policy`, where rules have changed since
    """
    from parallaxe.annotate.trained.training import Schedule
    from parallaxe.cli.show import Progress
    from parallaxe.cli.show_training import show_training
    from parallaxe.store.machine.stance_training import train_stance_scorer, write_stance_scorer
    from parallaxe.store.machine.training import SETTINGS, Plan, choose_again, train_component
    from parallaxe.store.project import find_project

    found = find_project(project)
    if policy:
        show_training(choose_again(found, out), as_json=json)
        return
    plan = Plan(SETTINGS[:1] if quick else SETTINGS, Schedule(seed))
    with Progress("epochs") as progress:
        trained = train_component(found, out, plan, progress)
    if (scorer := train_stance_scorer(found)) is not None:
        write_stance_scorer(trained.folder, scorer)
    show_training(trained, as_json=json)


def evaluate(
    split: Annotated[
        list[str] | None, typer.Option(help="validation, test or press; again for more. Default: validation.")
    ] = None,
    project: ProjectOption = Path(),
    check: Annotated[
        bool,
        typer.Option("--check", help="Write no figures; exit 1 where one is below its floor. Default: all floors."),
    ] = False,
    resamples: Annotated[int, typer.Option(help="Bootstrap samples of articles.", min=1)] = 1000,
    out: OutOption = None,
    json: JsonOption = False,
) -> None:
    """Measure the machine against gold, and keep the figures in `annotations/`: lowest first, with their floors.

    Every machine whose figures on another split than validation were made is remembered in `evaluation/looks.jsonl`.

    Examples: `parallaxe evaluate` · `parallaxe evaluate --split test --split press` · `parallaxe evaluate --check`
    """
    from parallaxe.cli.show import Progress
    from parallaxe.cli.show_evaluation import show_check, show_evaluation
    from parallaxe.dataset.splits import VALIDATION
    from parallaxe.store.machine.evaluate import check_floors, evaluate
    from parallaxe.store.machine.evaluation_files import read_floors, write_evaluations
    from parallaxe.store.project import find_project

    found = find_project(project)
    with Progress("articles") as progress:
        if check:
            checked = check_floors(found, split or (), progress=progress)
        else:
            evaluated = evaluate(found, split or (VALIDATION,), resamples, progress=progress)
    if check:
        show_check(checked, as_json=json)
        return
    report = write_evaluations(found, evaluated.evaluations, out) if evaluated.evaluations else None
    show_evaluation(evaluated, read_floors(found), report, as_json=json)
