"""Closed classes of French words, and open ones as far as clauses need them: data, no code.

Verbs are the commonest of newspapers, so that finite forms tell where clauses begin; nouns are those of people and
institutions that speak, so that a source is told from a circumstance.
"""

from __future__ import annotations

DETERMINERS = (
    "le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos ton ta tes"
    " plusieurs quelques certains certaines chaque aucun aucune nul nulle tout toute tous toutes divers diverses"
    " différents différentes quel quelle quels quelles tel telle tels telles maints deux trois quatre cinq six sept huit"
    " neuf dix douze quinze vingt trente cent mille"
).split()
ARTICLES_OR_CLITICS = "le la les l' leur".split()
SUBJECTS = "il elle on ils elles je j' tu nous vous ce c' cela ça ceci celui-ci celle-ci ceux-ci celles-ci".split()
CLITICS = "me m' te t' se s' lui y en".split()
REFLEXIVES = frozenset("se s' me m' te t' nous vous".split())
TONIC = frozenset("lui elle eux elles moi toi nous vous".split())
PREPOSITIONS = (
    "de d' du des à au aux en dans par pour sur sous avec sans contre entre vers chez depuis pendant durant dès selon"
    " envers parmi devant derrière avant après malgré hors outre lors suite face auprès via jusque jusqu' jusqu'à grâce"
    " quant d'après afin près loin hormis sauf concernant début fin mi"
).split()
NEGATIONS_AFTER = frozenset("pas plus jamais guère point nullement aucunement toujours".split())
COORDINATORS = "et ou mais car or ni donc puis".split()
SUBORDINATORS = (
    "quand lorsque lorsqu' si s'il comme puisque puisqu' quoique alors tandis pourquoi comment combien où"
).split()
RELATIVES = "qui dont où lequel laquelle lesquels lesquelles duquel desquels desquelles auquel auxquels auxquelles quiconque".split()
ADVERBS = (
    "aussi ainsi alors encore déjà déja toujours souvent parfois jamais plutôt surtout même notamment pourtant cependant"
    " toutefois néanmoins enfin ensuite puis d'abord désormais bientôt hier aujourd'hui demain récemment ici là très trop"
    " peu assez bien mal mieux tant tellement presque certes sans-doute peut-être bel volontiers également actuellement"
    " clairement publiquement officiellement simplement seulement vraiment longtemps tôt tard auparavant partout ailleurs"
    " d'ailleurs maintenant autrement quasiment là-dessus ouvertement autant non oui haut fort lundi mardi mercredi jeudi"
    " vendredi samedi dimanche matin soir après-midi hélas donc lui-même elle-même eux-mêmes elles-mêmes"
).split()
TIME_WORDS = frozenset(
    (
        "lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui demain janvier février mars avril mai juin"
        " juillet août septembre octobre novembre décembre"
    ).split()
)
SUBJECT_ADVERBS_NOT_NAMES = frozenset(("depuis", "certes", "enfin", "hier", "lundi", "mardi", "mercredi"))

