"""Institutions that the press of any subject names, and the words that head a name of one."""

from __future__ import annotations

from parallaxe.annotate.entity_rules.folding import fold_name


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.replace("\n", " ").split(","))


# Organisations of the world, of states and of the media: spellings of one stand between « = », the first gives the id.
ORGANISATIONS = tuple(
    tuple(spelling.strip() for spelling in one.split("="))
    for one in _names(
        """
        ONU = Nations unies = Organisation des Nations unies = O.N.U., OTAN = Alliance atlantique = Otan,
        Union européenne = UE = U.E. = Communauté européenne = CEE, G7 = G-7, G20, G8, Brics = BRICS, Asean =
        ASEAN, AIEA = Agence internationale de l'énergie atomique,
        OMS = Organisation mondiale de la santé, OMC = Organisation mondiale du commerce, FMI = Fonds monétaire
        international,
        Banque mondiale, OCDE, OSCE, OPEP, Unesco = UNESCO, Unicef = UNICEF, HCR, Unrwa, CPI = Cour pénale
        internationale, CIJ = Cour internationale de justice,
        CICR = Comité international de la Croix-Rouge, Croix-Rouge, Ligue arabe, Union africaine, Cédéao =
        CEDEAO, Mercosur,
        Organisation de coopération de Shanghai = OCS, OTSC, CEI, Société des Nations = SDN, Conseil de l'Europe,
        Commission européenne, Parlement européen, Conseil européen, Banque centrale européenne = BCE,
        Eurogroupe, Frontex, Europol, Interpol,
        Conseil de sécurité de l'ONU = Conseil de sécurité des Nations unies = Conseil de sécurité, Assemblée
        générale de l'ONU = Assemblée générale des Nations unies,
        Conseil de sécurité nationale, Département d'État = département d'État, Trésor américain, Réserve
        fédérale = Fed, Chambre des représentants, Cour suprême,
        CIA, FBI, NSA, Nasa = NASA, FSB, KGB, GRU, SVR, MI5, MI6, Mossad, Shin Bet, DGSE, DGSI, Tsahal,
        Pentagone, Kremlin,
        Maison-Blanche = Maison Blanche, Élysée = palais de l'Élysée, Matignon, Quai d'Orsay, Quai-d'Orsay,
        Bercy, Place Beauvau, Downing Street, Foggy Bottom, Capitole,
        Bundestag, Bundesrat, Bundeswehr, Reichstag, Knesset, Douma = Duma, Politburo, Cortes, Saint-Siège,
        Sublime Porte, Westminster,
        Assemblée nationale, Sénat, Conseil d'État, Conseil constitutionnel, Conseil fédéral, Conseil national,
        Conseil des États, Cour de cassation, Cour des comptes, Conseil des ministres,
        Garde nationale, Légion étrangère, Armée rouge, Wehrmacht, Gestapo, Luftwaffe, Komintern, Parti
        communiste = PCF, Parti socialiste, Rassemblement national,
        Front national, La France insoumise = LFI, Les Républicains, Renaissance, Parti démocrate, Parti
        républicain, Parti du travail, Parti travailliste,
        Parti conservateur, Labour, CDU, CSU, SPD, AfD, Likoud, Hamas, Hezbollah, Fatah, OLP, PKK, Daech, État
        islamique, Al-Qaida = Al-Qaïda, Boko Haram, Wagner = groupe Wagner,
        CGT, CFDT, FO, Medef, SNCF, RATP, EDF, TotalEnergies, Airbus, Boeing, Lockheed Martin, Dassault, Thales,
        Safran, Renault, Peugeot, Michelin, Gazprom, Rosneft, Lukoil, Rosatom, Rostec, Roscosmos,
        Huawei, Samsung, Hyundai, Hanwha, Google, Apple, Microsoft, Amazon, Facebook, Twitter, Tesla, SpaceX,
        Starlink, TikTok, Telegram, YouTube, Wikipédia, OpenAI, Nvidia, Toyota, Sony,
        AFP = Agence France-Presse, Reuters, Associated Press = AP, Bloomberg, ANSA, DPA, Belga, ATS, EFE,
        Havas, TASS = Tass = Itar-Tass, RIA Novosti = Ria Novosti, Interfax, Sputnik, RT, Ukrinform, Xinhua =
        Chine nouvelle, KCNA, Yonhap, Kyodo, Jiji, Anadolu, Irna,
        New York Times = The New York Times = NYT, Washington Post, Wall Street Journal, Los Angeles Times, USA
        Today, Time, Newsweek, Politico, Financial Times, Guardian, The Guardian, Times, Sunday Times, Daily
        Mail, Economist, The Economist, Sun,
        Le Monde, Le Figaro, Figaro, Libération, La Croix, L'Humanité, Les Échos, Le Parisien, Ouest-France, Le
        Point, L'Express, Le Nouvel Observateur, L'Obs, Mediapart, Marianne, Le Canard enchaîné, Charlie Hebdo,
        Le Soir, Le Temps, La Libre Belgique, Courrier international, Le Monde diplomatique, Paris Match,
        Journal de Genève, Gazette de Lausanne, Der Spiegel, Spiegel, Die Welt, Die Zeit, Bild, Süddeutsche
        Zeitung, Frankfurter Allgemeine Zeitung, El País, El Mundo, La Repubblica, Corriere della Sera, La
        Stampa, Kommersant, Izvestia, Pravda, Novaïa Gazeta, Rossiya 1, Meduza, Kyiv Independent, Global Times,
        China Daily, South China Morning Post, Rodong Sinmun, Chosun Ilbo, Hankyoreh, JoongAng Ilbo, Korea
        Herald, Korea Times, Asahi Shimbun, Yomiuri Shimbun, Nikkei, NHK, KBS, NK News, 38 North, Haaretz,
        Jerusalem Post, Al-Jazira = Al Jazeera, BBC, CNN, Fox News, NBC, ABC News, CBS, MSNBC, BFM-TV = BFMTV,
        LCI, CNews, France Info, Franceinfo, France Inter, France 24, RFI, TF1, France 2, Arte, RTL, Europe 1,
        TV5 Monde, Deutsche Welle, Radio Free Asia, Voice of America,
        Amnesty International, Human Rights Watch, Médecins sans frontières = MSF, Greenpeace, Oxfam,
        Transparency International, Reporters sans frontières, Secours catholique, Emmaüs, WWF,
        Sipri = SIPRI, Ifri = IFRI, Iris, RAND Corporation, Rand Corporation, Chatham House, Brookings
        Institution, Carnegie, Conseil de l'Atlantique, Atlantic Council, Heritage Foundation, CNRS, Inserm,
        Insee, Sciences Po, Sorbonne, Collège de France, ENA, Polytechnique, Harvard, Stanford, Yale, Princeton,
        Oxford University, MIT, Institut Pasteur, Académie française, Comédie-Française, Louvre, Banque de
        France, Opéra de Paris, Comité international olympique = CIO, Fifa = FIFA, UEFA, PSG, Real Madrid, FC
        Barcelone,
        CAC 40, Dow Jones, Nasdaq, Nikkei, DAX, Euronext, LVMH, Kering, L'Oréal, Sanofi, Pfizer, AstraZeneca,
        Moderna, Novartis, Roche, Bayer, BASF, Siemens, Volkswagen, BMW, Mercedes-Benz, Porsche, Stellantis, Fiat,
        Ford, General Motors, Honda, Nissan, Hyundai, BYD, Alstom, Bombardier, Saint-Gobain, Schneider Electric,
        Vinci, Bouygues, Eiffage, Veolia, Suez, Engie, Orano, Framatome, Arkema, Air Liquide, ArcelorMittal, Nestlé,
        Danone, Lactalis, Unilever, Carrefour, Auchan, Casino, Leclerc, Intermarché, Lidl, Ikea, Decathlon, Fnac,
        Orange, SFR, Free, Bouygues Telecom, Vivendi, Canal+, Netflix, Disney, Warner Bros, Ubisoft, Capgemini,
        Atos, OVHcloud, Deezer, Spotify, Uber, Airbnb, Intel, IBM, AMD, ASML, TSMC, Alibaba, Tencent, Baidu, Xiaomi,
        Meta, Anthropic, Mistral AI, BNP Paribas, Société générale, Crédit agricole, Crédit mutuel, Caisse
        d'épargne, La Banque postale, La Poste, Axa, Allianz, Goldman Sachs, JPMorgan, BlackRock, UBS, Credit
        Suisse, Deutsche Bank, HSBC, Moody's, Caisse des dépôts, Bpifrance, Air France, Air France-KLM, Lufthansa,
        Ryanair, EasyJet, Eurostar, Aéroports de Paris = ADP, CMA CGM, Maersk, Shell, BP, ExxonMobil, Chevron, Eni,
        Equinor, Repsol, Aramco, Petrobras, Sonatrach, Glencore, Eramet, Gallimard, Hachette, Grasset, Flammarion,
        Actes Sud, Le Seuil, Albin Michel, Fayard, Plon, Editis, Pathé, Gaumont, CFTC, CFE-CGC, Solidaires, Unsa,
        FNSEA, Confédération paysanne, Coordination rurale, CPME, FSU, Unef, Parti communiste français, Parti
        radical, Europe Écologie-Les Verts = EELV, Les Écologistes, Les Verts, MoDem, Horizons, Reconquête, UDI,
        UMP, Place publique, Parti populaire, Vox, Podemos, Junts, Parti social-démocrate, Fidesz, Ligue du Nord,
        Forza Italia, Fratelli d'Italia, Parti des travailleurs, Ligue Awami, Congrès national africain = ANC,
        Frelimo, Renamo, Monusco, Minusma, Minusca, M23, AQMI, Jnim = Groupe de soutien à l'islam et aux musulmans,
        Chabab, Farc, ELN, Sentier lumineux, Union européenne de radio-télévision, Alliance des États du Sahel,
        Banque africaine de développement, OIT, OMI, PNUD, PAM, Programme alimentaire mondial, UNHCR, Giec = GIEC,
        FAO, Haut-Commissariat aux réfugiés, Opaq, Haute Autorité de santé = HAS, Santé publique France, Assurance
        maladie, Sécurité sociale, Pôle emploi, France Travail, Météo-France, Office national des forêts = ONF,
        Ademe, Anses, ARS, Arcom, Cnil, Autorité des marchés financiers = AMF, Autorité de la concurrence, Parquet
        national financier = PNF, Inspection générale des finances, Protection civile, Secours populaire, Restos du
        cœur, Fondation Abbé-Pierre, Ligue des droits de l'homme, SOS Méditerranée, Cimade, Anticor, Attac, WWF,
        LPO, Institut Curie, Institut Gustave-Roussy, Inrae, Ifremer, CEA, Cirad, IRD, Onera, Cnes, Agence spatiale
        européenne = ESA, Cern, Ined, Crédoc, OFCE, Ifop, Ipsos, Elabe, Odoxa, Comédie-Française, Centre Pompidou,
        Musée d'Orsay, Philharmonie de Paris, Villa Médicis, Tate Modern, MoMA, France Télévisions, Radio France,
        France 3, France 5, France Culture, M6, C8, RMC, Public Sénat, LCP, HBO, Telegraph, La Voix du Nord, Le
        Dauphiné libéré, La Dépêche du Midi, Le Télégramme, Nice-Matin, La Provence, L'Est républicain, Le Progrès,
        Paris-Normandie, Sud Ouest, Midi libre, La Montagne, Le Républicain lorrain, Dernières Nouvelles d'Alsace =
        DNA, Le Journal du Dimanche = JDD, La Tribune, L'Équipe, Télérama, Valeurs actuelles, Le Devoir, La Presse,
        Jeune Afrique, El Watan, El Moudjahid, O Globo, Folha de S. Paulo, Clarín, La Nación, El Tiempo, El
        Universal, Union Bordeaux-Bègles, Stade Toulousain, Stade Rennais, Stade de Reims, Stade Français, Racing
        92, Olympique de Marseille = OM, Olympique Lyonnais = OL, Paris Saint-Germain, AS Monaco, RC Lens, LOSC,
        Girondins de Bordeaux, Manchester United, Manchester City, Liverpool FC, Arsenal, Chelsea, Bayern Munich,
        Borussia Dortmund, Juventus, Inter Milan, AC Milan, Atlético Madrid, Ajax Amsterdam, Ligue 1, Top 14, NBA,
        LFP, FFF
        """
    )
)

