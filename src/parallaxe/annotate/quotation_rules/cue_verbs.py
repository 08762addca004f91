"""Verbs that attribute words or thoughts, by class, with what may follow each: data, no code.

Tuples rather than a file, since this layer opens none. Classes are those that a stance is read from: neutral, assertive
(the writer vouches that it was said with force), doubtful (the writer keeps a distance), hostile and favourable (the
source judges), directive (it wants an act of somebody), commissive (it binds itself), will, feeling, thought. A verb
may stand in several classes for several constructions; the first class that names it is its own.

Constructions (one letter each):

- `q` que + clause; `w` indirect question, « ce que », « pourquoi »;
- `b` bare infinitive; `d` de + infinitive; `a` à + infinitive;
- `n` a noun phrase that tells something; `m` the same of verbs whose subject oftener stands behind them;
- `o` somebody stands as object before « que », « de », « à » (« exhorte Y à »), and is no content;
- `x` the object is what the claim is about, and belongs to the content (« soupçonne Y de préparer »);
- `j` a judgement: an adjective with « que », « de » or a noun phrase (« juge probable que », « tient X pour Y »);
- `i` may stand as an incise with its subject behind it (« …, soupire X »);
- `s` with a reflexive pronoun only; `r` the reflexive pronoun is allowed.
"""

from __future__ import annotations

