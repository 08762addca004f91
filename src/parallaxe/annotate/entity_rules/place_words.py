"""Places beyond what Babel names: capitals, cities, seas, regions, and usual names of states that CLDR does not give.

CLDR knows territories and the cities of time zones, but not which city is a capital, and no sea. A name that is an
ordinary word or a first name far more often than a place is left out.
"""

from __future__ import annotations


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.replace("\n", " ").split(","))


# Usual names of what CLDR calls otherwise, with the name that gives the id.
STATES = {
    "Etats-Unis": "États-Unis",
    "États-Unis d'Amérique": "États-Unis",
    "USA": "États-Unis",
    "Royaume Uni": "Royaume-Uni",
    "Vietnam": "Viêt Nam",
    "Birmanie": "Myanmar",
    "Myanmar": "Myanmar",
    "Hong Kong": "Hong Kong",
    "Hongkong": "Hong Kong",
    "Macao": "Macao",
    "Palestine": "Palestine",
    "République tchèque": "Tchéquie",
    "Bélarus": "Biélorussie",
    "Bélarusse": "Biélorussie",
    "Moldova": "Moldavie",
    "Macédoine": "Macédoine du Nord",
    "Vatican": "Vatican",
    "Congo": "Congo",
    "République démocratique du Congo": "Congo-Kinshasa",
    "RDC": "Congo-Kinshasa",
    "Centrafrique": "République centrafricaine",
    "Iraq": "Irak",
    "Swaziland": "Eswatini",
    "Corée": "Corée",
    "Corées": "Corée",
    "RPDC": "Corée du Nord",
    "République populaire démocratique de Corée": "Corée du Nord",
    "République de Corée": "Corée du Sud",
    "République populaire de Chine": "Chine",
    "Fédération de Russie": "Russie",
    "URSS": "Union soviétique",
    "Union soviétique": "Union soviétique",
    "RDA": "RDA",
    "RFA": "RFA",
    "Yougoslavie": "Yougoslavie",
    "Tchécoslovaquie": "Tchécoslovaquie",
    "Prusse": "Prusse",
    "Empire ottoman": "Empire ottoman",
    "Autriche-Hongrie": "Autriche-Hongrie",
    "Perse": "Perse",
    "Angleterre": "Angleterre",
    "Grande-Bretagne": "Grande-Bretagne",
    "Écosse": "Écosse",
    "Hollande": "Hollande",
    "Émirats": "Émirats arabes unis",
    "Surinam": "Suriname",
    "Trinidad": "Trinité-et-Tobago",
    "Abkhazie": "Abkhazie",
    "Transnistrie": "Transnistrie",
    "Somaliland": "Somaliland",
    "Kurdistan": "Kurdistan",
}

# CLDR territories that are no place of the press, or whose name is a word, a first name or an organisation.
NO_STATES = _names(
    "Monde, Maurice, Dominique, Jersey, Saint-Martin, La Réunion, Union européenne, Nations Unies, zone euro, "
    "Amériques, "
    "pseudo-accents, pseudo-bidi, région indéterminée, régions éloignées de l'Océanie, région micronésienne, "
    "Anguilla, "
    "Îles mineures éloignées des États-Unis, Cap-Vert et, Guernesey et"
)

BLOCS = _names("Occident, Europe, Union européenne, Amérique, Scandinavie, Maghreb, Benelux")

CONTINENTS = _names(
    "Eurasie, Moyen-Orient, Proche-Orient, Extrême-Orient, Asie du Nord-Est, Asie-Pacifique, Indo-Pacifique, "
    "Pacifique, "
    "Atlantique, Arctique, Méditerranée, Balkans, Caucase, Sahel, Sahara, Levant, Orient, Antilles, Caraïbe, "
    "Asie Mineure, Asie du Sud-Est, Asie de l'Est, Amérique latine, Europe centrale, Europe orientale, "
    "Europe occidentale, Pays baltes, Outre-mer, Afrique noire, Corne de l'Afrique, Golfe, Golfe persique, Maghreb"
)

