"""Names that stand in for those of the training articles, so that a model learns contexts and not sixteen articles.

General lists, written for this and drawn from no corpus: persons, places and organisations that do not exist or that
happen to share a name with one, in the sounds of many languages; common kinds of dates, materiel and treaties. Words
are parted by commas. A model must not learn this list by heart either: each list is halved by `halves`, one half to
train on, the other to ask afterwards what becomes of names that nobody has seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(entry.split()) for entry in text.split(","))


def halves(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names to train on, about two thirds, and those kept for the check; by their hash, so that lists may grow.

    >>> [len(half) for half in halves(FAMILY_NAMES)]
    [180, 98]
    """
    kept = {name for name in names if sha256(name.encode()).digest()[0] % 3 == 0}
    return tuple(name for name in names if name not in kept), tuple(name for name in names if name in kept)


FIRST_NAMES = _listed(
    """Aïcha, Alain, Alejandro, Alexeï, Ali, Amina, Anatoli, Anders, Andrzej, Angela, Anja, Anouk, Antoine, Arjun,
    Astrid, Aurélie, Ayodele, Bachir, Barbara, Beatriz, Benoît, Bjørn, Boris, Brigitte, Bruno, Camille, Carlos, Carmen,
    Cécile, Charles, Chiara, Christine, Claire, Claudia, Colette, Cristina, Damien, Daria, David, Deepika, Denis,
    Diego, Dimitri, Dominique, Edmund, Ekaterina, Elena, Éliane, Élodie, Emeka, Emma, Enrique, Erik, Étienne, Eva,
    Fabienne, Farid, Fatou, Fernando, Florence, François, Gabriel, Gareth, Gaspard, Geneviève, Georges, Giulia, Grace,
    Grégoire, Guillaume, Gustavo, Habib, Hans, Hassan, Helmut, Hervé, Hiroshi, Hussein, Ibrahim, Igor, Ilse, Inès,
    Ingrid, Irina, Isabelle, Ivan, Jacques, Jamal, James, Jana, Jean, Jean-Luc, Jean-Baptiste, Marie-Hélène,
    Anne-Sophie, Jennifer, Joaquín, Jonas, José, Juliette, Kamel, Karim, Katarzyna, Kenji, Kofi, Konstantin, Lars,
    Laurence, Léa, Leïla, Leonardo, Liam, Linda, Loïc, Louis, Lucía, Ludovic, Luis, Madeleine, Magali, Mahmoud, Manuel,
    Marc, Margaret, Maria, Mariam, Marius, Marta, Martin, Mathilde, Maurice, Mehdi, Mehmet, Michael, Michèle, Miguel,
    Mikhaïl, Mohamed, Monique, Moussa, Nadia, Narendra, Natalia, Nicolas, Nikola, Noémie, Odile, Olga, Oleksandr, Omar,
    Oscar, Ousmane, Pablo, Paolo, Pascale, Patrick, Paul, Pedro, Peter, Petra, Philippe, Pierre, Priya, Rachid, Raúl,
    Régine, Richard, Robert, Rodrigo, Roland, Rosa, Sabine, Salima, Samuel, Sandra, Sarah, Sébastien, Sergio, Simone,
    Sofia, Solange, Stanislav, Stéphane, Susan, Svetlana, Sylvie, Takeshi, Tamara, Tariq, Tatiana, Thérèse, Thomas,
    Tomasz, Ulrich, Valérie, Vassili, Véronique, Viktor, Vincent, Walter, William, Xavier, Yann, Yasmina, Youssef,
    Yuki, Yvette, Zeynep, Zoé, Ding, Wei, Min, Jae, Soo, Li, Chen, Thanh"""
)

