"""The targets of the corpus about Moscow and Pyongyang, until `schemas/labels.toml` says how each is recognised."""

from __future__ import annotations

from parallaxe.annotate.stance_rules.targets import StanceLabels, Target

_EXCHANGE = (
    "obus", "munition*", "missile* antichar*", "missile* à courte portée", "missile* de courte portée", "armes",
    "armement*", "roquette*", "lance-roquettes", "antichars", "conteneur*", "artillerie", "cartouche*", "projectile*",
    "arsenal", "canons", "matériel létal",
)  # fmt: skip
_CONTACT = (
    "rencontre*", "visite*", "sommet", "rendez-vous", "tête-à-tête", "invitation", "mémorandum", "partenariat*",
    "pacte", "accord*", "alliance*", "entente", "rapprochement*", "lettres", "correspondance", "pourparlers",
    "négociation*", "négocier", "tractation*", "discussions", "troc", "marché", "coopération", "relation*", "voyage",
    "déplacement", "duo", "amitié", "traité*", "échange*", "arrangement", "liens", "couple", "axe", "manoeuvre*",
    "exercice*",
)  # fmt: skip
_STATES = (
    "États-Unis",
    "Washington",
    "Maison-Blanche",
    "Maison Blanche",
    "américain*",
    "Occident",
    "occidenta*",
    "département d'État",
    "Pentagone",
)
# A headmaster, a league or a court punishes too: words beside one sanction must say that a state does.
_OF_STATES = (
    "économique*", "internationale*", "commerciale*", "onusienne*", "américaine*", "occidentale*", "de l'ONU",
    "des Nations unies", "du Conseil de sécurité", "de Washington", "des États-Unis", "de l'Occident",
)  # fmt: skip
_OF_OTHERS = (
    "disciplinaire*", "scolaire*", "sportive*", "pénale*", "administrative*", "judiciaire*", "pécuniaire*",
    "éducative*", "professionnelle*", "fiscale*", "électorale*", "civile*", "interne*", "statutaire*",
    "des urnes", "des électeurs", "du marché", "des marchés", "du public", "de la Ligue", "de la Fédération",
    "de l'arbitre",
)  # fmt: skip

DEFAULT = StanceLabels(
    targets=(
        Target("russia", True, cues=("Russie", "Moscou", "Kremlin", "russe*")),
        Target("north-korea", True, cues=("Corée du Nord", "Pyongyang", "nord-coréen*")),
        Target("united-states", True, cues=_STATES),
        Target("ukraine", True, cues=("Ukraine", "Kiev", "ukrainien*")),
        Target("china", True, cues=("Chine", "Pékin", "chinois*")),
        Target("south-korea", True, cues=("Corée du Sud", "Séoul", "sud-coréen*", "ministère de l'Unification")),
        Target(
            "rapprochement",
            False,
            cues=("russo-nord-coréen*", "Poutine-Kim", "Kim-Poutine"),
            things=_CONTACT,
            between=("russia", "north-korea"),
            general=True,
        ),
        Target(
            "arms-transfer",
            False,
            cues=(
                "livraison* d'arme*", "commerce d'arme*", "commerce des armes", "négoce d'arme*", "vente* d'arme*",
                "contrat* d'arme*",
                "trafic d'arme*", "transfert* d'arme*", "marché* d'arme*", "fourniture* d'arme*", "cession* d'arme*",
                "envoi* d'arme*", "accord* d'arme*", "livraison* militaire*", "livraisons d'obus",
                "livraisons de munitions",
            ),
            things=_EXCHANGE,
            between=("russia", "north-korea"),
        ),
        Target(
            "sanctions",
            False,
            cues=(*(f"sanction* {whose}" for whose in _OF_STATES), "liste noire", "embargo*", "l'étau"),
            among=("sanctions", "sanctionn*"),
            echo=("sanction",),
            unlike=(
                *(f"sanction* {whose}" for whose in _OF_OTHERS),
                "sanction politique", "sanction morale",
                *(f"sanctionn* {whose}" for whose in ("par un diplôme", "par un examen", "par l'arbitre")),
                *(f"sanctionn* {whose}" for whose in ("dans les urnes", "par les urnes", "par les électeurs")),
            ),
        ),
        Target(
            "us-exercises",
            False,
            cues=(
                "exercices américain*", "manoeuvres américain*", "exercices des américains",
                "manoeuvres des américains", "B-52", "porte-avions",
            ),
            things=("exercice*", "manoeuvre*", "bombardier*", "parades", "répétitions"),
            between=("united-states",),
        ),
    ),
    states=(
        "diplomat*", "ONU", "Nations unies", "Conseil de sécurité", "Union européenne", "G7", "international*",
        "ambassad*", "chancellerie*",
    ),
)  # fmt: skip
"""As annotated under version 1.2 of the guidelines."""