CAPITALS = _names(
    "Abou Dhabi, Abuja, Accra, Addis-Abeba, Alger, Amman, Ankara, Antananarivo, Asmara, Asuncion, Athènes, "
    "Bagdad, Bakou, "
    "Bamako, Bandar Seri Begawan, Bangkok, Bangui, Belgrade, Berlin, Berne, Beyrouth, Bichkek, Bissau, "
    "Bogota, Brasilia, "
    "Bratislava, Brazzaville, Bruxelles, Bucarest, Budapest, Buenos Aires, Le Caire, Canberra, Caracas, Chisinau, "
    "Colombo, Conakry, Copenhague, Dacca, Dakar, Damas, Djouba, Doha, Douchanbé, Dublin, Erevan, Freetown, "
    "Gaborone, "
    "Guatemala, Hanoï, Harare, Helsinki, Islamabad, Jakarta, Djakarta, Jérusalem, Kaboul, Kampala, Katmandou, "
    "Khartoum, "
    "Kiev, Kyiv, Kigali, Kingston, Kinshasa, Koweït, Kuala Lumpur, Libreville, Lilongwe, Lima, Lisbonne, "
    "Ljubljana, Lomé, "
    "Londres, Luanda, Lusaka, Madrid, Malabo, Managua, Manama, Manille, Maputo, Mascate, Mexico, Minsk, "
    "Mogadiscio, "
    "Monrovia, Montevideo, Moscou, Nairobi, New Delhi, Delhi, Niamey, Nicosie, Nouakchott, N'Djamena, Oslo, "
    "Ottawa, "
    "Ouagadougou, Oulan-Bator, Panama, Paris, Pékin, Beijing, Phnom Penh, Podgorica, Port-au-Prince, "
    "Porto-Novo, Prague, "
    "Pretoria, Pristina, Pyongyang, Quito, Rabat, Rangoun, Naypyidaw, Reykjavik, Riga, Riyad, Rome, "
    "Saint-Domingue, "
    "San José, San Salvador, Sanaa, Santiago, Sarajevo, Séoul, Singapour, Skopje, Sofia, Stockholm, Tachkent, "
    "Taipei, "
    "Taipeh, Tallinn, Tbilissi, Tegucigalpa, Téhéran, Tel-Aviv, Thimphou, Tirana, Tokyo, Tripoli, Tunis, Varsovie, "
    "La Valette, Vienne, Vientiane, Vilnius, Washington, Wellington, Windhoek, Yaoundé, Zagreb, La Havane, La Paz, "
    "Achgabat, Astana, Noursoultan, Dili, Libreville, Moroni, Saint-Pétersbourg, Constantinople, Ramallah, "
    "Moscow, Tiraspol"
)

