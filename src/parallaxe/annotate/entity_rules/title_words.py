"""Words that stand beside a person's name, and words that tell what a name does; small letters, folded, by class."""

from __future__ import annotations

from parallaxe.annotate.entity_rules.folding import fold_name


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold_name(word) for word in listed.split())


# Written before the name with a capital or a stop, and no part of it.
COURTESIES = frozenset(
    "M. MM. MM Mme Mmes Mlle Mlles Mr Mrs Ms Dr Dr. Pr Pr. Me Mgr Mgr. Sir Lady Lord Dom Don Monsieur Madame "
    "Mademoiselle "
    "Messieurs Mesdames Maître Maitre Son Sa S.A.R. S.M. Sr. Miss Mister".split()
)

TITLES = _words(
    """
    abbé académicien académicienne activiste actrice acteur administrateur administratrice adjudant agent
    agriculteur
    ajusteur amiral analyste anthropologue apôtre archevêque architecte archiduc artiste assistant assistante
    astronaute
    ambassadeur ambassadrice attaché athlète attaquant auteur auteure autrice avocat avocate banquier baron
    baronne biographe
    biologiste cameraman camarade candidat candidate capitaine caporal cardinal chambellan champion championne
    chancelier chancelière
    chanteur chanteuse chef cheffe chercheur chercheuse chirurgien chroniqueur cinéaste citoyen citoyenne
    cofondateur
    cofondatrice colistier collaborateur collègue colonel comédien comédienne commandant commissaire compositeur
    comte comtesse
    conservateur conseiller conseillère consultant consultante consul coordinateur coordinatrice correspondant
    correspondante
    coureur créateur créatrice critique cuisinier danseur démographe député députée dessinateur dictateur
    diplomate directeur
    directrice dirigeant dirigeante dissident dissidente docteur docteure doctorant doctorante doyen dramaturge
    duc duchesse
    économiste écrivain écrivaine éditeur éditrice éditorialiste élu élue émir émissaire empereur enseignant
    enseignante
    entraîneur entrepreneur envoyé évêque expert experte fondateur fondatrice footballeur général générale géographe
    géologue géopolitologue gérant gouverneur gouverneure héros historien historienne homologue humoriste imam
    industriel
    ingénieur ingénieure inspecteur inspectrice institutrice instituteur islamologue journaliste juge juriste
    khalife leader
    libraire lieutenant linguiste maire maréchal marquis marquise mathématicien mécanicien mécanicienne médecin
    médiateur
    médiatrice membre militant militante milliardaire ministre ministres musicien musicienne négociateur
    négociatrice
    officier opposant opposante pape parlementaire pasteur patriarche patron patronne peintre père pharmacien
    philosophe
    photographe physicien physicienne pilote plombier poète politologue porte-parole prédécesseur préfet préfète
    premier
    présentateur présentatrice président présidente prêtre prince princesse procureur procureure producteur
    productrice professeur
    professeure rabbin rapporteur rapporteuse rédacteur rédactrice réalisateur réalisatrice régent reine religieux
    représentant représentante responsable restaurateur retraité retraitée révérend rival roi romancier
    romancière sculpteur
    secrétaire sénateur sénatrice sergent shah sinologue slavisante sociologue sœur soldat soprano spécialiste
    star stratège
    successeur sultan supérieur syndicaliste technicien technicienne ténor théologien tireur traducteur
    traductrice trésorier
    trésorière tsar tourneur tourneuse tyran urbaniste vétéran vice-amiral vice-chancelier vice-ministre
    vice-premier
    vice-président vice-présidente viceroi viticulteur voisin voisine virologue épidémiologiste kinésithérapeute
    infirmier infirmière
    docker ouvrier ouvrière paysan paysanne pêcheur marin cheminot boulanger boulangère épicier maçon facteur
    libraire
    lectrice lecteur habitant habitante patineur nageur joueur joueuse buteur gardien capitaine maestro pianiste
    violoniste
    numéro émissaire veuve fils fille frère épouse époux mari femme neveu nièce cousin cousine oncle tante mère
    ami amie
    couturier couturière vendeur vendeuse caissier caissière chauffeur éleveur éleveuse maraîcher maraîchère
    apiculteur berger bergère coiffeur coiffeuse menuisier charpentier électricien soudeur routier livreur serveur
    serveuse cuisinière pâtissier boucher fleuriste pharmacienne aide-soignant aide-soignante sage-femme psychologue
    psychiatre urgentiste vétérinaire notaire huissier greffier magistrat magistrate policier policière gendarme
    pompier étudiant étudiante lycéen lycéenne proviseur recteur rectrice apprenti apprentie comptable banquière
    adjoint adjointe bénévole survivant survivante défenseur milieu ailier sprinteur grimpeur marathonien skieur
    skieuse tennisman judoka boxeur sélectionneur arbitre coach coéquipier coéquipière gardienne attaquante
    chorégraphe plasticien plasticienne rappeur rappeuse scénariste dessinatrice illustrateur illustratrice
    galeriste conservatrice meurtrier tueur tueuse fugitif
    présumé dénommé nommé sieur dame monsieur madame mademoiselle maître comédienne PDG coprésident coprésidente
    """
)