COMMON_VERBS = (
    "être avoir aller faire pouvoir devoir falloir venir devenir revenir tenir obtenir maintenir retenir contenir mettre"
    " permettre remettre transmettre soumettre commettre prendre reprendre surprendre entreprendre voir revoir savoir"
    " recevoir apercevoir percevoir rester sembler paraître apparaître disparaître naître connaître vivre survivre suivre"
    " poursuivre donner porter apporter emporter passer dépasser laisser montrer démontrer compter jouer déjouer tourner"
    " tomber arriver partir sortir entrer rentrer monter remonter descendre courir parcourir mourir ouvrir couvrir découvrir"
    " offrir souffrir servir desservir sentir ressentir mentir finir choisir agir réagir réussir saisir fournir nourrir"
    " établir rétablir garantir bâtir subir unir réunir punir franchir enrichir élargir fléchir réfléchir investir"
    " convertir grandir vieillir affaiblir durcir ralentir remplir accomplir définir rendre perdre vendre attendre entendre"
    " étendre défendre répandre fondre confondre répondre correspondre dépendre suspendre descendre mordre tendre prétendre"
    " rompre interrompre corrompre vaincre convaincre conduire produire réduire introduire traduire construire détruire"
    " instruire nuire luire atteindre éteindre peindre joindre rejoindre craindre contraindre plaindre écrire inscrire"
    " décrire souscrire lire élire battre combattre abattre débattre valoir suffire plaire taire rire sourire conclure"
    " inclure exclure résoudre acquérir conquérir requérir accueillir cueillir fuir boire croire vouloir dire contredire"
    " interdire prédire mener emmener amener ramener lever relever élever enlever soulever acheter racheter peser achever"
    " appeler rappeler jeter rejeter projeter renouveler geler céder accéder succéder procéder posséder espérer opérer"
    " préférer différer transférer conférer considérer libérer accélérer gérer générer tolérer célébrer intégrer pénétrer"
    " régner répéter compléter inquiéter arrêter prêter apprêter fêter refléter révéler régler protéger siéger alléger"
    " abréger créer agréer suppléer employer envoyer renvoyer payer essayer balayer appuyer essuyer ennuyer nettoyer"
    " déployer noyer commencer lancer relancer avancer annoncer dénoncer prononcer renoncer placer remplacer déplacer menacer"
    " forcer renforcer exercer effacer influencer financer percer manger changer échanger engager partager dégager charger"
    " décharger juger loger plonger prolonger diriger exiger rédiger obliger négliger voyager ménager bouger ranger venger"
    " interroger déroger songer piéger héberger émerger converger ravager encourager envisager chercher rechercher marcher"
    " toucher coucher approcher rapprocher accrocher empêcher pêcher cacher attacher détacher lâcher prêcher afficher"
    " déclencher pencher trancher trébucher boucher parler affirmer déclarer assurer expliquer indiquer appliquer impliquer"
    " compliquer publier oublier plier supplier multiplier étudier copier apprécier négocier associer bénéficier modifier"
    " vérifier justifier signifier identifier qualifier confier défier méfier fier lier allier rallier varier marier crier"
    " prier trier nier renier pallier licencier remercier privilégier réfugier distribuer contribuer attribuer continuer"
    " diminuer évaluer évoluer saluer tuer situer constituer substituer effectuer accentuer perpétuer louer jouer vouer"
    " avouer échouer secouer nouer dénouer clouer évoquer provoquer invoquer convoquer bloquer débloquer attaquer manquer"
    " marquer remarquer débarquer risquer pratiquer fabriquer critiquer communiquer revendiquer abdiquer croquer masquer"
    " demander commander recommander garder regarder aider décider accorder aborder border tarder sonder fonder gronder"
    " inonder bombarder accommoder céder plaider résider présider valider consolider liquider sauvegarder poignarder"
    " brader dissuader persuader évader chiffrer montrer rencontrer rentrer filtrer illustrer enregistrer administrer"
    " entrer concentrer livrer délivrer ouvrer œuvrer sombrer encombrer tirer retirer attirer inspirer aspirer respirer"
    " expirer virer désirer admirer durer assurer mesurer figurer inaugurer jurer mourir pleurer demeurer leurrer effleurer"
    " déclarer préparer réparer séparer comparer emparer égarer accaparer parer barrer serrer resserrer desserrer errer"
    " enterrer adorer ignorer explorer déplorer améliorer élaborer collaborer honorer arborer dévorer restaurer instaurer"
    " opposer imposer exposer proposer supposer disposer composer déposer reposer poser oser user accuser refuser abuser"
    " amuser causer excuser ruser viser diviser réviser briser miser utiliser réaliser organiser mobiliser analyser autoriser"
    " favoriser préciser maîtriser paralyser stabiliser neutraliser militariser moderniser normaliser minimiser baser écraser"
    " raser peser croiser puiser épuiser baisser abaisser laisser pousser repousser passer cesser presser blesser dresser"
    " adresser intéresser redresser caresser hausser glisser hisser tisser ramasser chasser lasser classer casser dépasser"
    " embrasser embarrasser fausser endosser penser dépenser récompenser dispenser verser traverser renverser inverser"
    " disperser bouleverser converser danser lancer tester contester protester attester rester détester prester arrêter"
    " traiter retraiter souhaiter profiter éviter inviter limiter imiter hésiter visiter citer inciter exciter susciter"
    " réciter mériter hériter habiter abriter exploiter boiter exister insister résister assister persister consister subsister"
    " ajouter douter redouter écouter coûter goûter dégoûter déguster discuter exécuter disputer réfuter imputer amputer"
    " lutter flotter quitter acquitter permettre rater gratter flatter monter affronter confronter raconter compter dompter"
    " tenter inventer contenter vanter fréquenter augmenter alimenter argumenter commenter tourmenter cimenter fomenter"
    " représenter présenter planter implanter chanter enchanter hanter supporter importer exporter comporter rapporter"
    " remporter déporter porter sauter exalter consulter insulter résulter occulter ausculter récolter révolter capter adapter"
    " accepter adopter opter excepter dater hâter gâter constater éclater dilater relater mandater convoiter nettoyer former"
    " informer transformer réformer confirmer affirmer fermer enfermer armer désarmer alarmer charmer calmer blâmer acclamer"
    " réclamer clamer proclamer exprimer imprimer réprimer supprimer déprimer opprimer primer estimer légitimer animer aimer"
    " nommer sommer consommer gommer assommer consumer assumer résumer présumer fumer allumer donner pardonner abandonner"
    " ordonner sonner raisonner résonner empoisonner emprisonner étonner détonner fonctionner mentionner sanctionner"
    " positionner conditionner questionner soupçonner raisonner façonner couronner gagner accompagner épargner éloigner témoigner"
    " soigner souligner désigner signer assigner enseigner renseigner saigner dédaigner craindre baigner régner dominer terminer"
    " déterminer examiner éliminer illuminer incliner décliner imaginer originer ruiner miner combiner fasciner dessiner mener"
    " entraîner enchaîner traîner déchaîner freiner condamner tourner détourner retourner contourner séjourner ajourner"
    " gouverner concerner discerner alterner incarner borner orner planer émaner ricaner surveiller veiller réveiller travailler"
    " tailler railler dérailler batailler brailler sommeiller conseiller appareiller dépouiller fouiller souiller mouiller"
    " habiller piller briller fusiller sourciller aligner parler hurler brûler rouler dérouler écrouler couler écouler découler"
    " fouler refouler bousculer calculer spéculer circuler reculer basculer articuler manipuler stipuler formuler simuler"
    " dissimuler stimuler accumuler annuler moduler hurler voler survoler violer isoler consoler désoler frôler contrôler"
    " enrôler coller décoller installer emballer déballer balayer signaler égaler avaler étaler empiler filer défiler profiler"
    " mutiler exiler assimiler fidéliser nucléariser mêler démêler geler révéler receler grouper occuper préoccuper"
    " couper découper anticiper participer émanciper dissiper équiper grimper ramper tremper détremper tromper camper escamper"
    " développer envelopper échapper frapper rattraper draper happer stopper usurper extirper grouper taper éviter priver"
    " arriver activer motiver cultiver captiver dériver raviver aviver laver graver aggraver entraver braver saluer observer"
    " conserver préserver réserver servir approuver prouver éprouver trouver retrouver couver innover rénover sauver lever"
    " rêver crever bricoler claquer plaquer traquer braquer trafiquer vexer fixer annexer indexer taxer relaxer boxer"
    " éclairer tarder relier sceller ébranler enjamber succomber absorber perturber courber troubler doubler ressembler"
    " rassembler assembler trembler combler câbler sembler accabler meubler cibler régler jongler sangler épingler aveugler"
    " souffler gifler gonfler ronfler étouffer chauffer réchauffer griffer greffer coiffer truffer triompher chiffrer"
    " déchiffrer"
).split()

