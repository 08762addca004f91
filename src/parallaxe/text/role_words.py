"""What the French press says around an article: the words, and the regular expressions built from them, compiled once.

Only here are such words listed; the cues say what they vote for. All are conventions of many newsrooms, none of one.
Every expression is anchored, or searched in short blocks only.
"""

from __future__ import annotations

import re
from functools import cache

from parallaxe.text.french import date_expression


def _any(alternatives: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """One alternative a line, or several separated by bars; capitals and small letters alike."""
    lines = "|".join(line.strip() for line in alternatives.strip().splitlines())
    return re.compile(f"{before}(?:{lines}){after}", re.IGNORECASE)


# Labels. A block is one where each of its parts between these separators is.
LABEL_SEPARATOR = re.compile(r"\s[·•|/–—:-]\s|,\s")
_TIME = r"(?:à )?[0-2]?\d ?(?:h|:|heures?) ?(?:[0-5]\d)?(?: ?(?:min|gmt|utc|heure de \w+))?"
TIME = _any(rf"\[?{_TIME}\]?\.?|il y a (?:une?|\d+) (?:h|heures?|min|minutes?|jours?)|(?:à l['’])?instant")
LIVE = _any(r"(?:en |le |suivez le |notre )?direct(?: vidéo)?|live|(?:fin du )?direct(?: terminé)?|à suivre en direct")
RUBRIC = _any(r"""
    analyses?|décryptages?|enquête|(?:grand )?reportage|portrait|récit|document|verbatim|dossier|nécrologie
    édito(?:rial|riaux)?|éditorial de la rédaction|tribune(?: libre)?|chronique|billet(?: d['’]humeur)?|l['’]humeur
    opinions?|point de vue|(?:les )?idées|débats?|critique|courrier des lecteurs|témoignages?|factuel|vrai ou faux
    (?:grand )?entretien|(?:l['’])?interview
    infographies?|vidéos?|podcasts?|diaporama|en images
    exclusif|exclusivité|urgent|alerte(?: info)?|flash(?: info)?|dernière minute|abonnés?|à la une
    (?:le |en )?brief|en bref|l['’]essentiel|(?:le )?(?:fait|mot|chiffre|point|récap|journal) du (?:jour|soir|matin)
    international|monde|politique|économie|société|géopolitique|diplomatie|défense|culture|planète
""")
LEAD_MARK = _any(r"l['’]essentiel|en (?:bref|résumé)|chapô|chapeau|résumé|ce qu['’]il faut (?:retenir|savoir)")


@cache
def dated_label() -> re.Pattern[str]:
    """« Publié le 5 septembre 2023 à 14h32 », « Mise à jour »; needs Babel, hence built at the first question."""
    act = r"(?:publi|post|cré|modifi|actualis)ée?|parue?|mise? (?:à jour|en ligne)|publication|parution|mise à jour"
    day = rf"(?: (?:le |ce )?{date_expression()}| hier| aujourd['’]hui)"
    return _any(rf"\(?(?:article )?(?:{act})(?: par [^,|]{{2,40}})?(?: ?:)?{day}?(?:(?:,| -)? ?{_TIME})?\)?\.?")


@cache
def date_alone() -> re.Pattern[str]:
    """A date, nothing else."""
    return _any(rf"(?:le )?{date_expression()}\.?")


@cache
def any_date() -> re.Pattern[str]:
    """A date, to be searched in a short text."""
    return _any(date_expression())


@cache
def place_and_date() -> re.Pattern[str]:
    """« Séoul, le 5 septembre 2023 », « SÉOUL (AFP) », « WASHINGTON, 31 août (Agence) — », whole."""
    place = r"(?P<place>[^\W\d_][\w'’. -]{1,40}?(?:, [^\W\d_][\w'’ -]{2,30}?)?(?: \([^()]{2,30}\))?)"
    date, agency, dash = rf",? (?:le )?{date_expression()}", r" ?\([^()]{2,40}\)", r"(?: ?[—–-]+)?"
    return _any(rf"{date}(?:{agency})?{dash}|{agency}{dash}| [—–-]+", place, r"\.?")


# Related articles.
_READ = r"(?:(?:à|a) )?(?:(?:re)?(?:lire|voir)|écouter|regarder)(?: ou (?:re)?(?:lire|voir))?"
RELATED_OPENING = _any(rf"{_READ} (?:aussi|également|encore)\b")
RELATED_ITEM = _any(r"""
    l['’](?:article|analyse|enquête|entretien|interview|éditorial|intégralité)\b
    (?:notre|nos|le dossier|le reportage|le récit|sur le même)\b
""", f"{_READ} ")  # fmt: skip
RELATED_HEADER = _any(rf"""
    {_READ}(?: (?:aussi|également|encore))?
    (?:à lire )?(?:sur|dans) (?:le|la|les) mêmes? (?:sujet|thème|rubrique|dossier|auteur)s?
    articles? (?:liés?|similaires?|associés?|connexes?|précédents?|recommandés?)
    contenus? (?:associés?|liés?|similaires?|recommandés?)|recommandés? pour vous|lectures? complémentaires?
    nos (?:autres |derniers )?articles(?: sur .{{2,60}})?|(?:notre|le) dossier|nos dossiers|en lien avec cet article
    (?:les )?(?:articles )?(?:les )?plus (?:lus|partagés|populaires|commentés|récents)|sur le web
    vous (?:aimerez|pourriez|devriez)(?: aussi| également)?(?: aimer)?|à ne pas manquer|à découvrir(?: aussi)?
    pour aller plus loin
""")

# Credits.
_AGENCY = (
    r"(?:afp|ap|reuters|associated press|xinhua|tass|yonhap|kyodo|interfax|efe|dpa|ansa|belga|ats|keystone"
    r"|sipa(?: press)?|getty(?: images)?|la presse canadienne|les agences|agences?(?: [\w'’-]+){0,3})"
)
_TRANSLATOR = r"(?: par [^.,:;]{2,60})?"
CREDIT = _any(rf"""
    \((?:avec|d['’]après|source ?:|par) [^()]{{2,80}}\)
    (?:(?:l['’]|les? |la )[\w'’ -]{{2,30}} )?avec {_AGENCY}(?:(?:,| et) {_AGENCY})*
    \(?{_AGENCY}(?:(?: ?[/,-] ?| et ){_AGENCY})*\)?
    (?:©|\(c\)|copyright\b).{{0,120}}|(?:tous )?droits (?:de reproduction )?réservés.{{0,60}}
    crédits?(?: (?:photos?|images?|illustrations?))? ?:.{{1,120}}|crédits? (?:photos?|images?)|sources? ?: .{{2,100}}
    \(?(?:(?:texte|article|entretien|analyse) )?(?:traduit|adapté)e? (?:de l['’]|du |de la )[\w-]+{_TRANSLATOR}\)?
    \(?(?:(?:texte|article) )?(?:(?:traduit|adapté)e? par|(?:traduction|adaptation)(?: ?:| de| par)) [^.,:;]{{2,60}}\)?
    (?:illustration|infographie|dessin|cartographie|montage) ?: .{{2,80}}
""", after=r"\.?")  # fmt: skip
PHOTO = _any(
    r"photo(?:graphie)?s?|image|légende(?: photo)?",
    after=r"(?: d['’](?:archives|illustration))? ?[:©] ?(?P<rest>.*)",
)
LEGEND = _any("légende")
CIRCUMSTANCE = _any("à|dans|sur|lors|devant|pendant|en|au|aux|près|avec|pour|le|vers|après|avant", " ", " ")
CAPTION_OPENING = _any(
    r"ci-(?:dessus|dessous|contre)|sur (?:cette|la) (?:photo|image)|photo d['’](?:archives|illustration)(?! :)",
    after="(?=[ ,.:])",
)
CAPTION_TAIL = _any(r"""
    © ?[^©]{2,60}|\((?:photo|crédit|image)[^()]{0,80}\)|\b(?:photo|crédit)s? ?: [^.:]{2,60}
    \ [/|] ?(?:AFP|AP|REUTERS|SIPA|GETTY)[^.]{0,30}
""", after=r"\.?\Z")  # fmt: skip

# Noise: sharing.
_NETWORK = (
    r"(?:facebook|twitter|whatsapp|telegram|linkedin|messenger|bluesky|threads|mastodon|instagram|pinterest|reddit"
    r"|flipboard|tiktok|youtube)\b"
)
_ACTION = (
    r"(?:partage[rz](?: (?:sur|via|par|cet article|l['’]article|ce direct))?|tweeter|copier (?:le )?lien|imprimer"
    r"|envoyer (?:par|à)|ajouter aux favoris)(?!\w)"
)
_LESSER = (
    r"(?:x|e-?mail|courriel|mail|sms|lien copié|commenter|enregistrer|sauvegarder|un ami|cet? article|l['’]article"
    r"|sur|via|par|ou|et|à|le lien)\b"
)
SHARE_ACTION, SHARE_NETWORK, SHARE_WORD = (_any(words, r"\b") for words in (_ACTION, _NETWORK, _LESSER))
SHARE_OPENING = _any(f"{_ACTION}|{_NETWORK}|{_LESSER}")

# Noise: the reader is addressed. The stems stand in every call, and are faster asked for than the expression.
READER_CALL = _any(r"""
    (?:dés)?inscrivez-vous\b|abonnez-vous\b|s['’](?:abonner|inscrire)(?:\W|\Z)|je m['’](?:abonne|inscris)\b
    suivez-(?:nous|la rédaction)\b|rejoignez(?:-nous| notre| nos| la communauté)\b|retrouvez-nous\b
    téléchargez (?:notre|l['’]application)|soutenez(?:-nous| notre| un média| le journalisme)\b|découvrez nos offres
    recevez (?:chaque|tous|toutes|gratuitement|notre|nos|le meilleur|l['’](?:essentiel|actualité)|la newsletter)\b
    recevez (?:les alertes|dans|par)\b
    vous (?:avez )?(?:aimé|appréciez) (?:ce|cet|cette|notre)\b
    (?:cet article|ce contenu|la suite) (?:vous )?(?:est|a été) (?:réservée?|offert)
    signaler une (?:erreur|faute)|une erreur dans (?:cet|l['’])
""")
READER_CALL_STEMS = ("-vous", "inscri", "abonn", "mail", "letter", "boîte", "lettre", "partagez")
READER_CALL_INSIDE = _any(r"""
    (?:abonnez|inscrivez)-vous|je m['’](?:inscris|abonne)|désinscription|désabonn\w+|votre (?:adresse )?e-?mail
    (?:notre|nos) (?:newsletter|infolettre)s?|la (?:newsletter|infolettre) de la rédaction
    partagez-l(?:e|a|es) (?:avec|sur)|votre boîte (?:mail|e-mail|de réception|aux lettres)
    notre lettre (?:d['’]information|quotidienne|hebdomadaire)|réservé à nos abonnés
""", r"\b", r"\b")  # fmt: skip
COOKIE_STEMS = ("cookie", "navigation", "politique de confidentialité")
COOKIES = _any(r"""
    \b(?:ce site|notre site|nous|nos partenaires)\b[^.]{0,80}\bcookies?\b|\ben poursuivant votre navigation\b
    \bpolitique de (?:confidentialité|cookies)\b|\bcookies?\b[^.]{0,60}\b(?:consent\w+|préférences|accepter|refuser)\b
    \b(?:accepter|refuser|gérer)\b[^.]{0,40}\bcookies?\b
""")

# Noise: the page itself.
NOISE = _any(r"""
    publicités?|annonce|(?:contenu )?sponsorisé|(?:notre |la )?newsletter|accueil|menu|aller au contenu|haut de page
    (?:temps de )?lecture ?:? ?(?:estimée? )?(?:\d+ ?min(?:ute)?s?)?|\d+ ?min(?:ute)?s? de lecture
    (?:lire|voir|afficher) (?:la suite|plus|tout)(?: .{0,30})?|en savoir plus|(?:page|article) (?:suivant|précédent)e?
    retour (?:en haut|à l['’]accueil|à la une).{0,20}|chargement(?: en cours)?\W*|agrandir l['’]image
    (?:\d+|voir les|lire les|tous les) (?:commentaires?|réactions|partages)(?: \(?\d+\)?)?|commentaires? \(?\d+\)?
    (?:article )?réservé (?:aux|à nos) abonnés|il vous reste \d+ ?(?:%|pour cent).{0,80}
    (?:mots?[- ]clés?|tags?|étiquettes?|thèmes?) ?:.{0,300}|(?:tout accepter|tout refuser|continuer sans accepter)
    écouter (?:l['’]article|cet article)|(?:voir|lancer|lire) (?:la vidéo|le diaporama|la galerie)
    (?:image|photo) \d+ (?:sur|/) \d+|ajouter (?:à|aux) (?:vos|mes) favoris
""")
FILE_OR_ADDRESS = _any(r"""
    \S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|mp[34]|pdf)|(?:https?://|www\.)\S+|(?:[#@][\w.]+[ ,]*)+
""")
SLUG = re.compile(r"(?=[^ ]*\d|[^ ]*_|(?:[a-z]+-){2})[a-z0-9]+(?:[-_][a-z0-9]+)+")

FUNCTION_WORDS = frozenset({
    "à", "a", "au", "aux", "avec", "ce", "ces", "cet", "cette", "chez", "comme", "contre", "dans", "de", "des", "du",
    "elle", "en", "entre", "est", "et", "être", "eux", "il", "ils", "je", "la", "le", "les", "leur", "leurs", "lors",
    "lui", "mais", "ne", "ni", "nos", "notre", "nous", "on", "ont", "ou", "où", "par", "pas", "pour", "qu", "que",
    "qui", "quoi", "s", "sa", "sans", "se", "ses", "si", "son", "sont", "sous", "sur", "un", "une", "va", "vers", "vos",
    "votre", "vous",
})  # fmt: skip