FAMILY_NAMES = _listed(
    """Abadie, Abdelkader, Adeyemi, Aguilar, Aguirre, Ahlström, Akhtar, Al-Masri, Albrecht, Alvarado, Amrani, Andersen,
    Anselme, Antonov, Aoki, Arslan, Artaud, Asante, Aubert, Avramov, Badinot, Bakayoko, Balogh, Baptista, Barbosa,
    Barreau, Bartosz, Baskaran, Baumgartner, Bazin, Beaulieu, Becker, Belkacem, Bellamy, Ben Amor,
    Ben Youssef, Benítez, Bergeron, Bianchi, Bielsa, Blanchard, Bogdanov, Boileau, Bonnefoy, Borodine, Bouchard,
    Boudjellal, Bourguignon, Brandt, Brennan, Brzezicki, Bui, Cabrera, Calderón, Callaghan, Camara, Carvalho, Castelli,
    Cazenave, Çelik, Chandra, Charpentier, Chaudhary, Chevallier, Cissé, Clémentin, Colombani, Cordier,
    Correia, Costa, Coulibaly, Crawford, Czerny, d'Aubigny, d'Estrées, da Silva, Dahl, Dallaire, Davies, de Groot,
    de La Fontenelle, de Montreuil, de Vries, Delacourt, Delgado, Demir, Deschamps, Diallo, Diarra, Dimitrov, Dos
    Santos, Doucet, Dragomir, Dubreuil, Duong, Dupont, Durand, Echeverría, Edwards, El Fassi, El-Sayed, Eriksson,
    Espinoza, Evans, Fabre, Faure, Fedorov, Ferrand, Fischer, Fitzgerald, Fofana, Fontaine, Fournel, Friedman, Fujita,
    Gagnon, Gallois, Garnier, Gasparov, Gautier, Ghosh, Giordano, Girard, Goldberg, Gomes, Gorbounov, Gonçalves,
    Grigorescu, Grosjean, Guérin, Gupta, Gutiérrez, Haddad, Halvorsen, Hamdan, Harrison, Hartmann, Hashimoto, Hernández,
    Hoang, Holmqvist, Horvath, Huang, Ionescu, Ivanenko, Ivanova, Jankowski, Jansen, Jaubert, Jensen, Johansson,
    Jovanović, Kaboré, Kaczmarek, Kamara, Karimov, Kato, Keïta, Khalil, Khatchaturian, Kimura, Kiptoo,
    Kobayashi, Kone, Konaté, Kovacs, Kovalenko, Kowalski, Krüger, Kumar, Kuznetsov, Labarthe, Lacombe,
    Lambert, Larsen, Lavigne, Le Bihan, Le Goff, Lebedev, Lefranc, Leroux, Levasseur, Lindqvist, Lombardi,
    Loukachevitch,
    Mac Carthy, MacLeod, Magnusson, Mancini, Marchetti, Maréchal, Martínez, Masson, Mbaye, McAllister,
    Mendoza, Mercier, Mihailov, Miller, Mokrani, Montgomery, Moreau, Moretti, Moskalenko, Mukherjee,
    Müller, Nakamura, Ndiaye, Nguyen, Nikolaïev, Novak, Nowicki, O'Brien, O'Connell, Obradović, Okafor, Okonkwo,
    Oliveira, Orlov, Ortega, Ouattara, Öztürk, Papadakis, Patel, Pavlenko, Pellerin, Perrin, Petrenko, Petrossian,
    Pham, Poirier, Popescu, Quintana, Rahmani, Ramírez, Reyes, Robinson, Romanov, Rossi, Rousseau,
    Sadykov, Salvatore, Sánchez, Sato, Schneider, Semionov, Sharma, Sidorov, Singh, Sissoko, Sokolov, Stewart,
    Suleimanov, Svensson, Tanaka, Tchernov, Thévenin, Thompson, Touré, Traoré, Tremblay, Tran, Tsai,
    Vandenberghe, Vargas, Vasquez, Verhoeven, Villeneuve, Volkov, Watanabe, Weber, Wójcik, Yamamoto,
    Yilmaz, Zakharenko, Zhang, Ziegler, Zimmermann"""
)

EASTERN_NAMES = _listed(
    """Park Min-seo, Lee Sang-hoon, Choi Yu-jin, Han Seung Woo, Jung Ho-seok, Kang Dae Jung, Yoon Ji-ho, Lim Chae Won,
    Shin Dong-hyuk, Ri Chol Su, Pak Yong Ho, Jang Song-min, Kwon Hyuk, Moon Tae-il, Bae Doo-na, Seo In Guk, Ahn Kyung,
    Hwang Jin-yi, Oh Se Jin, Nam Joo-hyuk, Li Weiming, Wang Jianlin, Zhao Lijun, Chen Guowei, Liu Xiaoyu, Zhou Enmin,
    Deng Haoran, Hu Yaping, Sun Zhongwen, Ma Lingyu, Nguyen Van Thanh, Tran Duc Long, Pham Minh Quan, Le Thi Hoa,
    Ito Haruka, Sato Kenji, Abe Masato, Mori Yuko, Kim Yong-chol, Kim Dae-hyun, Kim Hyon Hui, Kim Sang-guk"""
)

