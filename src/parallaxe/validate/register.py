"""All rules there are, whatever they are asked of: `--rules` lists them, severities and pages name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from parallaxe.validate.dataset_files import FILE_RULES
from parallaxe.validate.documentation import Described
from parallaxe.validate.foreign_rules import FOREIGN_RULES
from parallaxe.validate.layer_lines import LINE_RULES
from parallaxe.validate.layers import LAYER_RULES, described
from parallaxe.validate.rules import RULES
from parallaxe.validate.rules.schema import TABLE_PAGES
from parallaxe.validate.severity import Severity
from parallaxe.validate.stations import STATION_RULES
from parallaxe.validate.survey import SURVEY

ALL_RULES: tuple[Described, ...] = tuple(
    sorted(
        (
            *(rule.described for rule in STATION_RULES),
            *(rule.described for rule in FILE_RULES),
            *(rule.described for rule in LINE_RULES),
            *(rule.described for rule in RULES),
            *(rule.described for rule in FOREIGN_RULES),
            *(replace(rule.described, about="survey") for rule in SURVEY),
            *(described(rule) for rule in LAYER_RULES),
            *TABLE_PAGES,
        ),
        key=lambda rule: (rule.level, rule.id),
    )
)
"""By level, then by id."""

BY_ID: Mapping[str, Described] = {rule.id: rule for rule in ALL_RULES}

SEVERITIES_BY_DEFAULT: Mapping[str, Severity] = {rule.id: rule.severity for rule in ALL_RULES}
"""What each rule has where a project says nothing."""

ASKED_OF: Mapping[str, tuple[str, ...]] = {
    "project": ("project", "layer", "dataset", "tables", "survey"),
    "dataset": ("dataset", "tables", "survey"),
    "layer": ("layer",),
    "layers": ("layer",),
    "foreign": ("foreign",),
}
"""What rules are about (`Described.about`) by the kind of thing that is validated."""