CUE_VERBS: tuple[tuple[str, str, str], ...] = (
    ("neutral", "q b w i r", "dire redire"),
    ("neutral", "q b w i", "déclarer indiquer expliquer préciser raconter rapporter relater signaler notifier"),
    (
        "neutral",
        "q w i",
        "ajouter écrire noter observer remarquer répondre rétorquer répliquer relever détailler confier",
    ),
    (
        "neutral",
        "q i",
        "poursuivre commenter résumer enchaîner reprendre renchérir préfacer compléter tempérer nuancer",
    ),
    ("neutral", "i", "glisser lancer souffler lâcher témoigner interroger questionner analyser décrypter philosopher"),
    ("neutral", "i", "continuer débuter commencer terminer traduire décrire développer illustrer théoriser réagir"),
    ("neutral", "i", "sourire rire plaisanter murmurer chuchoter marmonner bredouiller soupirer souffler hasarder"),
    ("neutral", "i", "s'exclamer s'écrier s'amuser s'interroger s'emporter se justifier se souvenir s'enthousiasmer"),
    (
        "neutral",
        "i",
        "balayer rigoler grincer gémir sangloter crier hurler brailler bougonner ronchonner ricaner pouffer persifler",
    ),
    ("neutral", "i", "éluder esquiver temporiser minimiser relativiser détromper synthétiser schématiser ponctuer"),
    ("neutral", "i", "énumérer égrener lister citer jauger jubiler triompher exulter pavoiser fanfaronner susurrer"),
    ("neutral", "i", "articuler prononcer déclamer scander entonner railler plaisanter blaguer badiner"),
    ("neutral", "i", "s'étonner s'agacer s'énerver s'esclaffer s'égosiller s'époumoner s'émerveiller s'extasier"),
    ("neutral", "i", "s'attrister s'affliger s'excuser s'enflammer s'impatienter s'émouvoir se récrier se gausser"),
    ("neutral", "i", "se défendre se rassurer se rappeler se remémorer se lamenter se consoler se désoler"),
    ("neutral", "s q n", "se rappeler se remémorer"),
    ("neutral", "q o i", "informer apprendre aviser"),
    ("neutral", "q n i w", "annoncer révéler communiquer divulguer publier"),
    ("neutral", "q n", "évoquer mentionner exposer rappeler"),
    ("neutral", "q w i b", "rappeler"),
    ("neutral", "b", "confier répondre ajouter"),
    ("neutral", "n", "invoquer"),
    ("neutral", "m", "signaler rapporter relater préciser indiquer détailler affirmer prophétiser"),
    ("neutral", "n q i", "suggérer proposer recommander préconiser conseiller prôner"),
    ("neutral", "d o", "suggérer proposer recommander conseiller"),
    ("neutral", "q d i", "convenir"),
    ("assertive", "q b i", "affirmer assurer certifier garantir jurer attester"),
    ("assertive", "q n w i", "souligner marteler répéter réitérer réaffirmer confirmer insister clamer proclamer"),
    ("assertive", "q i", "soutenir plaider argumenter trancher objecter opposer asséner professer"),
    ("assertive", "q i w", "démontrer expliciter prévenir constater conclure déduire"),
    ("assertive", "n", "démentir nier contester réfuter récuser rejeter infirmer exclure"),
    ("assertive", "q b i", "démentir nier contester réfuter"),
    ("assertive", "d i", "jurer"),
    ("assertive", "q d", "exclure"),
    ("assertive", "n", "marteler défendre plaider invoquer"),
    ("assertive", "q n i", "pronostiquer prophétiser arguer postuler"),
    ("doubtful", "q b i", "prétendre alléguer supposer soupçonner"),
    ("doubtful", "q i", "insinuer imaginer présumer arguer subodorer spéculer conjecturer"),
    ("doubtful", "n i q", "avancer revendiquer flairer"),
    ("doubtful", "x n", "soupçonner suspecter"),
    ("doubtful", "q b n i", "admettre reconnaître avouer concéder"),
    ("doubtful", "s i q", "se vanter se targuer"),
    ("doubtful", "s d", "se vanter se targuer se défendre"),
    (
        "hostile",
        "n i",
        "dénoncer condamner fustiger critiquer vilipender stigmatiser réprouver pointer brocarder railler",
    ),
    ("hostile", "q n i", "déplorer regretter dénoncer"),
    ("hostile", "d q", "déplorer regretter"),
    ("hostile", "x", "accuser"),
    # The object stands before: « qu'ils accusent de », « l'accuse de ».
    ("hostile", "d", "accuser soupçonner suspecter"),
    ("hostile", "n", "reprocher imputer désapprouver blâmer honnir abhorrer conspuer pourfendre éreinter décrier"),
    ("hostile", "d o q", "reprocher"),
    ("hostile", "i", "accuser s'indigner s'insurger s'alarmer s'étrangler tonner fulminer pester ironiser moquer"),
    (
        "hostile",
        "i",
        "protester menacer attaquer cingler tacler tempêter gronder s'offusquer se plaindre s'agacer se moquer",
    ),
    ("hostile", "s q d i", "s'indigner se plaindre s'insurger s'offusquer se lamenter"),
    ("hostile", "q i", "protester maugréer grogner râler"),
    ("hostile", "d", "menacer"),
    ("hostile", "q d o i", "avertir prévenir alerter"),
    ("favourable", "n", "célébrer glorifier acclamer exalter cautionner prôner"),
    ("favourable", "n i", "saluer applaudir louer vanter défendre encenser approuver justifier"),
    ("favourable", "s q d i", "se féliciter se réjouir se satisfaire s'enorgueillir"),
    ("favourable", "n d o", "féliciter remercier"),
    ("directive", "n q d i", "demander réclamer exiger"),
    ("directive", "d a o", "demander"),
    ("directive", "n d o i", "ordonner commander"),
    ("directive", "q", "ordonner demander implorer"),
    ("directive", "a o i", "exhorter appeler inviter encourager inciter engager enjoindre pousser"),
    ("directive", "d o i", "presser sommer prier conjurer adjurer supplier implorer enjoindre intimer"),
    ("directive", "n", "quémander solliciter mendier"),
    ("directive", "q", "insister plaider"),
    ("directive", "w", "demander ignorer"),
    ("directive", "s w i", "se demander s'interroger"),
    ("commissive", "q n d b i", "promettre"),
    ("commissive", "s a d", "s'engager"),
    ("commissive", "s d q", "se jurer se promettre se proposer"),
    ("commissive", "d", "promettre décider envisager projeter ambitionner prévoir"),
    ("commissive", "n q", "prévoir envisager"),
    ("commissive", "q", "décider décréter"),
    ("will", "q b n", "vouloir souhaiter désirer"),
    ("will", "q b", "espérer entendre préférer ambitionner"),
    ("will", "i", "espérer prédire pronostiquer prophétiser"),
    ("will", "b", "compter penser"),
    ("will", "q n", "espérer attendre prédire pronostiquer anticiper"),
    ("will", "n", "convoiter ambitionner briguer viser"),
    ("will", "d", "rêver refuser"),
    ("will", "s q a", "s'attendre"),
    ("feeling", "q n d i", "craindre redouter"),
    ("feeling", "q n d", "apprécier"),
    ("feeling", "q b n", "aimer détester préférer"),
    ("feeling", "s q d i", "s'inquiéter s'alarmer s'étonner s'émouvoir s'effrayer se désoler"),
    ("feeling", "q d", "tolérer accepter"),
    ("thought", "q b i", "penser croire estimer juger considérer"),
    ("thought", "q i", "calculer évaluer chiffrer diagnostiquer pressentir deviner songer comprendre parier"),
    ("thought", "q", "savoir trouver ignorer présager découvrir retenir déceler entrevoir concevoir se figurer"),
    ("thought", "b", "savoir"),
    (
        "thought",
        "j",
        "juger estimer trouver considérer croire tenir évaluer qualifier présenter décrire dépeindre traiter",
    ),
    ("thought", "n", "discerner diagnostiquer pressentir pronostiquer deviner"),
    # « y voit une menace »: with « y » only.
    ("thought", "n", "voir"),
    ("thought", "q", "douter démentir"),
    ("thought", "a", "songer penser"),
    ("thought", "s q", "se souvenir se persuader se convaincre s'imaginer se figurer"),
)