CITIES = _listed(
    """Alger, Almaty, Amsterdam, Ankara, Antananarivo, Aragnac, Astana, Asunción, Athènes, Bagdad, Bakou, Bamako,
    Bangkok, Barrancas, Belgrade, Belorvik, Berlin, Bichkek, Bogota, Brasilia, Bratislava, Brest, Brijuni, Brisbane,
    Bruxelles, Bucarest, Budapest, Buenos Aires, Cali, Calvados, Canberra, Caracas, Carthagène, Casablanca, Chişinău,
    Colombo, Conakry, Copenhague, Cordoba, Dakar, Damas, Dar es Salaam, Djakarta, Djibouti, Doha, Donetsk, Dublin,
    Durban, Erevan, Fortaleza, Gdansk, Genève, Gênes, Grenade, Guadalajara, Halifax, Hambourg, Hanoï, Helsinki,
    Hô Chi Minh-Ville, Irkoutsk, Istanbul, Izmir, Johannesburg, Juba, Kaboul, Kaliningrad, Karachi, Katmandou, Kazan,
    Khartoum, Kherson, Kigali, Kinshasa, Korelsk, La Havane, La Haye, La Paz, La Rochelle, Lagos, Lahore, Le Caire,
    Le Cap, Le Havre, Lille, Lima, Lisbonne, Ljubljana, Londres, Louhansk, Luanda, Lviv, Lyon, Madrid, Managua, Manille,
    Marioupol, Marseille, Melbourne, Mexico, Minsk, Mogadiscio, Montréal, Mourmansk, Mykolaïv, Nagasaki, Nairobi,
    Nantes, Niamey, Nicosie, Novgorod, Odessa, Omsk, Oslo, Ottawa, Ouagadougou, Oulan-Bator, Oust-Kamen, Panama, Perth,
    Podgorica, Port-au-Prince, Port-Vauban, Porto, Prague, Pretoria, Québec, Quito, Rabat, Reykjavik, Riga, Rio, Riyad,
    Rome, Rostov-sur-le-Don, Rotterdam, Saint-Aubin-les-Mines, Saint-Jean-du-Gué, Saint-Pétersbourg, Salamanque,
    Samarcande, San Francisco, San Salvador, Sanaa, Santiago, Sarajevo, Séville, Shanghai, Skopje, Sofia, Stockholm,
    Sydney, Taipei, Tallinn, Tachkent, Tbilissi, Tirana, Toronto, Toulouse, Tripoli, Tunis, Turin, Tver, Uppsala,
    Valence, Valparaiso, Varsovie, Vienne, Vilnius, Villeneuve-le-Roc, Vinh, Vorkhino, Zagreb, Zaporijia, Zurich"""
)

FEMININE_LANDS = _listed(
    """Abkhazie, Afrique du Sud, Albanie, Algérie, Allemagne, Andalousie, Angleterre, Argentine,
    Arménie, Australie, Autriche, Bavière, Belgique, Bessarabie, Biélorussie, Birmanie, Bolivie, Bosnie, Bretagne,
    Bulgarie, Castille, Catalogne, Centrafrique, Colombie, Côte d'Ivoire, Courlande, Crimée, Croatie, Écosse, Égypte,
    Érythrée, Espagne, Estonie, Éthiopie, Finlande, Flandre, Galicie, Géorgie, Grèce, Guinée, Guyane, Hongrie, Inde,
    Indonésie, Irlande, Islande, Italie, Jordanie, Kirghizie, Lettonie, Libye, Ligurie, Lituanie, Lombardie, Macédoine,
    Malaisie, Mandchourie, Mauritanie, Moldavie, Mongolie, Namibie, Norvège, Nouvelle-Zélande,
    Nouvelle-Calédonie, Ouganda, Papouasie, Pologne, Poméranie, République tchèque, Roumanie, Sardaigne, Saxe, Serbie,
    Sibérie, Sicile, Slovaquie, Slovénie, Somalie, Suède, Suisse, Syrie, Tanzanie, Tasmanie, Tchétchénie, Thaïlande,
    Transnistrie, Tunisie, Turquie, Union européenne, Uruguay, Valdovie, Zambie"""
)

