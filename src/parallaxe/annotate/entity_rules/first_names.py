"""First names that the French press prints, of France and of the countries it writes about, by ordinary knowledge.

A capital word in this list, before another capital word, is the clearest sign of a person. Names that are words of
every day (Marine, Prudence, Pierre …) stay in: a second capital has to follow before they say anything.
"""

from __future__ import annotations

from parallaxe.annotate.entity_rules.folding import fold_name

_FRENCH = """
    Achille Adam Adèle Adélaïde Adeline Adolphe Adrien Adrienne Agathe Agnès Aimé Aimée Alain Alban Albane
    Albert Alberte Alexandra Alexandre
    Alexis Alfred Alice Alix Aline Alphonse Amandine Amaury Ambroise Amédée Amélie Anaïs Anatole André Andrée
    Ange Angèle Angélique Anicet Anna
    Annabelle Anne Annette Annick Annie Anselme Anthony Antoine Antoinette Antonin Apolline Ariane Aristide
    Armand Armelle
    Arnaud Arnold Arsène Arthur Astrid Aubin Aude Audrey Auguste Augustin Augustine Aurélie Aurélien Aurore Axel
    Axelle Aymeric Baptiste Barbara
    Barnabé Barthélemy Basile Bastien Béatrice Benjamin Benoît Bérangère Bérénice Bernadette Bernard Bertrand
    Berthe Blaise Blanche Blandine
    Boris Brice Brigitte Bruno Camille Candice Carine Carole Caroline Casimir Catherine Cécile Cédric Céleste
    Céline César Chantal
    Charles Charline Charlotte Chloé Christel Christelle Christian Christiane Christine Christophe Claire Clara
    Clarisse Claude Claudette Claudie Claudine
    Clémence Clément Clémentine Clotilde Colette Coline Côme Constance Constant Constantin Coralie Corentin
    Corinne Cyprien Cyril Cyrille Damien Daniel
    Danièle Danielle Daphné David Delphine Denis Denise Désiré Désirée Diane Didier Dominique Donatien Dorothée
    Édith Edgar Edgard Edmée Edmond Édouard
    Éléonore Éliane Élie Éliette Élisabeth Élise Élodie Éloïse Elsa Elvire Émeline Émile Émilie Émilien Emma
    Emmanuel Emmanuelle Éric Erwan
    Estelle Esther Étienne Eudes Eugène Eugénie Eulalie Eustache Éva Évelyne Ève Fabien Fabienne Fabrice Fanny
    Faustine Félicie Félicien Félicité Félix Ferdinand
    Fernand Fernande Fiona Firmin Flavie Flavien Fleur Flora Florence Florent Florentin Florian Floriane
    François Françoise Franck Frank Frédéric Frédérique
    Gabin Gabriel Gabrielle Gaël Gaëlle Gaëtan Gaspard Gaston Gautier Geneviève Geoffroy Georges Georgette
    Gérald Géraldine Gérard Germain Germaine Gervais Ghislain
    Ghislaine Gilbert Gilberte Gildas Gilles Ginette Gisèle Godefroy Gontran Gonzague Grégoire Grégory Guillaume
    Gustave Guy Gwenaël Gwendoline Gwenola Hector
    Hélène Héloïse Henri Henriette Henry Herbert Hervé Hilaire Hippolyte Honoré Honorine Hortense Hubert Hugo
    Hugues Hyacinthe Ida Ignace Igor Inès Irène
    Iris Isabelle Isidore Ivan Jacky Jacob Jacqueline Jacques Jacquot Jade Jean Jeanne Jeannine Jérémie Jérémy
    Jérôme Joachim Joanna Joël Joëlle Johan Jonathan
    Jordan Joseph Josèphe Joséphine Josette Josiane Joseline Jocelyne Jocelyn Josselin Judith Jules Julia Julian
    Julie Julien Juliette Justin Justine
    Karine Katia Kevin Kévin Ladislas Laetitia Lambert Laura Laure Laurence Laurent Laurette Laurie Lazare Léa
    Léandre Léna Léo Léon Léonard Léone Léonie
    Léontine Léopold Lilian Liliane Lina Line Lionel Lise Lisa Loïc Lola Lorraine Louis Louise Loup Luc Lucas
    Luce Lucette Lucie Lucien Lucienne Lucile Ludivine
    Ludovic Lydie Lydia Madeleine Mado Maël Maëlle Magali Magalie Malo Manon Marc Marceau Marcel Marceline
    Marcelle Margaux Margot Marguerite Marianne Marie Mariette Marin
    Marine Marion Marius Marlène Marthe Martial Martin Martine Maryse Maryvonne Mathias Mathieu Mathilde Mathis
    Mathurin Matthieu Maud Maurice Maurin Mauricette Max
    Maxence Maxime Maximilien Mélanie Mélissa Mercedes Michel Michèle Micheline Michelle Mireille Modeste
    Monique Morgan Morgane Muriel Myriam Nadège Nadine
    Narcisse Natacha Nathalie Nathan Nestor Nicolas Nicole Nina Noé Noël Noëlle Noémie Norbert Octave Octavie
    Odette Odile Odilon Olga Olive Olivia Olivier Ombeline Oriane
    Oscar Océane Pascal Pascale Pascaline Patrice Patricia Patrick Paul Paule Paulette Pauline Perrine Philibert
    Philippe Philippine Philomène Pierre Pierrette Pierrick Pol
    Prosper Prudence Quentin Rachel Raoul Raphaël Raphaëlle Raymond Raymonde Rébecca Régine Régis Reine Rémi
    Rémy Renaud René Renée Richard Robert Roberte Robin Roch
    Rodolphe Rodrigue Roger Roland Rolande Romain Romane Romuald Ronan Rosalie Rose Roselyne Roxane Sabine
    Salomé Salomon Samson Samuel Sandra Sandrine Sara Sarah Sébastien
    Ségolène Séraphin Séraphine Serge Séverin Séverine Sibylle Sidonie Siméon Simon Simone Solange Solène Sophie
    Soline Stanislas Stella Stéphane Stéphanie Suzanne Suzette Sylvain Sylvaine
    Sylvestre Sylvette Sylviane Sylvie Tancrède Tanguy Tatiana Théa Théo Théodore Théophile Thérèse Thibaud
    Thibault Thibaut Thierry Thomas Timothée
    Tiphaine Toussaint Tristan Ulysse Urbain Ursule Valentin Valentine Valère Valérie Valéry Vanessa Véra
    Véronique Victoire Victor Victoria Victorien Victorine Vincent
    Violaine Violette Virgile Virginie Viviane Vivien Vivienne Wilfried William Xavier Yaël Yann Yannick Yohan
    Yolande Ysé Yves Yvette Yvon Yvonne Zacharie Zélie Zoé
"""
_ABROAD = """
    Abdallah Abdel Abdelaziz Abdelkader Abdelmadjid Abdou Abdoulaye Abdul Abdullah Abou Adama Ahmad Ahmed Ahmet
    Aïcha Aïssata Ali Alioune Alpha Amadou Amal Amar Amin Amina Amine Amir Amira
    Aminata Anouar Antar Anwar Assad Assia Ayman Aymen Aziz Bachar Bakary Bechir Benyamin Bilal Boubacar
    Boubakeur Brahim Cheikh Daoud Djamel Djamila Ebrahim Fadi Fadila Faïza Farid Farida Farouk Fatima Fatou
    Fayçal Fouad Ghassan Habib Hachem Hafez Hakim Hamed Hamid Hani Hasan Hassan Hatem Hicham Hocine Hosni Houari
    Houda Hussein Ibrahim Idriss Ilham Imane Imran Ismaïl Issa Jamal Jamil Jawad Kader Kamel Kamal Karim
    Karima Khadija Khaled Khalid Lakhdar Lamine Latifa Leïla Leila Lotfi Mahamadou Mahamat Mahmoud Malik Malika
    Mamadou Mansour Mariam Maryam Masoud Mehdi Mehmet Mohamed Mohammad Mohammed Moncef Mounir Moussa Moustapha
    Mouammar Muhammad Mustafa Mustapha Nabil Nadia Nadir Naïma Nasser Nawaf Nora Nour Noureddine Omar Osama
    Oumar Ousmane Oussama Rachid Rachida Rafic Rafik Ramzan Rania Recep Reza Riad Saad Saddam Saïd Said Salah
    Salem Salim Salima Salman
    Samia Samir Samira Sami Selim Sékou Seydou Slimane Sofiane Soraya Souad Soumaya Tahar Tarek Tariq Tayyip
    Tidjane Walid Yacine Yahya Yasmina Yasmine Yasser Youssef Youssou Yusuf Zahra Zainab Zied Zine Zineb Zohra
    Aaron Abraham Adrian Alan Albrecht Aldo Alec Alejandro Aleksandar Alessandro Alex Alfonso Alfredo Alistair
    Allan Allen Alvaro Amanda Amy Ana Anders Andrea Andreas Andrés Andrew Andy Angela Angelo Anita Ann
    Annalena Annegret Ante Antonia Antonio Antony Anton Antti Arno Arturo Ashley Augusto Austin Avril Barack
    Barry Beatriz Ben Bernardo Bernd Bernhard Bernie Bert Beth Betty Bill Billy Björn Bob Bobby Brad Brandon
    Brett Brian Bruce Bryan Burkhard
    Caitlin Carl Carla Carlo Carlos Carmen Carol Charlie Cheryl Chris Christina Christopher Chuck Cindy Claudia
    Claudio Claus Clinton Colin Condoleezza Connie Craig Cristina Cynthia Dale Dan Daniela Danny Darren Dave
    Dean Deborah Debbie Dennis Derek Diana Diego
    Dick Dieter Dimitris Dirk Don Donald Doris Dorothy Doug Douglas Duncan Dwight Eduardo Edward Edwin Eileen
    Elena Eleanor Elizabeth Ellen Elon Emanuel Emily Enrico Enrique Enzo Erich Erik Erika Ernest Ernst Erwin
    Eugenio Evan Evelyn Fabio
    Federico Felipe Fernando Fidel Filippo Florian Fran Frances Francesca Francesco Francis Francisco Franco
    Franz Fred Freddy Friedrich Fritz Gary Gavin Gene Geoffrey George Georgia Georgios Gerald Gerd Gerhard Gerry
    Gianni Gino Giorgia Giorgio Giovanni Giulio Giuseppe
    Glenn Gloria Gordon Grace Graham Grant Greg Gregor Greta Guido Guillermo Gunther Gustavo Hans Harald Harold
    Harry Hans-Dietrich Heather Heidi Heiko Heinrich Heinz Helen Helena Helmut Hermann Hillary Horst Howard Hugh
    Hugo Humberto Ian Ingrid Irina Isabel Isabella Iñaki
    Jack Jackie Jaime Jair Jake James Jamie Jan Jane Janet Janos Jared Jason Javier Jay Jeff Jeffrey Jennifer
    Jens Jenny Jeremy Jerome Jerry Jess Jesse Jessica Jesus Jill Jim Jimmy Joan Joanne Joao Jochen Joe Joel
    Johann Johannes John Johnny Jon Jonas Jorg Jorge Jörg José Josep Josh Joshua Josip Joyce Juan Juha
    Juan-Carlos Jürgen Justin Kaja Kamala Karen Karel Karin Karl Karla Kate Kathleen Kathy Katherine Katrin Keir
    Keith Kelly Ken Kenneth Kerry Kim Kirk Klaus Konrad Konstantinos Kristalina Kristin Kurt Kyriakos Lars Larry
    Laszlo Lech Lee Leo Leonardo Leslie Liam Linda Lindsey Lisa Lloyd Lorenzo Lothar Louisa Luca Lucia Luciano
    Ludwig
    Luigi Luis Luiz Luke Lula Lyndon Madeleine Magnus Manfred Manuel Marcello Marco Marcos Marek Margaret Maria
    Mariano Mario Marina Mark Marko Markus Marta Martha Martina Marty Mary Massimo Mateusz Matt Matteo Matthew
    Matthias Mauricio Maurizio Megan Mel Melissa Mette Michael Michal Michele Miguel Mike Mikko Milan Mitch Mitt
    Moritz
    Nancy Naomi Natalia Neil Nelson Nicola Nicolás Nicolae Niccolo Nick Nigel Nikki Nikolaus Norman Nuno Oleg
    Olaf Ole Oliver Orlando Oskar Otto Pablo Pam Pamela Paolo Patricio Pedro Peggy Pepe Per Péter Pete Peter
    Petra Petro Phil Philip Pia Piero Pietro Pilar Rafael Rainer Ralf Ralph Ramón Randy Raúl Ray Rebecca
    Reinhard Rex Ricardo Riccardo Rich Rick Rishi
    Rita Rob Roberto Rodrigo Roman Romano Ron Ronald Rosa Rosemary Roy Rudolf Rudy Rupert Russell Ruth Ryan
    Sally Salvador Salvatore Sam Sanna Sandro Santiago Scott Sean Sergio Shannon Sharon Sheila Shirley Sigmar
    Silvia Silvio Simona Sophia Spencer Stefan Stefano Stephen Steve Steven Stuart Sue Susan Sven Tamara Ted
    Teresa Terry Theresa Tim Timothy Tina Tobias Todd Tom Tomas Tommy
    Tony Tracy Ulrich Umberto Ursula Uwe Vaclav Valdis Vera Viktor Vicente Vittorio Waldemar Walter Warren Wayne
    Wendy Werner Wilhelm Willi Willy Winston Wolf Wolfgang Woodrow Yanis Yorgos Zach Zoltan
    Alekseï Alexeï Alexander Aleksandr Anastasia Anatoli Andreï Andrei Andrij Andriy Anton Arkadi Artem Arseni
    Bogdan Bohdan Daria Denys Dmitri Dmitry Dmytro Edouard Ekaterina Elvira Evgueni Evgeny Fiodor Galina Gennadi
    Gleb Grigori Guennadi Ielena Ievgueni Ilia Ilya Iouri Iulia Ioulia Kirill
    Kirilo Konstantin Ksenia Larissa Leonid Lev Lioudmila Lyudmyla Maksim Margarita Marat Maria Mark Mikhaïl
    Mikhail Mykhaïlo Mykola Nadejda Natalia Nikita Nikolaï Nikolai Nikol Oksana Oleksandr Oleksiy Oleksii Olena
    Oleh Pavel Pavlo Petr Piotr Polina Rodion Rostislav Rouslan Rustem Roustem Sergueï Serguei Sergei Serhiy
    Serhii Stepan
    Svetlana Sviatoslav Taras Timofeï Vadim Valentina Valeri Valeriy Vassili Viatcheslav Vitali Vitaly Vladimir
    Vladislav Volodymyr Vsevolod Yegor Yevgeny Youri Yulia Yuri Zinaïda Aslan Djokhar Ilham Kassym-Jomart
    Nursultan Nikol Mikheil Salomé Zourab Giorgi
    Ante Bojidar Dragan Goran Ivica Jovan Ljubica Mihai Milorad Mirjana Miroslav Nenad Novak Radovan Ratko
    Slavko Slobodan Tomislav Vesna Vojislav Zoran Aleksander Andrzej Donald Jaroslaw Lech Mateusz Radoslaw
    Stanislaw Szymon Wojciech Zbigniew Gheorghe Ion Traian Klaus
    Akira Akihito Fumio Haruki Hideki Hirohito Hiroshi Junichiro Kenji Kazuo Masahiro Naruhito Sanae Shigeru
    Shinzo Shinzō Takashi Taro Yasuhiro Yoshihide Yoko Yoko Yukio Minoru Toshimitsu Yoshimasa
    Ashok Atal Deepak Indira Jawaharlal Manmohan Narendra Rahul Rajiv Ravi Sanjay Sonia Subrahmanyam Sunil Vijay
    Arundhati Anil Amit Asif Benazir Imran Nawaz Pervez Aung Suu Ferdinand Rodrigo Joko Prabowo Mahathir Anwar
    Abiy Aung Cyril Emmerson Félix Goodluck Haile Ellen Jacob Julius Kwame Laurent Meles Muhammadu Nana Olusegun
    Paul Patrice Robert Samora Thabo Thomas Uhuru William Yoweri Koffi Kofi Desmond Nelson Winnie Bola
    Benjamin Bezalel Ehud David Golda Isaac Itamar Itzhak Naftali Shimon Yaïr Yair Yitzhak Yoav Avigdor Ariel
    Menahem Moshe Ismaïl Yahya Yasser Mahmoud Marwan Hanane
    Jiang Mao Deng Xiaoping Hu Ban Tedros Ngozi António Antonio Boutros Kurt Javier
    Soon-ok Jong-un
"""

FIRST_NAMES = frozenset(fold_name(name) for name in (_FRENCH + _ABROAD).split())
"""Folded."""

FAMILY_FIRST = frozenset(
    """
    kim lee park pak choi choe jung jeong kang cho yoon yun jang lim han oh shin sin seo kwon hwang ahn an song
    ryu hong moon
    mun ri roh son baek yang chung bae xi li wang zhang liu chen huang zhao wu zhou xu sun ma hu guo deng mao
    jiang zhu
    qin zhong lin he gao nguyen tran pham hoang vo
    """.split()
)
"""Family names that stand before the given name in Korean, Chinese and Vietnamese; folded."""