CITIES = _names(
    # France, Belgium, Switzerland, Luxembourg
    "Marseille, Lyon, Toulouse, Nice, Nantes, Montpellier, Strasbourg, Bordeaux, Lille, Rennes, Reims, Toulon, "
    "Saint-Étienne, Le Havre, Grenoble, Dijon, Angers, Nîmes, Villeurbanne, Clermont-Ferrand, "
    "Aix-en-Provence, Brest, "
    "Limoges, Amiens, Perpignan, Metz, Besançon, Orléans, Rouen, Mulhouse, Caen, Nancy, Saint-Denis, Argenteuil, "
    "Montreuil, Roubaix, Tourcoing, Avignon, Dunkerque, Poitiers, Versailles, Pau, La Rochelle, Calais, "
    "Cannes, Antibes, "
    "Béziers, Colmar, Bourges, Quimper, Valence, Troyes, Lorient, Chambéry, Niort, Saint-Nazaire, Cherbourg, "
    "Bayonne, "
    "Biarritz, Cholet, Vannes, Laval, Arles, Évreux, Belfort, Charleville-Mézières, Verdun, Sedan, Épinal, "
    "Arras, Douai, "
    "Cambrai, Soissons, Compiègne, Beauvais, Chartres, Blois, Auxerre, Nevers, Vichy, Moulins, Mâcon, "
    "Bourg-en-Bresse, "
    "Annecy, Digne, Ajaccio, Bastia, Nanterre, Créteil, Bobigny, Évry, Pontoise, Melun, Meaux, Fontainebleau, "
    "Rambouillet, "
    "Alençon, Saint-Malo, Saint-Brieuc, Périgueux, Agen, Montauban, Albi, Rodez, Cahors, Auch, Tarbes, Lourdes, "
    "Carcassonne, Narbonne, Bruges, Gand, Anvers, Liège, Namur, Charleroi, Mons, Louvain, Ostende, Tournai, "
    "Courtrai, "
    "Genève, Lausanne, Zurich, Bâle, Lucerne, Fribourg, Neuchâtel, Lugano, Sion, Montreux, Vevey, Yverdon, "
    "Bienne, Coire, "
    "Saint-Gall, Winterthour, Schaffhouse, Soleure, Aarau, Thoune, La Chaux-de-Fonds, Le Locle, Delémont, "
    "Porrentruy, "
    "Payerne, Morges, Nyon, Aigle, Martigny, Sierre, Brigue, Bellinzone, Locarno, Davos, "
    # Europe
    "Londres, Manchester, Liverpool, Birmingham, Leeds, Glasgow, Édimbourg, Cardiff, Belfast, Oxford, "
    "Cambridge, Bristol, "
    "Southampton, Portsmouth, Douvres, Munich, Hambourg, Cologne, Francfort, Stuttgart, Düsseldorf, Dortmund, "
    "Essen, "
    "Leipzig, Dresde, Nuremberg, Hanovre, Brême, Mannheim, Carlsruhe, Karlsruhe, Mayence, Coblence, Potsdam, Kiel, "
    "Heidelberg, Aix-la-Chapelle, Sarrebruck, Barcelone, Valence, Séville, Bilbao, Saragosse, Malaga, "
    "Grenade, Cadix, "
    "Porto, Milan, Turin, Naples, Venise, Gênes, Bologne, Palerme, Vérone, Trieste, Pise, Sienne, Bergame, Padoue, "
    "Amsterdam, Rotterdam, La Haye, Utrecht, Maastricht, Salzbourg, Innsbruck, Graz, Linz, Cracovie, Gdansk, Lodz, "
    "Poznan, Wroclaw, Brno, Göteborg, Malmö, Bergen, Salonique, Thessalonique, Le Pirée, Odessa, Odesa, "
    "Kharkiv, Kharkov, Lviv, "
    "Lvov, Dnipro, Donetsk, Louhansk, Lougansk, Marioupol, Kherson, Zaporijia, Mykolaïv, Bakhmout, Avdiïvka, "
    "Tchernobyl, Tchernihiv, "
    "Soumy, Boutcha, Sébastopol, Simferopol, Yalta, Kertch, Kramatorsk, Pokrovsk, Rostov, Voronej, Koursk, "
    "Belgorod, Briansk, Kazan, "
    "Novossibirsk, Iekaterinbourg, Omsk, Samara, Sotchi, Mourmansk, Vladivostok, Khabarovsk, Irkoutsk, "
    "Tcheliabinsk, "
    "Komsomolsk-sur-l'Amour, Oussouriisk, Khassan, Kaliningrad, Stalingrad, Leningrad, Volgograd, Grozny, "
    "Constanta, Cluj, Timisoara, Varna, Plovdiv, Split, "
    "Dubrovnik, Mostar, Srebrenica, Narva, Kaunas, Batoumi, Istanbul, Izmir, Smyrne, Antalya, "
    # Asia, Middle East
    "Shanghai, Canton, Shenzhen, Wuhan, Nankin, Tianjin, Chongqing, Harbin, Dandong, Dalian, Lhassa, Ürümqi, "
    "Taïpei, "
    "Osaka, Kyoto, Hiroshima, Nagasaki, Nagoya, Yokohama, Sapporo, Fukushima, Okinawa, Busan, Pusan, Incheon, "
    "Daegu, "
    "Daejeon, Gwangju, Ulsan, Panmunjom, Kaesong, Rason, Rajin, Wonsan, Nampo, Chongjin, Hamhung, Sinuiju, "
    "Yongbyon, "
    "Punggye-ri, Sohae, Hô Chi Minh-Ville, Saïgon, Da Nang, Bombay, Mumbai, Calcutta, Bangalore, Madras, "
    "Chennai, Lahore, Karachi, "
    "Peshawar, Kandahar, Hérat, Bali, Alep, Homs, Palmyre, Mossoul, Bassora, Kirkouk, Erbil, Falloujah, "
    "Ispahan, Chiraz, Qom, "
    "Gaza, Rafah, Haïfa, Bethléem, Hébron, Naplouse, Jénine, Dubaï, Djeddah, La Mecque, Médine, Aden, Hodeïda, "
    # Africa, Americas, Oceania
    "Casablanca, Marrakech, Fès, Tanger, Oran, Constantine, Annaba, Sfax, Benghazi, Misrata, Tobrouk, Alexandrie, "
    "Suez, Port-Saïd, Abidjan, Lagos, Kano, Douala, Le Cap, Johannesburg, Durban, Goma, Bukavu, Lubumbashi, "
    "Mombasa, "
    "Zanzibar, Tombouctou, Gao, Kidal, Agadez, New York, Los Angeles, Chicago, Houston, Boston, Philadelphie, "
    "San Francisco, Seattle, Dallas, Miami, Atlanta, Denver, Detroit, Las Vegas, La Nouvelle-Orléans, "
    "Baltimore, Minneapolis, "
    "Guantanamo, Camp David, Hollywood, Montréal, Québec, Toronto, Vancouver, Calgary, Halifax, Monterrey, "
    "Tijuana, Acapulco, Cancun, "
    "Rio de Janeiro, Rio, Sao Paulo, Medellin, Cali, Guayaquil, Valparaiso, Rosario, Sydney, Melbourne, "
    "Brisbane, Perth, "
    "Auckland, Nouméa, Papeete, Fort-de-France, Pointe-à-Pitre, Cayenne, Kourou, Saint-Denis de La Réunion, "
    "Mamoudzou, Vostotchny, "
    # More of Africa, Latin America and Asia, and towns of France
    "Bobo-Dioulasso, Bouaké, Yamoussoukro, San-Pédro, Korhogo, Thiès, Saint-Louis, Ziguinchor, Mopti, Ségou, Gao, "
    "Sikasso, Kayes, Ménaka, Tessalit, Zinder, Maradi, Diffa, Maroua, Garoua, Bafoussam, Bamenda, Pointe-Noire, "
    "Port-Gentil, Franceville, Bangassou, Kisangani, Kananga, Mbuji-Mayi, Matadi, Butembo, Beni, Bunia, Uvira, "
    "Masisi, Bujumbura, Gitega, Dodoma, Arusha, Kisumu, Entebbe, Blantyre, Bulawayo, Beira, Pemba, Huambo, Benguela, "
    "Lobito, Soweto, Pietermaritzburg, Bloemfontein, Ibadan, Kaduna, Jos, Maiduguri, Port Harcourt, Kumasi, Cotonou, "
    "Parakou, Hargeisa, Port-Soudan, El-Fasher, Omdurman, Assouan, Louxor, Charm el-Cheikh, Sousse, Bizerte, "
    "Kairouan, Gafsa, Agadir, Rabat-Salé, Meknès, Oujda, Laâyoune, Tindouf, Tamanrasset, Tizi Ouzou, Béjaïa, Sétif, "
    "Syrte, Sebha, Bogotá, Medellín, Barranquilla, Carthagène, Bucaramanga, Maracaibo, Cuzco, Arequipa, Trujillo, "
    "Iquitos, Santa Cruz, Cochabamba, Sucre, Asunción, Cordoba, Mendoza, La Plata, Bariloche, Ushuaïa, Concepcion, "
    "Antofagasta, Punta Arenas, Brasília, São Paulo, Salvador de Bahia, Recife, Fortaleza, Belém, Manaus, Porto "
    "Alegre, Curitiba, Belo Horizonte, Guadalajara, Puebla, Ciudad Juarez, Veracruz, Oaxaca, Santiago de Cuba, "
    "Cap-Haïtien, Ponce, Colón, Ahmedabad, Hyderabad, Pune, Jaipur, Bénarès, Varanasi, Chittagong, Cox's Bazar, "
    "Kandy, Mandalay, Chiang Mai, Rawalpindi, Faisalabad, Multan, Surabaya, Bandung, Medan, Cebu, Davao, Haïphong, "
    "Hué, Chengdu, Xi'an, Qingdao, Hangzhou, Suzhou, Almaty, Samarcande, Boukhara, Och, Tabriz, Machhad, Bandar "
    "Abbas, Sanliurfa, Diyarbakir, Adana, Gaziantep, Bursa, Mersin, Souleimaniye, Nadjaf, Kerbala, Ramadi, Raqqa, "
    "Deir ez-Zor, Lattaquié, Hama, Idlib, Tripoli, Saïda, Tyr, Baalbek, Khan Younès, Eilat, Nazareth, Tibériade, "
    "Charjah, Médine, Taëz, Aubervilliers, Vénissieux, Le Mans, Tours, La Roche-sur-Yon, Saint-Quentin, Laon, Lens, "
    "Liévin, Béthune, Hénin-Beaumont, Valenciennes, Maubeuge, Boulogne-sur-Mer, Saint-Omer, Abbeville, Dieppe, "
    "Fécamp, Lisieux, Deauville, Granville, Saint-Lô, Fougères, Vitré, Redon, Pontivy, Concarneau, Morlaix, Lannion, "
    "Guingamp, Dinan, Saumur, Les Herbiers, Les Sables-d'Olonne, Rochefort, Saintes, Royan, Cognac, Angoulême, "
    "Libourne, Arcachon, Bergerac, Brive-la-Gaillarde, Tulle, Guéret, Aurillac, Le Puy-en-Velay, Roanne, Montluçon, "
    "Saint-Chamond, Vienne, Valréas, Montélimar, Privas, Aubenas, Gap, Briançon, Sisteron, Manosque, Forcalquier, "
    "Salon-de-Provence, Martigues, Istres, Aubagne, La Ciotat, Hyères, Fréjus, Saint-Tropez, Draguignan, Grasse, "
    "Menton, Saint-Raphaël, Sète, Agde, Lunel, Alès, Mende, Millau, Castres, Mazamet, Pamiers, Foix, Saint-Gaudens, "
    "Lourdes, Dax, Mont-de-Marsan, Hendaye, Thionville, Forbach, Sarreguemines, Longwy, Saint-Dié-des-Vosges, "
    "Lunéville, Toul, Bar-le-Duc, Chaumont, Langres, Vesoul, Dole, Lons-le-Saunier, Pontarlier, Montbéliard, "
    "Haguenau, Sélestat, Thann, Annemasse, Thonon-les-Bains, Évian, Chamonix, Albertville, Aix-les-Bains, "
    "Bourgoin-Jallieu, Villefranche-sur-Saône, Oyonnax, Autun, Le Creusot, Chalon-sur-Saône, Beaune, Sens, Montargis, "
    "Vierzon, Châteauroux, Romorantin, Vendôme, Châteaudun, Dreux, Mantes-la-Jolie, Sarcelles, Trappes, "
    "Vitry-sur-Seine, Ivry-sur-Seine, Champigny-sur-Marne, Boulogne-Billancourt, Neuilly-sur-Seine, Levallois-Perret, "
    "Clichy, Courbevoie, Puteaux, Colombes, Gennevilliers, Saint-Ouen, Pantin, Drancy, Sevran, Aulnay-sous-Bois, "
    "Clichy-sous-Bois, Noisy-le-Grand, Corbeil-Essonnes, Palaiseau, Massy, Grigny"
)