MASCULINE_LANDS = _listed(
    """Azerbaïdjan, Bangladesh, Belize, Bénin, Botswana, Brésil, Burkina Faso, Burundi, Cambodge, Cameroun, Canada,
    Caucase, Chili, Congo, Costa Rica, Danemark, Daghestan, Donbass, Ghana, Guatemala, Honduras, Kazakhstan, Kenya,
    Kosovo, Kurdistan, Laos, Liban, Liberia, Luxembourg, Maghreb, Mali, Maroc, Mexique, Monténégro, Mozambique, Niger,
    Nigeria, Paraguay, Pakistan, Panama, Pérou, Portugal, Proche-Orient, Moyen-Orient, Qatar, Québec, Royaume-Uni,
    Rwanda, Sahel, Salvador, Sénégal, Soudan, Sri Lanka, Tadjikistan, Tchad, Tibet, Togo, Turkménistan, Venezuela,
    Vietnam, Yémen, Zimbabwe, Ouzbékistan, Afghanistan, Irak, Équateur"""
)

PLURAL_LANDS = _listed(
    """Açores, Alpes, Antilles, Ardennes, Asturies, Balkans, Bahamas, Canaries, Carpates, Comores,
    Émirats arabes unis, Flandres, Fidji, îles Salomon, Maldives, Pays-Bas, Pays baltes, Philippines, Pouilles,
    Seychelles, Vosges, Provinces-Unies"""
)

PLACES_WITH_HEADS = _listed(
    """mer Noire, mer Baltique, mer d'Azov, mer de Marmara, mer de Barents, golfe d'Oman, golfe de Finlande, golfe
    Persique,
    détroit d'Ormuz, détroit du Bosphore, canal de Suez, canal de Panama, cap de Bonne-Espérance, péninsule arabique,
    péninsule ibérique, plateau du Golan, désert du Sinaï, vallée du Panchir, lac Baïkal, lac Tchad, fleuve Amour,
    base de Bagram, base navale de Tartous, port d'Odessa, port de Gênes, aéroport de Hostomel, aéroport de Roissy,
    centrale de Zaporijia, centre spatial de Kourou, cosmodrome de Plessetsk, gare de Varsovie, île de Crète,
    île des Serpents, région de Kherson, région de Kazan, province de Hérat, province du Kivu, mont Ararat,
    raffinerie de Port-Vauban, site nucléaire de Natanz, stade de Wembley, place Tahrir, quartier de Belleville,
    côte atlantique, océan Indien, mer Rouge, usine de Saint-Aubin-les-Mines, pont de Crimée, oblast de Tver"""
)

NEWSROOMS = _listed(
    """Anadolu, Ansa, Belga, Bloomberg, Xinhua, Kyodo, Reuters, Al-Jazira, Bild, Clarín, Novosti-Est, Meduza, Politico,
    El País, Die Zeit, Der Spiegel, La Repubblica, La Vanguardia, La Stampa, The Economist, The Guardian, Asahi Shimbun,
    Chosun Ilbo, Haaretz, Izvestia, Kommersant, Gazeta, Washington Post, Wall Street Journal, Financial Times,
    Boston Globe, Daily Telegraph, Irish Times, Morning Star, Straits Times, Toronto Star, Daily Courier, Radio
    Méridienne,
    Agence Polaire, Agence Ponant, Agence Novum, Dépêche-Sud, Courrier des Deux Rives, Matin libre, Ligne 7, 12Info,
    Le Phare, Le Ponant, La Dépêche du Levant, Les Échos du Port, CNN, BBC, NHK, RTL, RFI, ZDF, KBS, APA, DPA, EFE"""
)