PREPOSITIONAL: tuple[tuple[str, str, str], ...] = (
    # Verbs, with « s' » where they are reflexive; prepositions; class.
    ("s'inquiéter s'alarmer s'indigner s'émouvoir s'étonner se désoler se plaindre", "de", "feeling"),
    ("s'agacer s'offusquer s'effrayer s'irriter se moquer s'affliger s'attrister", "de", "feeling"),
    ("se souvenir", "de", "thought"),
    ("s'inquiéter s'alarmer", "pour", "feeling"),
    ("se féliciter se réjouir se vanter se targuer s'enorgueillir s'honorer", "de", "favourable"),
    ("avertir prévenir alerter", "de contre", "hostile"),
    ("protester s'insurger s'élever se prononcer tonner fulminer", "contre", "hostile"),
    ("plaider militer se prononcer", "pour", "directive"),
    ("plaider militer", "en", "directive"),
    ("rêver", "de", "will"),
    ("parler", "de", "neutral"),
    ("douter", "de", "doubtful"),
    ("accuser soupçonner suspecter", "de", "hostile"),
    ("vouloir", "de", "will"),
    ("croire", "à en", "thought"),
    ("s'en prendre", "à", "hostile"),
    ("appeler exhorter inviter", "à", "directive"),
    ("s'opposer", "à", "hostile"),
    ("insister", "sur", "assertive"),
    ("menacer", "de", "hostile"),
    ("assurer informer aviser", "de", "neutral"),
    ("s'attendre", "à", "will"),
    ("miser tabler parier", "sur", "will"),
)