NOUNS_LIKE_VERBS = frozenset(
    (
        # Nouns and adjectives that look like a finite form: read as verbs only behind a subject pronoun or a clitic.
        "visite offre demande aide force reste porte marche place charge garde envoie entente attaque menace annonce course"
        " forme cause base crise ligne signe terme livre liste note montre manque marque mesure nombre objet part"
        " partie point poste presse prise programme rencontre réforme rente réserve rompue route série serre source soit"
        " soldes somme sorte souffle suite table tente titre traite travaille trouble usage vente vise voie vote zone arme"
        " armes adresse allie alliés accorde bloque brise bruit but cadre calme camp centre chasse chef classe compte"
        " conseille contraste contrôle copie coupe couvre critique croise culture danse date dette dispute doute double"
        " ferme figure file fois fonds force frappe frappes gagne glisse groupe guide hausse influence intrigue joue juge"
        " laisse limite livres lutte manœuvre mine mines module monde monte nage observe ordre parle passe patrouille paye"
        " pense pile plaide plan plante pouvoir pratique programme projet promesse pub publie recherche regarde relance"
        " remarque remise répond retraite reprise rêve rompt rouge rue saisie sauve sens sert sommes sonde sorties suis tir"
        " tire tirs touche tour tourne trace traverse trêve tue ventes veto vive vide vue fait faits dit entrée sortie"
        " arrivée tenue mise venue être avoir dîner savoir devoir soupçon souhait effort état façade réunion produit produits"
        " conduit concours cours recours secours discours parcours fait conflit extrait retrait trait portrait lait"
        " bienfait intérêt arrêt prêt mort morts fils mis pris pas plus moins couvert ouvert découverte"
        " a est ouest ère"
    ).split()
) - {"a", "est", "parle", "pense", "répond", "sert", "envoie", "accorde", "travaille", "regarde", "publie", "plaide"}

