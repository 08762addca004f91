"""What a new project begins with: a card with every section that a dataset needs, and guidelines.

The sections are those of the Hub's template for cards (`datasetcard_template.md` of huggingface_hub), with the few more
that *Datasheets for Datasets* (Gebru et al., 2021) and the RAI vocabulary of Croissant ask for. Brackets that end in
`…]` wait for somebody to write; the gate reminds of them.
"""

from __future__ import annotations

import json


def default_card(name: str) -> str:
    r"""The card that a project of this name begins with; the name is text in YAML too, though it be a year.

    >>> default_card("2024: le port").split("\n")[1:3]
    ['pretty_name: "2024: le port"', 'version: 0.1.0']
    """
    return _CARD.format(name=name, quoted=json.dumps(name, ensure_ascii=False))


_CARD = """---
pretty_name: {quoted}
version: 0.1.0
language:
- fr
# license: cc-by-4.0
# annotations_creators: [expert-generated]
# task_categories: [token-classification, text-classification]
---
# {name}

[What this is, in two sentences: what kind of texts, of what time, about what, annotated with what…]

## Dataset Details

### Dataset Description

Built by `parallaxe build` from raw articles. Whether its texts may be passed on is for whoever owns them to say: the
column `rights` repeats what the builder declared.

- **Curated by:** [names…]
- **Funded by:** [names, or nobody…]
- **Licence:** [of the texts; of the annotations…]

<!-- begin: texts -->
<!-- end: texts -->

### Dataset Sources

[Where the repository is, and a paper if there is one…]

## Uses

### Direct Use

[What it was made for, and what else it serves…]

### Out-of-Scope Use

[What it must not be used for, and what it cannot show…]

## Dataset Structure

<!-- begin: composition -->
<!-- end: composition -->

<!-- begin: splits -->
<!-- end: splits -->

<!-- begin: labels -->
<!-- end: labels -->

## Dataset Creation

### Curation Rationale

[Why it was made, and for whom…]

### Source Data

#### Data Collection and Processing

[How the articles were found and chosen, when, by whom, and what was left out…]

<!-- begin: outlets -->
<!-- end: outlets -->

<!-- begin: events -->
<!-- end: events -->

#### Normalization

Files are decoded, boilerplate and typographic damage are undone, and blocks get a role. Each step is recorded, so that
the config `alignment` leads every character back to the raw file.

#### Missing Data

[What is not there: withheld texts, unknown dates or outlets…]

#### Who are the source data producers?

[Who wrote the texts, and whether they know that they are in a corpus…]

### Annotations

#### Annotation process

[Which guidelines, which tool, how many people or models, how disagreements were settled…]

<!-- begin: label-sets -->
<!-- end: label-sets -->

<!-- begin: stances -->
<!-- end: stances -->

#### Annotations per Item

[How many annotators read each article, and whether what they disagree about is kept…]

#### Who are the annotators?

[People or models; of people: language, training, pay…]

<!-- begin: layers -->
<!-- end: layers -->

#### Agreement

[How far annotators agree; `<!-- begin: agreement -->`, `<!-- end: agreement -->` show the figures kept…]

#### Machine Annotation

[Which rows a program made, and how good it is…]

#### Personal and Sensitive Information

[Who is named, and whether political opinions or the like (GDPR, article 9) are told of living people…]

## Bias, Risks, and Limitations

### Biases

[Which voices, outlets, regions and times are there, and which are not…]

### Risks

[What could be done to somebody with it…]

### Limitations

[What it is too small, too narrow or too uncertain for…]

### Recommendations

[What whoever uses it should do about all that…]

## Citation

[A BibTeX entry in a code block; or CITATION.cff, and `<!-- begin: citation -->`, `<!-- end: citation -->` here…]

## Glossary

[Words of this card that readers may not know…]

## More Information

### Distribution

[Where it is to be had, and under which terms…]

### Maintenance

[Who corrects errors, how often, and how somebody has an article taken out…]

## Dataset Card Authors

[Who wrote this…]

## Dataset Card Contact

[An address, or where to open an issue…]
"""

DEFAULT_GUIDELINES = """# Annotation guidelines, version 0.1

Every annotation row names the version it was made under. Tables between marks are rendered from `schemas/labels.toml`:
change that file, then run `parallaxe render`.

## Text
Annotate the normalized text. Only blocks of an annotated role are.

<!-- begin: block-roles -->
<!-- end: block-roles -->

## Entities
<!-- begin: entity-labels -->
<!-- end: entity-labels -->

## Quotations
<!-- begin: quotation-types -->
<!-- end: quotation-types -->

## Stance
A stance is a tuple: holder, target, polarity, evidence.

<!-- begin: stance-levels -->
<!-- end: stance-levels -->

<!-- begin: targets -->
<!-- end: targets -->

<!-- begin: polarities -->
<!-- end: polarities -->
"""