# The seats of power stand for those who sit there; the building itself is a place.
SEATS = frozenset(map(fold_name, ("Kremlin", "Maison-Blanche", "Élysée", "Pentagone", "Matignon", "Capitole")))

# Short common names among them, which only a capital inside a sentence tells from words.
ORDINARY = frozenset(
    map(
        fold_name,
        (
            "Time",
            "Sun",
            "Times",
            "Renaissance",
            "Libération",
            "Iris",
            "Carnegie",
            "Sénat",
            "Roche",
            "Ford",
            "Casino",
            "Leclerc",
            "Orange",
            "Free",
            "Suez",
            "Meta",
            "Intel",
            "Horizons",
            "Reconquête",
            "Solidaires",
            "Vox",
            "Arsenal",
            "Bombardier",
            "Shell",
            "Plon",
            "Junts",
            "La Presse",
            "La Tribune",
            "La Provence",
            "La Montagne",
            "Le Progrès",
            "Place publique",
            "Sud Ouest",
            "Le Devoir",
            "La Nación",
            "Chelsea",
            "Disney",
            "Porsche",
            "Siemens",
        ),
    )
)

# The head belongs to the name, whatever its first letter: « université Kookmin ».
KEPT_HEADS = _names(
    "université, institut, lycée, fondation, cercle, collège, académie, école, banque, musée, centre, "
    "observatoire, laboratoire, "
    "hôpital, tribunal, parlement, comité, ligue, association, fédération, amicale, union, conseil, "
    "commission, mouvement, front, "
    "syndicat, collectif, coalition, alliance, brigade, régiment, division, bataillon, confédération, cour, "
    "chambre, ministère, "
    "secrétariat, agence spatiale, banque centrale, haut-commissariat, organisation, office, forum citoyen, "
    "club, cartel, "
    "conférence, congrès, assemblée, sénat, parti, garde, département, état-major, agence, groupe, société, "
    "compagnie, cabinet, "
    "réseau, maison, théâtre, orchestre, festival, opéra, délégation, autorité, fonds, forces, "
    "armée, marine, flotte, police, garde-côtes, gazette, revue, journal, radio, télévision, programme, atelier, "
    "CHU, CHRU, coopérative, mutuelle, consortium, chantiers, usine, compagnons, cahiers, cellule, pôle, think tank, "
    "rassemblement, convention"
)

