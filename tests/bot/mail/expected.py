"""The mails of the samples, word for word."""

from __future__ import annotations

SMALL_TEXT = {
    "nl": """\
Een bezoeker van de chat vraagt een antwoord van een medewerker.
Antwoordt u op deze mail, dan schrijft u rechtstreeks aan de bezoeker.


VRAAG
-----
    Kon een school ook indienen?


CONTACT
-------
E-mail:        jan@bakkerij.be
Naam:          niet opgegeven
Onderneming:   niet opgegeven
Antwoord in:   het Nederlands


OVER DE VRAAG
-------------
Referentie:    C4S-2026-7F3K9Q
Onderwerp:     Wie kon een project indienen?
Gesteld op:    22/11/2026 om 14.05 uur
Pagina:        niet bekend
Oproepen:      afgesloten op het moment van de vraag


--
De chatassistent maakte deze mail automatisch, met de toestemming van de
bezoeker. Links die de bezoeker typte, zijn opzettelijk onderbroken
(zoals in https[:]//voorbeeld[.]be), zodat niemand er per ongeluk op klikt.
""",
    "fr": """\
Un visiteur du chat demande qu’un membre du personnel lui réponde.
Si vous répondez à ce message, vous écrivez directement au visiteur.


QUESTION
--------
    Et une école\u00a0?


COORDONNÉES
-----------
E-mail\u00a0:        jan@bakkerij.be
Nom\u00a0:           non communiqué
Entreprise\u00a0:    non communiquée
Répondre en\u00a0:   français


À PROPOS DE LA QUESTION
-----------------------
Référence\u00a0:     C4S-2026-7F3K9Q
Sujet\u00a0:         Qui pouvait introduire un projet\u00a0?
Posée le\u00a0:      22/11/2026 à 14\u00a0h\u00a005
Page\u00a0:          inconnue
Appels\u00a0:        clôturés au moment de la question


--
L’assistant du chat a rédigé ce message automatiquement, avec l’accord du
visiteur. Les liens saisis par le visiteur sont coupés volontairement
(comme dans https[:]//exemple[.]be), pour que personne ne clique par erreur.
""",
}
# What a full mail has besides, between "about the question" and the foot.
EXTRA_TEXT = {
    "nl": """\


CHECK VAN DE VOORWAARDEN (indicatief)
-------------------------------------
Resultaat:     niet duidelijk

Antwoorden van de bezoeker:
- Soort organisatie: federatie
- Uitbesteding: 40 %

Redenen:
- De voorwaarden van thema 5 staan niet in de documenten.


GESPREK
-------
21/11/2026

14.05  Assistent
    Welkom! / Bienvenue !

22/11/2026

14.02  Bezoeker
    eerste
    tweede

14.03  Assistent
    Zie https://economie.fgov.be/nl.
""",
    "fr": """\


TEST DES CONDITIONS (indicatif)
-------------------------------
Résultat\u00a0:      ne remplit pas les conditions

Réponses du visiteur\u00a0:
- Sous-traitance : 60 %

Raisons\u00a0:
- La sous-traitance dépasse le maximum.


CONVERSATION
------------
21/11/2026

14\u00a0h\u00a005  Assistant
    Welkom! / Bienvenue !

22/11/2026

14\u00a0h\u00a002  Visiteur
    eerste
    tweede

14\u00a0h\u00a003  Assistant
    Zie https://economie.fgov.be/nl.
""",
}
SUBJECT = {
    "nl": "[C4S-2026-7F3K9Q] Wie kon een project indienen? – vraag via de chat",
    "fr": "[C4S-2026-7F3K9Q] Qui pouvait introduire un projet\u00a0? – question posée par le chat",
}
CONFIRMATION = {
    "nl": """\
Goedendag,

Op 22/11/2026 om 14.05 uur vroeg u via onze chat om een antwoord van
een medewerker. Uw vraag gaat naar helpdesk@mailbox.test.

Uw referentie is C4S-2026-7F3K9Q. Vermeld ze als u ons opnieuw schrijft.

Een medewerker leest uw vraag en antwoordt op dit e-mailadres. De chat kan
niet beloven wanneer. Wij bewaren een kopie van uw vraag gedurende
180 dagen in ons verzendsysteem; daarna wissen wij die.

Hebt u niets gevraagd? Dan heeft iemand anders uw adres opgegeven.
U hoeft niets te doen.

De chatassistent van de FOD Economie
""",
    "fr": """\
Bonjour,

Le 22/11/2026 à 14\u00a0h\u00a005, vous avez demandé, via notre chat, qu’un
membre du personnel vous réponde. Votre question est transmise à l’adresse
helpdesk@mailbox.test.

Votre référence est C4S-2026-7F3K9Q. Mentionnez-la si vous nous écrivez à nouveau.

Un membre du personnel lit votre question et répond à cette adresse e-mail.
Le chat ne peut pas promettre de délai. Nous gardons une copie de votre
question pendant 180 jours dans notre système d’envoi\u00a0; ensuite, nous l’effaçons.

Vous n’avez rien demandé\u00a0? Dans ce cas, quelqu’un d’autre a indiqué votre adresse.
Vous n’avez rien à faire.

L’assistant du chat du SPF Economie
""",
}
CONFIRMATION_SUBJECT = {
    "nl": "Wij hebben uw vraag ontvangen – referentie C4S-2026-7F3K9Q",
    "fr": "Nous avons bien reçu votre question – référence C4S-2026-7F3K9Q",
}
