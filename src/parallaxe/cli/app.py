"""All commands, their help and their exit codes.

A command parses what it is given, calls one function of the store, and shows the result. The libraries behind it take
seconds to import, so each command imports what it needs when it is called: `parallaxe --help` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.studio import studio
from parallaxe.core.errors import GateError, ParallaxeError, UsageError

app = typer.Typer(
    name="parallaxe",
    help="An annotated corpus of French news, and the machine that grows it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
app.add_typer(studio)

ProjectOption = Annotated[Path, typer.Option("--project", "-p", help="A directory of the project, or below it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
ComponentOption = Annotated[
    str | None,
    typer.Option(help="What is trained: shipped, none, a folder that `train` wrote, a spaCy pipeline, a TOML file."),
]
ScorerOption = Annotated[
    str | None,
    typer.Option(help="A second opinion on stances: openai:URL#MODEL or transformers:FOLDER_OR_NAME."),
]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write; by default, its station.")]


def main() -> None:
    """Run the command line; exit 0 fine, 1 the data is wrong, 2 the call is wrong, 3 the surroundings failed."""
    try:
        # Outside its standalone mode Typer returns the code of `typer.Exit` instead of ending with it.
        code = app(standalone_mode=False)
    except ParallaxeError as error:
        typer.echo(f"parallaxe: {error}" if "\n" not in str(error) else str(error), err=True)
        for issue in error.issues if isinstance(error, GateError) else ():
            typer.echo(f"  {issue}", err=True)
        sys.exit(error.exit_code)
    except typer.Abort:
        typer.echo("parallaxe: interrupted; nothing was written", err=True)
        sys.exit(130)
    except Exception as error:
        # Typer carries its own copy of click, whose usage errors have an exit code and know how to show themselves.
        if not (hasattr(error, "exit_code") and hasattr(error, "show")):
            raise
        error.show()
        sys.exit(error.exit_code)
    if isinstance(code, int):
        sys.exit(code)


@app.callback(invoke_without_command=True)
def _global(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:
        from parallaxe import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="A new or empty directory.")],
    name: Annotated[str, typer.Option(help="Name of the corpus.")] = "",
) -> None:
    """Begin a corpus project: its stations, a copy of the schemas to change, an empty catalogue, a card.

    Example: `parallaxe init presse-climat --name "Presse et climat"`
    """
    from parallaxe.store.init import init_project

    project = init_project(directory, name or directory.resolve().name)
    typer.echo(f"{project.root}: a new corpus project; next, `parallaxe add FILE…` from inside it")


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Raw articles: text, HTML, Markdown.")],
    project: ProjectOption = Path(),
    rights: Annotated[
        str, typer.Option(help="open: the text may be passed on; restricted: it may not.")
    ] = "restricted",
    text_origin: Annotated[str, typer.Option(help="press, or synthetic (written for a corpus).")] = "press",
    license_: Annotated[str | None, typer.Option("--license", help="SPDX identifier of the text's licence.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    date: Annotated[str | None, typer.Option(help="When, as YYYY-MM-DD.")] = None,
    event: Annotated[str | None, typer.Option(help="Key of the event it tells.")] = None,
) -> None:
    """Take raw articles into the project: a copy in `seeds/` and a row in the catalogue.

    Example: `parallaxe add depeche.html --outlet "Le Méridien" --event sommet-2024`
    """
    from parallaxe.store.add import Declared, add
    from parallaxe.store.project import find_project

    declared = Declared(rights, text_origin, license_, outlet, date, event)
    for row in add(find_project(project), paths, declared):
        typer.echo(f"added {row.id} ({row.rights}) as seeds/{row.file}")


@app.command()
def hydrate(
    directory: Annotated[Path, typer.Argument(help="A folder with copies of the restricted articles.")],
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Bring your copies of the restricted articles in, each verified by its hash.

    Example: `parallaxe hydrate ../shared/seeds`
    """
    from parallaxe.store.hydrate import MISSING, WRONG, hydrate
    from parallaxe.store.project import find_project

    matches = hydrate(find_project(project), directory)
    if json:
        _print_json([match._asdict() for match in matches])
    else:
        for match in matches:
            typer.echo(f"{match.state:8} {match.name}: {match.why}")
    if any(match.state in (WRONG, MISSING) for match in matches):
        raise typer.Exit(1)


@app.command()
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
    from parallaxe.store.equipment import Equipment

    options = Options(profile, size_limit, jobs, annotate, Equipment(component, stance_scorer))
    if raw is not None and out is None:
        raise UsageError("build", "a folder needs a place to write to", "add --out DIR")
    with Progress("articles") as progress:
        if raw is None or out is None:
            built = build_project(project, out, options, progress)
        else:
            built = build_folder(Folder(raw, rights, text_origin), out, options, progress)
    show_build(built, as_json=json)


@app.command()
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
        _print_json(document_as_json(document))
    else:
        show_document(document, with_plan=plan)


@app.command()
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
    from parallaxe.store.annotate import annotate_file, annotate_project
    from parallaxe.store.equipment import Equipment
    from parallaxe.store.project import find_project

    equipment = Equipment(component, stance_scorer)
    if file is None:
        with Progress("articles") as progress:
            run = annotate_project(find_project(project), layer, equipment=equipment, jobs=jobs, progress=progress)
        _print_json(view.run_as_json(run)) if json else view.show_run(run)
        return
    annotation = annotate_file(file, project, equipment)
    if json:
        _print_json(view.annotation_as_json(annotation))
        return
    view.show_warnings(annotation.warnings)
    view.show_annotation(annotation, why=why)