ACRONYMS = _listed(
    """OMS, OIT, FMI, OMC, AIEA, UE, UNESCO, OSCE, OCDE, ANSEA, OPEP, CIA, FBI, FSB, GRU, MI6, DGSE, NSA, CEDEAO, BRICS,
    G7, G20, HCR, CICR, PAM, UA, CPI, CIJ, AFD, BCE, BID, CSIS, IISS, IFRI, IRIS, FRS, SIPRI, HRW, RSF, MSF, ANC, AKP,
    PDCI, PSOE, CDU, SPD, LDP, PPP, MPLA, FARC, ELN, PKK, OLP, GIEC, Unicef, Otase, Mercosur, Frontex, Europol,
    Interpol,
    Eurocorps, NASA, ESA, Roscosmos, KCNA-Sud"""
)

NAMED_BODIES = _listed(
    """Élysée, Matignon, Quai d'Orsay, Downing Street, Bundestag, Bundeswehr, Knesset, Sénat, Congrès, Douma, Seimas,
    Politburo, Commission européenne, Parlement européen, Cour suprême, Cour pénale internationale, Banque mondiale,
    Ligue arabe, Union africaine, Croix-Rouge, Amnesty International, Greenpeace, Human Rights Watch, Hezbollah, Hamas,
    Boko Haram, Al-Qaïda, Azov, Redut, Blackstone, Academi, Airbus, Boeing, Gazprom, Rosneft, Total, Siemens, Samsung,
    Huawei, Hyundai, Lockheed Martin, Thales, Rheinmetall, Nexter, Parti travailliste, Parti du peuple, Front national,
    Mouvement de la paix, Armée rouge, Garde nationale, Légion étrangère, Trésor, Département d'État, Casa Rosada,
    Chatham House, Brookings Institution, Carnegie Endowment, Rand Corporation, Heritage Foundation, Hudson Institute,
    Institut Montaigne, Fondation Jean-Jaurès, King's College, Stanford University, Sciences Po, Sorbonne, Blue Harbor,
    Chambre des députés, Assemblée nationale, Assemblée générale, Conseil de l'Europe, Conseil constitutionnel,
    Conseil des ministres arabes, Haut-Commissariat aux réfugiés, Agence internationale de l'énergie, Nations Unies"""
)

BODY_HEADS = _listed(
    """Institut, Centre, Observatoire, Comité, Cercle, Conseil, Collectif, Laboratoire, Forum, Groupe, Syndicat, Bureau,
    Amicale, Association, Fondation, Fédération, Ligue, Académie, Agence, Alliance, Coalition, Confédération, Union,
    Société, Compagnie, Mutuelle"""
)

BODY_TAILS = _listed(
    """des études stratégiques, des sources ouvertes, des deux mers, de la mer intérieure, du désarmement, des relations
    internationales, des marges boréales, du rail oriental, de recherche sur la paix, des îles du Nord, des travailleurs
    portuaires, des vétérans, des droits humains, pour la paix, des sciences politiques, du climat, des frontières, des
    dockers réunis, des collectionneurs de boussoles, de la presse libre, des mers australes, des veilleurs de l'isthme,
    de prospective, des eaux tranquilles, d'analyse des conflits, d'histoire militaire, d'études asiatiques, pour la
    sécurité nucléaire, Horizon et Fidélité, Liberté et Progrès, Vauban, Montesquieu, Hermès, Polaris, Borealis,
    Kestrel,
    de Port-Vauban, d'Aragnac, de Genève, de Vienne"""
)

SCHOOLS = _listed("université, Université, école, institut, lycée, académie, hôpital, musée")

ARMED_HEADS = _listed(
    "armée, gouvernement, Marine, parlement, police, aviation, diplomatie, armée de terre, présidence"
)

NATIONALITIES = _listed(
    """russe, chinois, américain, ukrainien, japonais, iranien, britannique, allemand, turc, chilien, indien, syrien,
    polonais, israélien, égyptien, brésilien, canadien, libanais, marocain,
    malien, nigérian, norvégien, vietnamien, pakistanais, kazakh, serbe, hongrois, européen, géorgien, arménien,
    mexicain, péruvien, suédois, finlandais, belge, suisse, algérien, tunisien, sénégalais, biélorusse, saoudien"""
)

