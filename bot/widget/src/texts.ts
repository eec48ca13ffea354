/**
 * Every word the chat itself says, both languages side by side. What the assistant answers comes from the server.
 * French carries a no-break space before : ; ? ! and inside « ».
 */
import type { Language } from "./message";

/** Named when the chat cannot reach its server and so cannot ask it. */
export const MAILBOX = "cyber4sme@economie.fgov.be";

const NAMES: Record<Language, string> = { nl: "Nederlands", fr: "Français" };

export const TEXTS = {
  title: { nl: "Cyber4SME-assistent", fr: "Assistant Cyber4SME" },
  subtitle: { nl: "FOD Economie", fr: "SPF Economie" },
  launch: { nl: "Stel uw vraag", fr: "Posez votre question" },
  close: { nl: "Chat sluiten", fr: "Fermer le chat" },
  badgeOne: { nl: "1 nieuw bericht", fr: "1 nouveau message" },
  badgeMany: { nl: "{count} nieuwe berichten", fr: "{count} nouveaux messages" },
  languages: { nl: "Taal", fr: "Langue" },
  menu: { nl: "Meer mogelijkheden", fr: "Plus d’options" },
  download: { nl: "Gesprek downloaden (.txt)", fr: "Télécharger la conversation (.txt)" },
  restart: { nl: "Nieuw gesprek", fr: "Nouvelle conversation" },
  erase: { nl: "Gesprek verwijderen", fr: "Supprimer la conversation" },
  privacy: { nl: "Privacyverklaring", fr: "Déclaration de confidentialité" },
  newWindow: { nl: "(nieuw venster)", fr: "(nouvelle fenêtre)" },
  transcript: { nl: "Gesprek", fr: "Conversation" },
  transcriptHelp: {
    nl: "Pijltjes: van bericht naar bericht. Enter: knoppen en links in het bericht. Escape: invoerveld.",
    fr: "Flèches\u00a0: d’un message à l’autre. Entrée\u00a0: boutons et liens du message. Échap\u00a0: champ de saisie.",
  },
  enterHelp: { nl: "Enter: knoppen en links", fr: "Entrée\u00a0: boutons et liens" },
  note: {
    nl: "De antwoorden zijn indicatief. Uw gesprek wordt bewaard om ze te verbeteren; u kunt het altijd verwijderen via het menu. Deel geen vertrouwelijke gegevens.",
    fr: "Les réponses sont indicatives. Votre conversation est conservée pour les améliorer\u00a0; vous pouvez la supprimer à tout moment via le menu. Ne communiquez pas de données confidentielles.",
  },
  assistant: { nl: "Digitale assistent", fr: "Assistant numérique" },
  visitor: { nl: "U", fr: "Vous" },
  typing: { nl: "De assistent schrijft een antwoord…", fr: "L’assistant rédige une réponse…" },
  choices: { nl: "Keuzes", fr: "Choix" },
  chosen: { nl: "(gekozen)", fr: "(choisi)" },
  qualifies: { nl: "Indicatief: komt in aanmerking", fr: "À titre indicatif\u00a0: remplit les conditions" },
  does_not_qualify: {
    nl: "Indicatief: komt niet in aanmerking",
    fr: "À titre indicatif\u00a0: ne remplit pas les conditions",
  },
  target_qualifies: { nl: "Indicatief: binnen de doelgroep", fr: "À titre indicatif\u00a0: dans le public visé" },
  target_does_not_qualify: {
    nl: "Indicatief: buiten de doelgroep",
    fr: "À titre indicatif\u00a0: hors du public visé",
  },
  unclear: { nl: "Niet duidelijk", fr: "Impossible à déterminer" },
  reference: { nl: "Uw referentie", fr: "Votre référence" },
  referenceIs: { nl: "Uw referentie:", fr: "Votre référence\u00a0:" },
  source: { nl: "Bron", fr: "Source" },
  sources: { nl: "Bronnen", fr: "Sources" },
  helpful: { nl: "Was dit antwoord nuttig?", fr: "Cette réponse vous a-t-elle été utile\u00a0?" },
  yes: { nl: "Ja, nuttig", fr: "Oui, utile" },
  no: { nl: "Nee, niet nuttig", fr: "Non, pas utile" },
  comment: { nl: "Wilt u dat toelichten? (niet verplicht)", fr: "Souhaitez-vous ajouter un commentaire\u00a0? (facultatif)" },
  commentSend: { nl: "Toelichting versturen", fr: "Envoyer le commentaire" },
  thanks: { nl: "Bedankt voor uw reactie.", fr: "Merci pour votre retour." },
  notDone: { nl: "Dat is niet gelukt. Probeer het opnieuw.", fr: "Cela n’a pas fonctionné. Réessayez." },
  failed: { nl: "Niet verstuurd.", fr: "Non envoyé." },
  noConnection: { nl: "Er is geen verbinding met de chat.", fr: "Il n’y a pas de connexion avec le chat." },
  waitSeconds: { nl: "Wacht nog {count}\u00a0s.", fr: "Patientez encore {count}\u00a0s." },
  again: { nl: "Opnieuw versturen", fr: "Envoyer à nouveau" },
  edit: { nl: "Aanpassen", fr: "Modifier" },
  cancel: { nl: "Annuleren", fr: "Annuler" },
  input: { nl: "Uw bericht", fr: "Votre message" },
  placeholder: { nl: "Typ uw vraag…", fr: "Tapez votre question…" },
  send: { nl: "Versturen", fr: "Envoyer" },
  counter: { nl: "{count} van {limit} tekens", fr: "{count} caractères sur {limit}" },
  tooLong: {
    nl: "{count} van {limit} tekens: {over} te veel.",
    fr: "{count} caractères sur {limit}\u00a0: {over} de trop.",
  },
  offline: {
    nl: "U bent offline. Uw berichten worden verstuurd zodra er weer verbinding is.",
    fr: "Vous êtes hors ligne. Vos messages seront envoyés dès que la connexion sera rétablie.",
  },
  unavailable: {
    nl: "De chat werkt nu niet. Probeer het later opnieuw of mail naar {mailbox}.",
    fr: "Le chat ne fonctionne pas pour le moment. Réessayez plus tard ou écrivez à {mailbox}.",
  },
  retry: { nl: "Opnieuw proberen", fr: "Réessayer" },
  expired: {
    nl: "Uw gesprek is verlopen. Start een nieuw gesprek; wat u typte, blijft staan.",
    fr: "Votre conversation a expiré. Commencez une nouvelle conversation\u00a0; votre texte est conservé.",
  },
  erased: { nl: "Uw gesprek is verwijderd.", fr: "Votre conversation est supprimée." },
  eraseAsk: { nl: "Dit gesprek verwijderen?", fr: "Supprimer cette conversation\u00a0?" },
  eraseTold: {
    nl: "Alle berichten worden van de server gewist. Dat is definitief.",
    fr: "Tous les messages seront effacés du serveur. C’est définitif.",
  },
  eraseYes: { nl: "Ja, verwijderen", fr: "Oui, supprimer" },
  restartAsk: { nl: "Een nieuw gesprek starten?", fr: "Commencer une nouvelle conversation\u00a0?" },
  restartTold: {
    nl: "U ziet het huidige gesprek daarna niet meer. U kunt het eerst downloaden.",
    fr: "Vous ne verrez plus la conversation actuelle. Vous pouvez d’abord la télécharger.",
  },
  restartYes: { nl: "Ja, nieuw gesprek", fr: "Oui, nouvelle conversation" },
} satisfies Record<string, Record<Language, string>>;

export type TextName = keyof typeof TEXTS;

/** The text of that name in `language`, with each `{placeholder}` filled from `values`. */
export function say(language: Language, name: TextName, values: Record<string, string | number> = {}): string {
  return TEXTS[name][language].replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

/** "Label: text", with the space French puts before a colon. */
export function labelled(language: Language, label: string, text: string): string {
  return `${label}${language === "fr" ? "\u00a0" : ""}: ${text}`;
}

/** "1 new message" or "3 new messages". */
export function sayUnread(language: Language, count: number): string {
  return say(language, count === 1 ? "badgeOne" : "badgeMany", { count });
}

/** What a language calls itself. */
export function nameOf(language: Language): string {
  return NAMES[language];
}