HUMAN_NOUNS = frozenset(
    (
        "président présidente ministre premier première porte-parole directeur directrice chercheur chercheuse chercheurs"
        " expert experte experts analyste analystes spécialiste spécialistes diplomate diplomates responsable responsables"
        " ambassadeur ambassadrice patron patronne chef cheffe député députée députés sénateur sénatrice sénateurs maire"
        " maires avocat avocate avocats procureur procureure juge juges magistrat magistrats syndicat syndicats association"
        " associations ong agence agences journal quotidien hebdomadaire magazine gouvernement gouvernements opposition"
        " majorité parti partis police armée état-major renseignement services administration institut observatoire"
        " fédération conseil comité commission cour tribunal rapport étude presse médias média télévision radio source"
        " sources auteur auteure auteurs autrice historien historienne historiens économiste économistes politologue"
        " sociologue professeur professeure enseignant enseignants étudiant étudiants étudiante médecin médecins infirmière"
        " soignants patient patients agriculteur agriculteurs éleveur syndicaliste ouvrier ouvriers salarié salariés employé"
        " cadre habitants habitant habitante riverain riverains voisin voisins voisine témoin témoins victime victimes"
        " militant militante militants manifestants électeur électeurs candidat candidate candidats élu élue élus conseiller"
        " conseillère conseillers secrétaire général générale commissaire officier officiers officiel officiels officielle"
        " militaire militaires soldat soldats colonel commandant capitaine policier policiers enquêteurs enquêteur dirigeant"
        " dirigeante dirigeants leader autorités autorité intéressé intéressée jeune femme homme hommes femmes mère père"
        " frère sœur fille fils famille proches entourage entraîneur joueur joueuse sélectionneur capitaine coach club"
        " footballeur athlète artiste chanteur chanteuse acteur actrice réalisateur réalisatrice écrivain écrivaine cinéaste"
        " romancier romancière journaliste journalistes éditorialiste envoyé envoyée correspondant correspondante"
        " observateur observateurs critique critiques scientifique scientifiques climatologue biologiste physicien"
        " ingénieur ingénieure technicien gérant gérante commerçant commerçants entrepreneur industriel industriels"
        " constructeur constructeurs banque banques banquier groupe entreprise société fondateur fondatrice vice-président"
        " vice-présidente coordinateur coordinatrice délégué déléguée animateur rédacteur rédactrice ancien ancienne lecteur"
        " lectrice participant usager usagers consommateurs parents élève élèves prêtre évêque pape imam rabbin roi reine"
        " cercle centre cabinet organisation laboratoire fondation collectif chambre fonds haut-commissaire think-tank"
        " prince princesse chancelier chancelière gouverneur gouverneure préfet préfète préfecture ministère mairie région"
        " département direction syndicaliste retraité retraitée camarade pompiers"
    ).split()
)
"""Nouns of people and bodies that speak."""

MEDIUM_NOUNS = frozenset(
    (
        "communiqué communiqués entretien interview tribune message discours rapport note lettre courriel tweet billet"
        " conférence point intervention allocution réunion séance émission article éditorial livre ouvrage document"
        " déclaration texte visite briefing vidéo podcast plateau micro antenne réseau réseaux téléphone"
    ).split()
)
"""Nouns of what is spoken in: « dans un communiqué » is no part of a source."""

NOT_SPEAKERS_AFTER_SELON = frozenset(
    (
        "que lequel laquelle cas saison saisons loi lois règle règles régions région pays modalités besoin besoins moyens"
        " circonstances formule expression usage terme termes âge taille type types critère critères méthode calendrier"
        " principe logique procédure norme normes tradition toute toutes toi moi"
    ).split()
)
