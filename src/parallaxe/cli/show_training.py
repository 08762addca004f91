"""What people see of a component that was trained: what was tried, and what it is worth beside the rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from parallaxe.store.machine.training import TrainedModel


def show_training(trained: TrainedModel, *, as_json: bool) -> None:
    """The settings that were compared, and F1 on the validation split alone and with the rules."""
    folder, manifest = trained
    out = Console(highlight=False, soft_wrap=True)
    if as_json:
        out.print_json(json.dumps({"folder": str(folder), **manifest}, ensure_ascii=False))
        return
    for row in manifest["tried"]:
        figures = f"F1 {row['f1']:.3f}, unknown names {row['f1_unknown']:.3f}, renamed {row['f1_renamed']:.3f}"
        out.print(f"tried {row['settings']}: epoch {row['epoch']}, {figures}", markup=False)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("F1 on validation", "overall", "unknown names", "renamed"):
        table.add_column(column, justify="left" if column.startswith("F1") else "right")
    for side, figures in manifest["validation"].items():
        table.add_row(side, *(f"{figures[name]['f1']:.3f}" for name in ("overall", "unknown", "renamed")))
    out.print(table)
    added = ", ".join(manifest["policy"]["adds"]) or "nothing"
    doubted = ", ".join(f"{label} below {score}" for label, score in manifest["policy"]["vetoes"].items()) or "none"
    size = f"{manifest['bytes']:,} bytes, {manifest['seconds']} s"
    out.print(f"{folder}: adds {added} to the rules, doubts {doubted} of theirs; {size}", markup=False)