REGIONS = _names(
    "Crimée, Donbass, Sibérie, Tchétchénie, Daghestan, Ossétie du Sud, Galicie, Carélie, Kamtchatka, "
    "Sakhaline, Kouriles, "
    "Mandchourie, Tibet, Xinjiang, Mongolie-Intérieure, Cachemire, Pendjab, Bengale, Hokkaido, Formose, "
    "Indochine, Tonkin, Annam, "
    "Cochinchine, Cisjordanie, Golan, Galilée, Sinaï, Rojava, Anatolie, Thrace, Catalogne, Andalousie, Castille, "
    "Pays basque, Bavière, Saxe, Rhénanie, Westphalie, Silésie, Poméranie, Bade, Wurtemberg, Hesse, Tyrol, "
    "Carinthie, Bohême, "
    "Moravie, Transylvanie, Bessarabie, Valachie, Dalmatie, Voïvodine, Flandre, Flandres, Wallonie, Brabant, "
    "Toscane, "
    "Lombardie, Piémont, Vénétie, Sicile, Sardaigne, Corse, Ombrie, Calabre, Savoie, Alsace, Lorraine, "
    "Bretagne, Normandie, "
    "Picardie, Bourgogne, Champagne, Provence, Auvergne, Aquitaine, Gascogne, Languedoc, Occitanie, Poitou, "
    "Vendée, Franche-Comté, "
    "Île-de-France, Nouvelle-Aquitaine, Grand Est, Seine-Saint-Denis, Finistère, Morbihan, Gironde, Dordogne, "
    "Ardèche, Isère, "
    "Moselle, Meurthe, Vosges, Ardennes, Aveyron, Loire-Atlantique, Bouches-du-Rhône, Haute-Savoie, Jura, "
    "Valais, Vaud, Tessin, "
    "Argovie, Thurgovie, Grisons, Appenzell, Unterwald, Californie, Texas, Floride, Alaska, Virginie, "
    "Caroline du Nord, "
    "Caroline du Sud, Arizona, Nevada, Ohio, Michigan, Pennsylvanie, Massachusetts, Louisiane, Alberta, Ontario, "
    "Amazonie, Patagonie, Katanga, Kivu, Darfour, Kabylie, Tigré, Casamance, Biafra, Bosnie, Herzégovine, "
    "Monténégro, "
    "Alpes, Pyrénées, Himalaya, Oural, Andes, Carpates, Rhin, Danube, Volga, Seine, Loire, Rhône, Garonne, "
    "Tamise, Nil, "
    "Euphrate, Tigre, Dniepr, Dniestr, Yalou, Tumen, Mékong, Gange, Indus, Mississippi, Amazone, Bosphore, "
    "Dardanelles, Léman, Pas-de-Calais, "
    "Manche, Baltique, Adriatique, Wall Street, Champs-Élysées, "
    # States, provinces and regions of the world that the press names without saying whose they are
    "Basse-Saxe, Brandebourg, Thuringe, Bade-Wurtemberg, Rhénanie-du-Nord-Westphalie, Mecklembourg, "
    "Schleswig-Holstein, Galice, Asturies, Cantabrie, Aragon, Estrémadure, Murcie, Navarre, Baléares, Canaries, "
    "Algarve, Alentejo, Madère, Açores, Latium, Ligurie, Émilie-Romagne, Pouilles, Campanie, Abruzzes, Frioul, "
    "Trentin, Haut-Adige, Crète, Macédoine, Hainaut, Limbourg, Zélande, Frise, Cornouailles, Ulster, Scanie, Laponie, "
    "Mazovie, Géorgie du Sud, Alabama, Arkansas, Colorado, Connecticut, Delaware, Idaho, Illinois, Indiana, Iowa, "
    "Kansas, Kentucky, Maine, Maryland, Minnesota, Missouri, Montana, Nebraska, New Hampshire, New Jersey, "
    "Nouveau-Mexique, Dakota du Nord, Dakota du Sud, Oklahoma, Oregon, Rhode Island, Tennessee, Utah, Vermont, "
    "Wisconsin, Wyoming, Virginie-Occidentale, Colombie-Britannique, Manitoba, Saskatchewan, Nouveau-Brunswick, "
    "Nouvelle-Écosse, Yucatan, Chiapas, Oaxaca, Sinaloa, Antioquia, Minas Gerais, Bahia, Pernambouc, Mato Grosso, "
    "Araucanie, Terre de Feu, Nord-Kivu, Sud-Kivu, Ituri, Kasaï, Cabo Delgado, Natal, Cap-Oriental, Somali, Oromia, "
    "Amhara, Puntland, Jubaland, Cyrénaïque, Tripolitaine, Fezzan, Rif, Aurès, Liptako, Ogaden, Kordofan, Assam, "
    "Gujarat, Kerala, Bihar, Uttar Pradesh, Tamil Nadu, Maharashtra, Baloutchistan, Sind, Sumatra, Java, Bornéo, "
    "Sulawesi, Papouasie, Mindanao, Luçon, Queensland, Tasmanie, Kanaky, Sahara occidental"
)

