"""Small folders of raw articles that tests build: French, fictional, all different."""

from __future__ import annotations

from pathlib import Path

_SUBJECTS = (
    ("Le port attend ses grues", "la direction du port"),
    ("Une gare renaît", "le maire de la commune"),
    ("Les pêcheurs s'inquiètent", "un patron de chalutier"),
    ("Le musée rouvre", "la conservatrice du musée"),
    ("Un hiver sans neige", "la guide de haute montagne"),
    ("La bibliothèque déménage", "l'architecte du projet"),
    ("Un pont trop étroit", "le préfet de la région"),
    ("Le marché change de place", "une maraîchère du quartier"),
    ("Les bus passent la nuit", "le syndicat des transports"),
    ("La rivière déborde", "un riverain du quai bas"),
    ("L'usine embauche", "la cheffe d'atelier"),
    ("Le théâtre fait salle comble", "le metteur en scène"),
)


def article(number: int) -> str:
    """The text of an article of three paragraphs; its words depend on the number."""
    title, source = _SUBJECTS[number % len(_SUBJECTS)]
    again = "" if number < len(_SUBJECTS) else f" (acte {number})"
    return (
        f"{title}{again}\n\n"
        f"Le dossier numéro {number} avance, assure {source}. Trois réunions ont eu lieu depuis l’été ; "
        f"personne n’en est sorti fâché.\n\n"
        f"« Nous irons jusqu’au bout », a déclaré {source}, qui compte {number + 3} voix sur {number + 9}. "
        f"Le vote aura lieu en juin.\n"
    )


def write_articles(folder: Path, count: int, start: int = 0) -> Path:
    """A folder with that many text files; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(start, start + count):
        (folder / f"article-{number:03}.txt").write_text(article(number), "utf-8")
    return folder
