"""Words that a capital makes no name of: they open sentences, or French writes them large without naming anybody."""

from __future__ import annotations

from parallaxe.annotate.entity_rules.folding import fold_name


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold_name(word) for word in listed.split())


OPENERS = _words(
    """
    a à abord absolument actuellement afin ai aide ailleurs ainsi allez allons alors après apres armes article
    assez assurément au aucun
    aucune aucuns auparavant auprès auquel aussi aussitôt autant autour autre autrefois autrement autres aux
    avant avec avoir
    beaucoup bel belle bien bientôt bon bonjour bonne bref brusquement c car ce ceci cela celle celles celui
    cent cependant
    certain certaine certaines certains certes ces cet cette ceux chacun chacune chaque chez ci cinq cinquante
    combien comme
    comment compte concernant contre côté curieusement d dans de début dehors déjà demain depuis dernier
    dernière derrière des dès
    désormais deux devant devrait dire dit dix dixit dommage donc dont douze du durant eh elle elles en encore
    enfin ensuite entre
    environ est et étant étrange être euh eux évidemment exactement face fallait faut finalement fin fini force
    fort franchement
    gare grâce guère haut hélas hier hormis hors huit ici il ils immédiatement impossible interrogé interrogée
    invité j jadis jamais
    je jusqu jusque juste justement l la là laquelle le lequel les lesquels leur leurs loin lors lorsqu lorsque
    lui m ma
    maintenant mais malgré me même mêmes merci mes mieux mille mis moi moins mon monsieur n naguère ne néanmoins
    neuf ni
    non nos notamment notons notre nous nul nulle on onze or ou où ouais oui outre par parce parfois parmi
    partout pas passé
    pendant pense personne peu peut plus plusieurs plutôt point pour pourquoi pourtant première premier près
    presque primo
    priver puis puisqu puisque qu quand quant quarante quatorze quatre quatrièmement que quel quelle quelles
    quelqu quelque quelques quels qui
    quiconque quinze quoi quoique rappel rappelons rare rares reste résultat rien s sa sans sauf se seconde
    seize selon sept serait
    ses seul seule seulement seuls si sinon sire six soit soixante son sont sous souvent souvenez soyez soyons
    suite suivant
    sur surtout t ta tandis tant tantôt tel telle telles tels tes toi ton toujours tour tous tout toute
    toutefois toutes treize
    trente très trois trop tu un une va vas venu venue vers veut via vingt vite vive voici voilà voir voire
    volontiers vos votre
    vous voyez voyons vrai vraiment vu y zéro également certes interrogés samedi dimanche lundi mardi mercredi
    jeudi vendredi
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre aujourd parallèlement
    récemment
    officiellement apparemment visiblement heureusement malheureusement notez imaginez pendants prenons prenez
    regardez sachez ajoutez
    adieu ah allô bah bravo chiche hein hop oh ouf pardon photo vidéo direct infographie carte document exclusif
    entretien
    interview reportage analyse récit portrait enquête tribune chronique édito éditorial décryptage
    """
)
"""Folded words that open sentences with a capital and are no names."""

COMMON = _words(
    """
    état états etat etats affaires défense intérieur extérieur finances économie justice éducation santé culture
    travail
    transports premier ministre président présidente dieu histoire république église bourse internet terre lune
    soleil
    constitution administration antiquité renaissance web net téléphone homme hommes dame majesté excellence altesse
    sainteté seigneur messieurs mesdames monsieur madame monseigneur vierge père mère saint sainte nation patrie
    empire royaume
    couronne cour chambre chambres conseil comité commission parti ministère département gouvernement présidence
    bible coran
    providence ciel art droit loi nature homme bien mal beau avenir passé moyen âge reine roi prince duc comte
    chancelier général
    colonel capitaine maréchal amiral pape cardinal évêque docteur professeur maître directeur secrétaire
    ambassadeur
    monde presse droite gauche centre ville vieille université institut union ligue front armée marine police
    gendarmerie
    ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi i une un le la les
    """
)
"""Folded words that French writes with a capital inside a sentence without naming one thing among others."""

STOP_VERBS = _words(
    """
    a ont avait avaient aura auront aurait auraient est sont était étaient sera seront serait seraient fut
    furent fait font
    va vont peut peuvent doit doivent veut veulent vient viennent reste restent semble semblent devient continue
    prend tient
    met sait voit croit entend attend prétend répond défend perd rend vend
    """
)
"""Folded verbs at which a noun phrase ends."""

STOP_WORDS = _words(
    """
    et ou mais donc or ni car qui que qu quoi dont où dans pour se s ne n en à au aux avec par sur sous sans
    lors depuis
    dès chez contre entre vers selon comme il elle ils elles on nous vous je tu y ce cet cette ces leur leurs
    son sa ses un une
    le la les l plus très si pas non aussi déjà encore puis quand lorsque tandis pendant après avant malgré afin
    jusqu
    """
)
"""Folded small words at which a noun phrase ends, if it does not go on with `de`."""

DAYS = _words(
    """
    lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre
    octobre novembre décembre hier aujourd demain
    """
)
"""Folded words of the calendar, none of which describes the noun before it."""