# Départements, beyond those above; a short one at the beginning of a sentence may be a word.
DEPARTMENTS = _names(
    "Ain, Aisne, Allier, Alpes-de-Haute-Provence, Hautes-Alpes, Alpes-Maritimes, Ariège, Aube, Aude, Calvados, "
    "Cantal, Charente, Charente-Maritime, Corrèze, Corse-du-Sud, Haute-Corse, Côte-d'Or, Côtes-d'Armor, Creuse, "
    "Doubs, Drôme, Eure, Eure-et-Loir, Gard, Haute-Garonne, Gers, Hérault, Ille-et-Vilaine, Indre, Indre-et-Loire, "
    "Landes, Loir-et-Cher, Haute-Loire, Loiret, Lot-et-Garonne, Lozère, Maine-et-Loire, Marne, Haute-Marne, Mayenne, "
    "Meurthe-et-Moselle, Meuse, Nièvre, Oise, Orne, Puy-de-Dôme, Pyrénées-Atlantiques, Hautes-Pyrénées, "
    "Pyrénées-Orientales, Bas-Rhin, Haut-Rhin, Haute-Saône, Saône-et-Loire, Sarthe, Seine-Maritime, Seine-et-Marne, "
    "Yvelines, Deux-Sèvres, Somme, Tarn, Tarn-et-Garonne, Var, Vaucluse, Vienne, Haute-Vienne, Yonne, Territoire de "
    "Belfort, Essonne, Hauts-de-Seine, Val-de-Marne, Val-d'Oise, Hauts-de-France, Pays de la Loire, Centre-Val de "
    "Loire, Auvergne-Rhône-Alpes, Bourgogne-Franche-Comté, Provence-Alpes-Côte d'Azur"
)