PEOPLES = _listed(
    """Allemands, Algériens, Anglais, Argentins, Arméniens, Asiatiques, Autrichiens, Baltes, Belges, Biélorusses,
    Birmans, Bosniaques, Brésiliens, Britanniques, Bulgares, Canadiens, Catalans, Cosaques, Coréens, Égyptiens,
    Espagnols,
    Européens, Finlandais, Français, Géorgiens, Grecs, Hongrois, Houthis, Indiens, Iraniens, Israéliens, Italiens,
    Japonais, Kazakhs, Kurdes, Lettons, Libanais, Maliens, Marocains, Mexicains, Mongols, Norvégiens, Orientaux,
    Pakistanais, Palestiniens, Polonais, Républicains, Démocrates, Roumains, Saoudiens, Serbes, Soviétiques,
    Sud-Coréens,
    Suédois, Syriens, Taïwanais, Talibans, Tatars, Tchèques, Tchétchènes, Travaillistes, Turcs, Vénézuéliens,
    Vietnamiens"""
)

EVENTS_IN_LANDS = _listed(
    """guerre en, guerre civile en, conflit en, crise en, guerre d'attrition en, insurrection en, coup d'État en"""
)

EVENTS = _listed(
    """guerre du Golfe, guerre d'Irak, guerre d'Algérie, guerre du Vietnam, guerre des Malouines, guerre de Crimée,
    guerre du Haut-Karabakh, guerre contre l'Irak, Première Guerre mondiale, Grande Guerre, guerre de Sécession,
    guerre russo-japonaise, conflit syrien, conflit israélo-palestinien, conflit yéménite, invasion du Koweït,
    invasion de la Pologne, invasion de la Tchétchénie, annexion de la Crimée, Révolution française, révolution orange,
    Printemps arabe, printemps de Prague, bataille de Stalingrad, bataille de la Marne, débarquement de Provence,
    Libération, Armistice, Pâques, Toussaint, Ramadan, Fête nationale, Jour de la Victoire, Jeux olympiques,
    Jeux de Paris, Coupe du monde, Mondial, Tour de France, Brexit, Holocauste, crise de Cuba, crise des missiles,
    crise des subprimes, grippe espagnole, pandémie de grippe, Forum de Davos, Forum social mondial, Forum de Doha,
    sommet de Bali, sommet de l'Otan, conférence de Munich, conférence de Yalta, Conférence sur le climat, COP28,
    congrès de Vienne, exposition universelle, Exposition coloniale, G20 de Delhi, Biennale de Venise,
    opération Barbarossa, opération Tempête du désert, ouragan Katrina, tempête Xynthia, séisme de Lisbonne"""
)

MATERIEL_PLURAL = _listed(
    """missiles de croisière, missiles sol-air, missiles intercontinentaux, missiles hypersoniques, missiles à moyenne
    portée, roquettes, torpilles, mortiers, grenades, mitrailleuses, fusils d'assaut, mines antipersonnel, mines
    terrestres, bombes à sous-munitions, bombes planantes, bombes atomiques, têtes nucléaires, ogives nucléaires,
    hélicoptères, hélicoptères d'attaque, avions de chasse, avions de transport, chasseurs, bombardiers, bombardiers
    stratégiques, frégates, destroyers, croiseurs, corvettes, patrouilleurs, vedettes lance-missiles, navires de guerre,
    sous-marins, sous-marins d'attaque, porte-hélicoptères, chars, chars de combat, chars lourds, blindés, véhicules
    blindés, obusiers, obusiers automoteurs, lance-missiles, lance-flammes, drones kamikazes, drones de combat, drones
    sous-marins, radars, satellites espions, satellites de reconnaissance, brouilleurs, batteries antiaériennes,
    obus d'artillerie, obus de mortier, obus de 120 mm, fusées, lanceurs, planeurs hypersoniques"""
)