@app.command()
def validate(
    path: Annotated[
        Path | None,
        typer.Argument(help="A project, a dataset (also one of others), a layer, a folder of layers. Default: here."),
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="text, json, github, sarif or junit.")] = "text",
    profile: Annotated[
        str | None, typer.Option(help="Judge a dataset as public or full. Default: as it was built.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every finding, not only a screen of them.")] = False,
    out: OutOption = None,
    rules: Annotated[bool, typer.Option("--rules", help="List all rules and their severities here.")] = False,
    explain: Annotated[str | None, typer.Option("--explain", metavar="RULE", help="Show the page of a rule.")] = None,
    json: JsonOption = False,
) -> None:
    """Ask every rule of the gate, and tell at once all that is wrong, worst first, with what to do.

    A project is asked as a whole: raw files, layers, schemas, rendered files, the dataset. Exit 1 where an error is
    found; severities are those of `schemas/validate.toml`.

    Examples: `parallaxe validate` · `parallaxe validate corpus --format sarif --out report.sarif`
    """
    from parallaxe.cli import show_validation as show
    from parallaxe.store.validation import explained, listed_rules, rendered_report, validate_path

    if explain is not None:
        show.show_page(explained(explain))
        return
    if rules:
        described, severities = listed_rules(path)
        if json or form == "json":
            _print_json([rule.as_row(severities) for rule in described])
        else:
            show.show_rules(described, severities)
        return
    subject, report = validate_path(path, profile)
    text = rendered_report("json" if json else form, subject, report)
    if text is None and out is None:
        show.show_validation(subject, report, every=every)
    else:
        told = "\n".join(line.text for line in show.report_lines(subject, report, show.PIPE_WIDTH, None))
        _write_or_print(told if text is None else text, out)
    if not report.ok:
        raise typer.Exit(1)


@app.command()
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
        _print_json(agreement_json(found))
    elif out is not None:
        write_agreement(out, found)
        typer.echo(f"wrote {out}")
    else:
        typer.echo(agreement_markdown(found))


@app.command()
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
        _print_json([outcome._asdict() for outcome in outcomes])
        return
    for name, claims, left_out, waiting in outcomes:
        typer.echo(f"{name}: {claims} claims in {layer}, {left_out} decided against, {waiting} waiting")


def _adjudicate_conflicts(project: Path, pass_name: str | None, *, dry_run: bool, as_json: bool) -> None:
    from parallaxe.cli.show_conflicts import show_conflicts
    from parallaxe.store.conflicts import settle_conflicts
    from parallaxe.store.project import find_project

    show_conflicts(settle_conflicts(find_project(project), pass_name, dry_run=dry_run), as_json=as_json)


@app.command()
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


@app.command()
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
    from parallaxe.store.evaluate import check_floors, evaluate
    from parallaxe.store.evaluation_files import read_floors, write_evaluations
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


@app.command()
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
    from parallaxe.store.project import find_project
    from parallaxe.store.stance_training import train_stance_scorer, write_stance_scorer
    from parallaxe.store.training import SETTINGS, Plan, choose_again, train_component

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


@app.command()
def diff(
    a: Annotated[str | None, typer.Argument(help="A commit, a tag, a directory of a project; by default HEAD.")] = None,
    b: Annotated[str | None, typer.Argument(help="The same; by default the work tree.")] = None,
    layer: Annotated[list[str] | None, typer.Option(help="One layer; again for more. Default: all.")] = None,
    project: ProjectOption = Path(),
    form: Annotated[str, typer.Option("--format", help="text, json, or markdown for a changelog.")] = "text",
    json: JsonOption = False,
) -> None:
    """Tell what changed from A to B: articles by text, claims by what was decided; text that only moved is no change.

    Examples: `parallaxe diff` · `parallaxe diff v0.1.0 --layer gold` · `parallaxe diff v0.1.0 v0.2.0 --format markdown`
    """
    from parallaxe.cli.show_diff import FORMATS, show_diff
    from parallaxe.store.diff import diff_versions

    if form not in FORMATS:
        raise UsageError("--format", f"no format `{form}`", f"use one of {', '.join(FORMATS)}")
    show_diff(diff_versions(project, a, b, layer), "json" if json else form)


@app.command()
def show_layer(
    file: Annotated[Path, typer.Argument(help="A layer file, or a copy of one anywhere.")],
    project: ProjectOption = Path(),
) -> None:
    """Print a layer file with the words of its claims, for `git diff`; a broken file is printed as it is.

    Examples: `parallaxe show-layer annotations/layers/gold/le-port.jsonl` ·
    `git config diff.parallaxe-layer.textconv "parallaxe show-layer"`
    """
    from parallaxe.cli.claim_words import layer_words
    from parallaxe.store.layer_text import find_layer

    found = find_layer(file, project)
    shown = found.raw if found.layer is None else f"{layer_words(found.layer, found.text)}\n".encode()
    typer.echo(shown, nl=False)


@app.command()
def render(
    project: ProjectOption = Path(),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a file would change.")] = False,
) -> None:
    """Write everything that is rendered from schemas and data: JSON Schemas, the reference, tables between marks.

    Example: `parallaxe render --check`
    """
    from parallaxe.store.project import find_project
    from parallaxe.store.render import render_project

    changed = render_project(find_project(project), write=not check)
    for path in changed:
        typer.echo(f"{'would change' if check else 'wrote'} {path}")
    if check and changed:
        typer.echo("rendered files do not match their source: run `make render`", err=True)
        raise typer.Exit(1)


def _write_or_print(text: str, out: Path | None) -> None:
    from parallaxe.store.atomic import write_text

    if out is None:
        typer.echo(text)
    else:
        write_text(out, f"{text}\n")


def _print_json(value: object) -> None:
    from json import dumps

    typer.echo(dumps(value, ensure_ascii=False, indent=2, default=str))