# Named by an adjective or with small letters, so that no rule of capitals finds them.
SEAS = _names(
    "mer Noire, mer Rouge, mer Jaune, mer Morte, mer Caspienne, mer Baltique, mer Égée, mer Méditerranée, mer "
    "d'Azov, "
    "mer de Chine méridionale, mer de Chine orientale, mer du Japon, mer de l'Est, mer d'Oman, mer du Nord, "
    "mer de Barents, "
    "océan Indien, océan Pacifique, océan Atlantique, océan Arctique, golfe Persique, golfe d'Aden, golfe de "
    "Finlande, "
    "canal de Suez, canal de Panama, détroit d'Ormuz, détroit de Taïwan, détroit de Béring, pas de Calais, "
    "péninsule coréenne, péninsule ibérique, péninsule arabique, bande de Gaza, plateau du Golan, rideau de "
    "fer, côte d'Azur, "
    "Asie centrale, Asie orientale, Méditerranée orientale"
)

# The name stands for a bloc or a state where an article has named it: never without a capital in the sentence.
CARDINALS = _names("Nord, Sud, Est, Ouest")

# « détroit de X », « fleuve X », « région de X », « péninsule X-enne »: the generic word belongs to the name.
PLACE_HEADS = _names(
    "mer, océan, détroit, golfe, canal, péninsule, île, îles, archipel, fleuve, lac, mont, monts, gare, "
    "région, province, "
    "oblast, district, vallée, aéroport, base, cosmodrome, centre spatial, centre de lancement, base "
    "aérienne, base navale, "
    "centrale, centrale nucléaire, site nucléaire, place, rue, avenue, boulevard, forêt, désert, canton, "
    "pont, palais, château, "
    "cathédrale, stade, prison, cimetière, barrage, presqu'île, territoire, baie, cap, col, rivière, arsenal, "
    "chantier naval, "
    "polygone, raïon, kraï, banlieue, quartier, faubourg"
)