LOCUTIONS: tuple[tuple[str, str, str, str], ...] = (
    # Verb, the words after it that belong to the cue, constructions (« P:de » a preposition and a noun phrase), class.
    ("faire", "savoir", "q w i", "neutral"),
    ("faire", "valoir", "q i", "assertive"),
    ("faire", "remarquer", "q i", "assertive"),
    ("faire", "observer", "q i", "assertive"),
    ("faire", "comprendre", "q i", "assertive"),
    ("faire", "part", "P:de", "neutral"),
    ("faire", "état", "P:de", "neutral"),
    ("faire", "mention", "P:de", "neutral"),
    ("faire", "crédit", "d P:de o", "thought"),
    ("faire", "le pari", "q d", "thought"),
    ("faire", "vœu", "d", "commissive"),
    ("faire", "le vœu", "q d", "will"),
    ("laisser", "entendre", "q i", "doubtful"),
    ("vouloir", "croire", "q i", "thought"),
    ("croire", "savoir", "q i", "thought"),
    ("croire", "comprendre", "q i", "thought"),
    ("laisser", "croire", "q", "doubtful"),
    ("mettre", "en garde", "q P:contre i o", "hostile"),
    ("mettre", "en doute", "n", "doubtful"),
    ("mettre", "en cause", "n", "hostile"),
    ("tirer", "la sonnette d'alarme", "i", "hostile"),
    ("prendre", "acte", "P:de", "neutral"),
    ("donner", "l'ordre", "d", "directive"),
    ("avoir", "l'intention", "d", "will"),
    ("avoir", "envie", "d", "will"),
    ("avoir", "peur", "q d P:de", "feeling"),
    ("avoir", "bon espoir", "q d", "will"),
    ("voir", "d'un mauvais œil", "n q", "hostile"),
    ("voir", "d'un bon œil", "n q", "favourable"),
    ("redire", "son", "n", "assertive"),
)

SAYING_INFINITIVES: tuple[str, ...] = (
    "tenir",
    "venir",
    "aller",
    "continuer",
    "persister",
    "finir",
    "commencer",
    "borner",
    "contenter",
    "limiter",
    "empresser",
    "hésiter",
    "devoir",
    "oser",
)
"""Verbs before a cue's infinitive whose subject is the source (« a tenu à rappeler que », « vient d'annoncer »)."""

ADJECTIVES: tuple[tuple[str, str, str], ...] = (
    # Adjectives that attribute, what may follow, class; with « se dire », « se déclarer », « se montrer » any of them.
    ("convaincu persuadé certain sûr", "q P:de", "assertive"),
    ("conscient", "q", "thought"),
    ("inquiet préoccupé alarmé", "q P:de P:par P:pour d", "feeling"),
    ("déçu choqué indigné surpris étonné scandalisé consterné", "q P:de P:par d", "hostile"),
    ("ravi heureux satisfait fier soulagé", "q P:de d", "favourable"),
    ("favorable ouvert", "P:à a", "favourable"),
    ("opposé hostile", "P:à a", "hostile"),
    ("prêt disposé déterminé résolu décidé", "a", "will"),
    ("désireux soucieux", "d", "will"),
    ("confiant optimiste", "q P:sur P:dans", "favourable"),
    ("pessimiste sceptique", "q P:sur", "doubtful"),
)
READY_ADJECTIVES: frozenset[str] = frozenset(("prêt", "disposé"))
"""Adjectives that attribute beside a verb of showing alone: it is the writer who tells that X « est prêt à » act."""
BARE_ADJECTIVES: frozenset[str] = frozenset(("convaincu", "persuadé", "certain", "sûr", "désireux", "inquiet"))
"""Adjectives that attribute without a verb of being or showing before them."""

NOUNS: tuple[tuple[str, str], ...] = (
    # Nouns of saying, will and feeling, and what may follow: « q », « d », « a », « : ».
    ("promesse engagement serment vœu", "q d :"),
    ("crainte peur espoir espérance hantise", "q d :"),
    ("volonté intention souhait désir ambition résolution projet refus envie", "d q"),
    ("décision proposition menace ordre demande suggestion recommandation offre injonction", "d q"),
    ("conviction affirmation certitude conclusion hypothèse impression idée assurance sentiment", "q"),
    ("appel invitation exhortation opposition", "a"),
    ("avertissement accusation aveu formule réponse constat verdict diagnostic", "q :"),
)