MATERIEL_SINGULAR = _listed(
    """missile de croisière, missile balistique, torpille, mortier, grenade, fusil d'assaut, mine antipersonnel, bombe
    atomique, bombe à hydrogène, hélicoptère, avion de chasse, bombardier, frégate, destroyer, croiseur, corvette,
    navire de guerre, sous-marin, sous-marin nucléaire, char, blindé, véhicule blindé, obusier, drone, drone de combat,
    radar, satellite espion, train blindé, convoi blindé, voiture blindée, limousine blindée, navette
    spatiale, obus, porte-avions, lance-roquettes"""
)

MATERIEL_NAMES = _listed(
    """F-16, F-35, Su-57, MiG-29, T-72, T-90, M1 Abrams, Leopard 2, Leclerc, Rafale, Eurofighter, Mirage 2000, B-2,
    B-1B,
    C-130, AH-64, Mi-24, Caesar, Himars, Patriot, S-300, S-400, Iskander, Kalibr, Kinjal, Javelin, Stinger, Milan,
    Tomahawk, Storm Shadow, Scud, Shahed, Bayraktar, Reaper, Lancet, Hwasong-17, Soyouz, Spoutnik, Ariane 5, Falcon 9,
    Starlink, Kalachnikov, K-9, KN-23, RPG-7, TOS-1, PT-91"""
)

TREATIES = _listed(
    """traité de Versailles, traité de Lisbonne, traité de non-prolifération, traité sur le ciel ouvert, traité d'amitié
    de 1961, traité New Start, accord de Paris, accords d'Oslo, accords de Minsk, accords d'Abraham, accord de Vienne
    sur le nucléaire, accord de libre-échange transpacifique, accord de défense gréco-turc, convention de Genève,
    convention de Vienne, convention d'Ottawa, Convention européenne des droits de l'homme, pacte de Varsovie, pacte
    germano-soviétique, pacte de Bagdad, protocole de Kyoto, protocole de Montréal, déclaration de Potsdam, mémorandum
    de
    Budapest, mémorandum de coopération militaire, partenariat de défense mutuelle, charte de Paris, Charte des Nations
    unies, résolution 1441, résolution 2231, résolution de 2017, loi Sapin, loi de programmation militaire, Constitution
    de 1958, règlement de Dublin, code Napoléon, accord céréalier de la mer Noire, accord de coopération nucléaire"""
)

WEEKDAYS = _listed("lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche")
MONTHS = _listed("janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre")
DATES_WITH_DETERMINER = _listed(
    """ce matin, ce week-end, ce mois-ci, cette semaine, cette année, cet été, cet hiver, cet automne, ce printemps,
    la semaine dernière, la semaine prochaine, la semaine passée, le mois dernier, le mois prochain, l'an dernier,
    l'année dernière, l'été dernier, l'an prochain, hier, avant-hier, la veille, le lendemain, il y a deux ans, il y a
    trois mois, il y a dix jours, il y a quelques semaines, ces dernières semaines, ces derniers mois, quelques mois
    plus
    tard, deux jours plus tôt, une semaine auparavant, un an plus tard"""
)

FAMILY: Mapping[str, Sequence[str]] = {
    "first": FIRST_NAMES,
    "family": FAMILY_NAMES,
    "eastern": EASTERN_NAMES,
    "city": CITIES,
    "feminine-land": FEMININE_LANDS,
    "masculine-land": MASCULINE_LANDS,
    "plural-land": PLURAL_LANDS,
    "place": PLACES_WITH_HEADS,
    "newsroom": NEWSROOMS,
    "acronym": ACRONYMS,
    "body": NAMED_BODIES,
    "body-head": BODY_HEADS,
    "body-tail": BODY_TAILS,
    "school": SCHOOLS,
    "armed": ARMED_HEADS,
    "nationality": NATIONALITIES,
    "people": PEOPLES,
    "event-in": EVENTS_IN_LANDS,
    "event": EVENTS,
    "materiel-plural": MATERIEL_PLURAL,
    "materiel-singular": MATERIEL_SINGULAR,
    "materiel-name": MATERIEL_NAMES,
    "treaty": TREATIES,
    "weekday": WEEKDAYS,
    "month": MONTHS,
    "date": DATES_WITH_DETERMINER,
}
"""Every list by its name."""

CLOSED = frozenset({"weekday", "month", "date", "nationality", "body-head", "school", "armed", "event-in"})
"""Lists of ordinary words: any text has them, so none is kept from training."""