# Of these the name that follows is no person's: « l'agence X », « le groupe X ».
ORG_TITLES = _words(
    """
    agence agences groupe quotidien hebdomadaire mensuel journal magazine revue site chaîne radio télévision société
    entreprise firme compagnie constructeur fabricant opérateur parti mouvement milice cabinet think-tank
    association ong
    fondation syndicat banque géant start-up startup plateforme éditeur club équipe organisation réseau
    fabricants équipementier
    avionneur assureur courtier fonds label studio consortium conglomérat filiale gazette mercenaires
    portail blog canal newsletter hôpital
    """
)

# « le maire de X », « les habitants de X »: X is a place.
OF_PLACE = _words(
    """
    maire mairie préfet préfecture sous-préfet commune ville village habitants habitant environs évêque archevêque
    curé diocèse canton gendarmerie gendarmes pompiers boulevard route hameau quartier prison clinique banlieue
    agglomération bailli colline plage baie siège bataille gouverneur gouverneure préfète sous-préfète
    sous-préfecture procureur procureure parquet commissariat usine usines chalet abattoir raffinerie aciérie
    carrière élus riverains vignoble marché massif massifs forêt forêts port collège lycée église réacteur réacteurs
    côte falaises barrage digue gardes-côtes garde-côtes marins campus faculté hippodrome
    """
)

# « le patron de X »: X is a company.
OF_ORG = _words(
    "pdg patron patronne fondateur fondatrice cofondateur actionnaire actionnaires filiale salariés employés"
)

# « chercheur au X »: X is where the person works.
AT_ORG = _words(
    "syndicaliste militant militante adhérent adhérente délégué déléguée chercheur chercheuse journaliste économiste "
    "analyste ingénieur ingénieure statisticien statisticienne correspondant correspondante chroniqueur"
)

# « président de la X », « porte-parole du X »: with an article X is what the person heads, or speaks for.
HEADS_OF = _words(
    "président présidente secrétaire directeur directrice porte-parole délégué déléguée membre trésorier trésorière"
)

# « le comte d'X », « le duc de X »: X is what the person is called.
NOBLE = _words(
    "comte comtesse duc duchesse prince princesse baron baronne marquis marquise vicomte vicomtesse chevalier"
)

PLACE_TITLES = _words(
    """
    ville village commune bourg bourgade cité localité port hameau station capitale métropole pays république
    royaume état
    principauté région province île district gare aéroport quartier base secteur frontière front faubourg ville-port
    """
)

# « soupire X », « X soupire »: the third person of verbs of speech and of will, and what a person or a state does.
SPEECH = _words(
    """
    accuse admet affirme ajoute alerte analyse annonce appelle approuve argue assène assure atteste avance
    avertit avoue
    certifie clame commente conclut concède condamne confesse confie confirme conteste conseille constate
    convient corrige craint
    croit crie critique dénonce déclare décrit décrypte défend demande dément déplore détaille dit écrit énonce
    enchaîne espère estime évalue évoque exhorte explique exige exprime fulmine glisse grince hésite ignore
    imagine indique
    insiste interroge invite ironise juge jure justifie lâche lance maintient martèle menace mentionne minimise
    modère murmure
    narre nie note nuance objecte observe ordonne paraphrase pense persifle plaide plaisante pointe poursuit
    précise prédit
    prétend prévient proclame promet prône propose proteste questionne raconte rappelle rapporte réagit réclame
    récuse
    redoute réfute regrette relate relativise relève remarque renchérit répète réplique répond reprend reproche
    résume
    rétorque révèle ricane riposte sait salue se signale somme souffle souhaite souligne soupçonne soupire soutient
    suggère suppose témoigne tempère tonne tranche veut voit vitupère écrivait disait expliquait confiait ajoutait
    """
)

PARTICIPLES = _words(
    """
    accusé admis affirmé ajouté alerté annoncé appelé approuvé assuré averti avoué commenté conclu concédé
    condamné confié
    confirmé constaté critiqué déclaré demandé démenti dénoncé déploré dit écrit estimé évoqué exhorté expliqué
    exigé fait
    glissé indiqué insisté ironisé jugé lancé martelé menacé mis nié noté nuancé observé ordonné plaidé
    poursuivi précisé
    prédit prévenu promis proposé protesté raconté rappelé rapporté réagi réclamé reconnu regretté répété
    répliqué répondu
    reproché résumé rétorqué révélé salué signalé souhaité souligné soutenu suggéré tempéré tranché
    """
)