# Without a capital these are words about the name that follows, which stands alone: « le cabinet X », « l'agence X ».
LOOSE_HEADS = frozenset(
    map(
        fold_name,
        _names(
            "agence, groupe, société, compagnie, cabinet, réseau, maison, parti, club, gazette, revue, "
            "journal, radio, télévision, banque, "
            "mouvement, syndicat, forces, programme, usine, fonds, organisation, atelier, consortium, "
            "armée, marine, flotte, police, chantiers, association, coalition, think tank, festival, "
            "conférence, garde, cahiers, pôle, cellule, union, alliance"
        ),
    )
)

# With the name of a place behind them these need no capital: « université de Nantes », « parlement de Kiev ».
PLACED_HEADS = frozenset(
    map(
        fold_name,
        _names(
            "université, lycée, tribunal, banque centrale, académie, école, institut, musée, hôpital, centre,"
            " observatoire"
        ),
    )
)

# A body of a state that its adjective makes one: « armée russe », « Marine sud-coréenne » (guidelines: confidence low).
STATE_BODIES = frozenset(
    map(
        fold_name,
        _names(
            "armée, gouvernement, marine, aviation, flotte, parlement, armée de l'air, armée de terre, forces "
            "armées, état-major, agence spatiale, "
            "banque centrale, garde nationale, sénat, police, garde côtière, garde républicaine, cour "
            "suprême, parti communiste, "
            "conseil de sécurité, commission électorale, agence de presse officielle, ministère de la "
            "défense, ministère des affaires étrangères, "
            "assemblée nationale, cour constitutionnelle"
        ),
    )
)

# The last word of many English names of institutions.
ENGLISH_HEADS = frozenset(
    map(
        fold_name,
        "Institute Institution Center Centre Council Foundation University College School Times Post Journal "
        "News Press Review Tribune Herald Mail "
        "Telegraph Observer Standard Group Corporation Corp Company Inc Ltd Bank Agency Association Project "
        "Initiative House Network Service "
        "Services Watch International Airlines Industries Systems Dynamics Technologies Society Committee "
        "Board Party Union Trust Fund Forum Lab Labs "
        "Magazine Daily Weekly Zeitung Shimbun Ilbo TV Radio Media Motors Electric Energy Holdings Partners "
        "Records Studios Global Analytics".split(),
    )
)
