"""The closed lists in which `sentences` looks words up: abbreviations by what may follow them, and words that open.

A full stop after an abbreviation says nothing by itself; what decides is which kind it is. The lists hold French
written usage (the rules of the Imprimerie nationale, and the press), each word without its last stop. An abbreviation
that is an ordinary word as well (`mer.`, `jeu.` for days of the week) is left out: at the end of a sentence the word is
far more frequent.
"""

from __future__ import annotations


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


# A name follows: the stop after these never ends a sentence.
TITLES = frozenset(
    _words(
        """
        M MM Mme Mmes Mlle Mlles Mr Mrs Ms Dr Drs Pr Prof Me Mgr St Ste Sts Stes Sr Gal Gén Cdt Lt Sgt Adj Cne
        Vve Sén Dép Amb Ph Th Ch Chr Cl Fr Jos Ed Éd Edm Wm dr mme mlle mgr
        """
    )
)

# A number follows: before anything else the stop ends the sentence, for `art`, `no`, `sept` are words too.
NUMBERED = frozenset(
    _words(
        """
        p pp art arts Art al alin chap Chap ch fig figs Fig t n nº n° N° nos Nos no No num Num § par tabl Tabl
        vol vols Vol fol f ff tél Tél fax Fax réf réfs Réf sect rubr pl Pl janv févr fév avr juil sept oct nov
        déc Janv Févr Fév Avr Juil Sept Oct Nov Déc v env Env ca apr max min h
        """
    )
)

# A name or a phrase may follow: only a word of `OPENERS` or `ARTICLES` shows that the sentence is over.
LINKING = frozenset(
    _words(
        """
        cf Cf conf vs éd éds eds rééd trad coll Coll dir prés préf suppl collab av Av bd Bd boul Boul bld rte
        imp bât arr arrond dép dépt dpt rég prov univ ill illustr ibid Ibid loc cit op ms mss fém masc plur
        subst adv angl esp lat anc c.-à-d c-à-d i.e e.g ex Ex resp approx hab gén St-P s ss sq sqq
        """
    )
)

# These often close a sentence: whatever opens with a capital after them is the next one.
CLOSING = frozenset(_words("etc Etc km cm mm kg mg ml Cie cie Inc Ltd Corp Bros Jr jr suiv sv"))

# Letters name things after these, so that the stop of `vitamine C.` is not that of an initial.
LETTERED = frozenset(
    _words(
        """
        annexe appendice bloc bus bâtiment catégorie classe colonne division formule groupe groupes hall
        hépatite lettre ligne ligue niveau note option partie phase plan point poule poules porte quai rang
        section série tableau type variante vitamine vitamines zone
        """
    )
)

# Words of closed classes, and adverbs, that French capitalizes only at the beginning of a sentence.
OPENERS = _words(
    """
    À Actuellement Afin Ainsi Alors Apparemment Après Au Au-delà Aucun Aucune Aujourd'hui Auparavant Aussi
    Aussitôt Autant Autrefois Autrement Aux Avant Avec C' Car Ce Ceci Cela Celle Celle-ci Celle-là Celles
    Celles-ci Celui Celui-ci Celui-là Cependant Certaines Certains Certes Ces Cet Cette Ceux Ceux-ci Ceux-là
    Chacun Chacune Chaque Chez Combien Comme Comment Contrairement Contre D'abord D'ailleurs D'après
    D'autres D'où Dans Davantage Depuis Derrière Désormais Dès Donc Dont Durant Également Elle Elles En
    Encore Enfin Ensuite Entre Est-ce Est-il Et Étant Évidemment Faute Finalement Fondamentalement
    Généralement Globalement Grâce Heureusement Hier Ici Il Ils Initialement Inversement J' Jadis Jamais Je
    Jusqu' Jusque L'un L'une Là Là-bas Lequel Leur Leurs Lors Lorsqu' Lorsque Maintenant Mais Malgré
    Malheureusement Même Moins N' Naturellement Ne Néanmoins Ni Nos Notamment Notre Nous Nul Officiellement
    On Or Ou Où Outre Par Parallèlement Parce Parfois Parmi Pas Pendant Personne Peu Peut-être Plus
    Plusieurs Plutôt Pour Pourquoi Pourtant Premièrement Presque Probablement Puis Puisqu' Puisque Qu' Quand
    Quant Que Quel Quelle Quelles Quelque Quelques Quels Qui Quiconque Quoi Quoique Récemment Rien S' S'il
    Sans Sauf Selon Seul Seule Seulement Seuls Ses Si Soit Sous Souvent Suivant Sur Surtout Tandis Tant
    Tantôt Telle Tels Toujours Tous Tout Toute Toutefois Toutes Traditionnellement Très Trop Vers Voici
    Voilà Vos Votre Vous Y
    """
)

# Names and titles begin with these as well (Le Pen, L'Équipe): they open a sentence before a small letter only.
ARTICLES = _words("Le La Les L' Un Une Des Du De D' Son Sa Mon Ma Mes Deux Trois Quatre Cinq Dix")

# Openers that are syllables of names too: `Kim Jong Un`, `Kim Il Sung`, `Jack Ma`.
NAMELIKE = frozenset(_words("Il Un On Or Si Ou Y Ni Son Sa Ma Mon Ses De Du Des D' Une Deux Tout"))

# No sentence ends with these; a capital behind them belongs to a name or to the title of a work.
BINDING = frozenset(
    _words(
        """
        à au aux avec ce ces cet cette chez comme contre d dans de des dont du en entre et l la le les leur
        leurs lors mais ne ni nos notre nos ou où par parce parmi pour puis qu que quel quelle qui sa sans selon
        ses si son sous sur un une vers votre vos lequel laquelle lesquels lesquelles tel telle tels telles a
        ont avait avaient est sont était étaient sera être devient album albums article association bande bar
        café chaîne chanson chronique collectif collection colloque conférence disque documentaire église
        émission essai exposition feuilleton film films groupe hebdomadaire hôtel intitulé intitulée intitulés
        intitulées journal label livre livres magazine mensuel morceau mouvement nommé nommée opération ouvrage
        parti pièce poème programme projet quotidien quotidiens rapport recueil restaurant revue roman romans
        rubrique série single site spectacle surnommé tableau théâtre titre titres titré titrait western
        """
    )
)
