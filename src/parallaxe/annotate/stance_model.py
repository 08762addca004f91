"""The trained scorer of the writer's own stance: two small linear models over features that name no target.

Whether the writer takes a target up, and how the writer presents it; quotations are judged by rules alone, because a
model of them that was tried did worse on articles held out. Training (scikit-learn, imported there alone) takes
seconds; what comes out is a plain JSON value of names and weights, which is read and applied without any library.
Probabilities are calibrated by one temperature for each model, found on articles that were held out: with so few
articles a richer calibration would learn them by heart. Articles are held out by groups (outlets, where the caller
knows them), because two pieces of one outlet agree more than two pieces of the press.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING, Any, TypeAlias

from parallaxe.annotate.article import Article
from parallaxe.annotate.stance_rules.author import Author
from parallaxe.annotate.stance_rules.author_features import place_features, polarity_features
from parallaxe.annotate.stance_rules.project import DEFAULT
from parallaxe.annotate.stance_rules.reading import Reading
from parallaxe.annotate.stance_rules.targets import StanceLabels
from parallaxe.annotate.stance_weights import WEIGHTS
from parallaxe.core.claims import Entity, Quote, Stance
from parallaxe.core.errors import ProjectError
from parallaxe.core.knowledge import KnownEntity

if TYPE_CHECKING:
    from numpy.typing import NDArray

NONE = "none"
"""The class of a target that is not taken up."""

FORMAT = "parallaxe-stance/2"
"""The form of the JSON value; a model of another form is not read."""

_PLACES = 4
# Chosen by articles held out in groups of outlets; the report has the figures of others.
_REGULARISATION = {"taken_up": 0.3, "presented": 1.0}

Row: TypeAlias = tuple[str, dict[str, float], str]
"""Group, features and class of an example."""


@dataclass(frozen=True)
class Linear:
    """A multinomial logistic model: a class has an intercept and a weight for each feature."""

    intercepts: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    temperature: float = 1.0

    def probabilities(self, found: Mapping[str, float]) -> dict[str, float]:
        """Class → probability; features that were not trained on weigh nothing."""
        scores = {
            name: (start + sum(self.weights[name].get(feature, 0.0) * value for feature, value in found.items()))
            / self.temperature
            for name, start in self.intercepts.items()
        }
        highest = max(scores.values())
        raised = {name: exp(score - highest) for name, score in scores.items()}
        whole = sum(raised.values())
        return {name: value / whole for name, value in raised.items()}


@dataclass(frozen=True)
class StanceModel:
    """What was trained; see the module for what each part answers."""

    taken_up: Linear
    presented: Linear

    def to_json(self) -> dict[str, Any]:
        """A plain JSON value, weights rounded to four places and sorted by name."""
        parts = {name: _plain(getattr(self, name)) for name in _REGULARISATION}
        return {"format": FORMAT, **parts}

    @classmethod
    def from_json(cls, value: object, where: str = "the stance model") -> StanceModel:
        """The model of a JSON value.

        Raises:
            ProjectError: if the value is no model of this form; `where` names its file.
        """
        remedy = "train it anew with `parallaxe train`"
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            raise ProjectError(where, f"it is no stance model of the form {FORMAT}", remedy)
        try:
            return cls(**{name: _linear(value[name]) for name in _REGULARISATION})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ProjectError(where, f"the stance model lacks a part or has a wrong one ({error})", remedy) from error


@cache
def shipped_model() -> StanceModel:
    """The model that comes with the package; `tools/train_stance.py` makes its weights."""
    return StanceModel.from_json(WEIGHTS)


def _plain(linear: Linear) -> dict[str, Any]:
    weights = {
        name: {feature: round(weight, _PLACES) for feature, weight in sorted(weights.items()) if round(weight, _PLACES)}
        for name, weights in linear.weights.items()
    }
    intercepts = {name: round(value, _PLACES) for name, value in linear.intercepts.items()}
    return {"temperature": round(linear.temperature, _PLACES), "intercepts": intercepts, "weights": weights}


def _linear(value: Mapping[str, Any]) -> Linear:
    intercepts = {str(name): float(start) for name, start in value["intercepts"].items()}
    weights = {
        str(name): {str(feature): float(weight) for feature, weight in weights.items()}
        for name, weights in value["weights"].items()
    }
    temperature = float(value["temperature"])
    if not intercepts or set(weights) != set(intercepts) or temperature <= 0:
        raise ValueError("classes without weights, or a temperature that is not positive")
    return Linear(intercepts, weights, temperature)


@dataclass(frozen=True)
class Example:
    """An annotated article; `group` is held out as one when the temperature is sought (the outlet, or the article)."""

    group: str
    article: Article
    mentions: Sequence[Entity]
    quotes: Sequence[Quote]
    stances: Sequence[Stance]


def train(examples: Sequence[Example], known: Mapping[str, KnownEntity], labels: StanceLabels = DEFAULT) -> StanceModel:
    """Train on annotated articles; the same examples in the same order give the same model.

    Raises:
        ProjectError: if the examples hold fewer than two groups, or too few classes to tell apart.
    """
    if len({example.group for example in examples}) < 2:
        raise ProjectError("training of stance", "fewer than two groups of articles", "annotate more of them")
    rows: dict[str, list[Row]] = {name: [] for name in _REGULARISATION}
    for example in examples:
        reading = Reading.of(example.article, example.mentions, known, labels)
        for part, row in _own_rows(example, reading, labels):
            rows[part].append(row)
    return StanceModel(**{name: fit(rows[name], strength) for name, strength in _REGULARISATION.items()})


def _own_rows(example: Example, reading: Reading, labels: StanceLabels) -> Iterator[tuple[str, Row]]:
    author = Author(reading, labels, example.quotes)
    polarities = {stance.target: stance.polarity for stance in example.stances if stance.level == labels.own}
    for target in labels.targets:
        polarity = polarities.get(target.name)
        yield "taken_up", (example.group, place_features(author, target), NONE if polarity is None else "taken")
        if polarity not in (None, labels.mixed):
            yield "presented", (example.group, polarity_features(author, target), str(polarity))


def fit(rows: Sequence[Row], regularisation: float) -> Linear:
    """A calibrated model of the rows; `regularisation` is the inverse strength, as scikit-learn's `C`.

    Raises:
        ProjectError: if all rows are of one class.
    """
    if len({name for _, _, name in rows}) < 2:
        raise ProjectError("training of stance", "all examples are of one class", "annotate more articles")
    held_out = [
        (model.probabilities(found), name)
        for group in sorted({group for group, _, _ in rows})
        if (model := _without(group, rows, regularisation))
        for _, found, name in (row for row in rows if row[0] == group)
    ]
    plain = _fit(rows, regularisation)
    return Linear(plain.intercepts, plain.weights, _temperature(held_out))


def _without(group: str, rows: Sequence[Row], regularisation: float) -> Linear | None:
    kept = [row for row in rows if row[0] != group]
    return _fit(kept, regularisation) if len({name for _, _, name in kept}) > 1 else None


def _fit(rows: Sequence[Row], regularisation: float) -> Linear:
    """Fit on features of equal variance, and write the weights for features as they are."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    names = sorted({feature for _, found, _ in rows for feature in found})
    column = {feature: index for index, feature in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for row, (_, found, _) in enumerate(rows):
        for feature, value in found.items():
            table[row, column[feature]] = value
    # Flags are left as they are: a rare one would be blown up.
    is_flag = np.all((table == 0) | (table == 1), axis=0)
    means = np.where(is_flag, 0.0, table.mean(axis=0))
    scales = np.where(is_flag | (table.std(axis=0) == 0), 1.0, table.std(axis=0))
    model = LogisticRegression(C=regularisation, max_iter=5000)
    model.fit((table - means) / scales, [name for _, _, name in rows])
    return _written(names, [str(name) for name in model.classes_], model.coef_ / scales, model.intercept_, means)


def _written(
    names: Sequence[str],
    classes: Sequence[str],
    weights: NDArray[Any],
    intercepts: NDArray[Any],
    means: NDArray[Any],
) -> Linear:
    starts = intercepts - weights @ means
    if len(classes) == 2:
        # Of two classes scikit-learn keeps the second alone.
        return Linear(
            {classes[0]: 0.0, classes[1]: float(starts[0])},
            {classes[0]: {}, classes[1]: dict(zip(names, map(float, weights[0]), strict=True))},
        )
    return Linear(
        {name: float(start) for name, start in zip(classes, starts, strict=True)},
        {name: dict(zip(names, map(float, row), strict=True)) for name, row in zip(classes, weights, strict=True)},
    )


def _temperature(held_out: Sequence[tuple[Mapping[str, float], str]]) -> float:
    """The temperature under which what was held out is least surprising, of a grid from a half to four."""
    grid = [0.5 * 1.1**step for step in range(23)]
    return min(grid, key=lambda temperature: _surprise(held_out, temperature)) if held_out else 1.0


def _surprise(held_out: Sequence[tuple[Mapping[str, float], str]], temperature: float) -> float:
    total = 0.0
    for found, name in held_out:
        raised = {label: max(value, 1e-12) ** (1 / temperature) for label, value in found.items()}
        total -= log(raised.get(name, 1e-12) / sum(raised.values()))
    return total
