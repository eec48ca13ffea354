/** Which words of an answer may be followed as a link: only addresses on hosts we know. */

const HOSTS = [
  "economie.fgov.be",
  "safeonweb.be",
  "ccb.belgium.be",
  "police.be",
  "febelfin.be",
  "gegevensbeschermingsautoriteit.be",
];

const MAIL_HOSTS = ["economie.fgov.be", "safeonweb.be"];

export interface Part {
  text: string;
  /** Where it leads, or null for plain text. */
  href: string | null;
}

/** `text` cut into plain parts and links; joined again, the parts are the text. */
export function linkParts(text: string): Part[] {
  const parts: Part[] = [];
  let plain = "";
  for (const piece of text.split(/([^\s<>«»"“”()[\]]+)/)) {
    const [word, tail] = withoutTail(piece);
    const href = hrefOf(word);
    if (href === null) {
      plain += piece;
      continue;
    }
    if (plain) parts.push({ text: plain, href: null });
    parts.push({ text: word, href });
    plain = tail;
  }
  if (plain) parts.push({ text: plain, href: null });
  return parts;
}

/** The address a web page's author gave, when it is a web address; null for anything else. */
export function webAddress(text: string | null): string | null {
  if (!text) return null;
  const url = parse(text, document.baseURI);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** A full stop or a comma behind an address belongs to the sentence. */
function withoutTail(piece: string): [string, string] {
  const word = piece.replace(/[.,;:!?'’…]+$/, "");
  return [word, piece.slice(word.length)];
}

function hrefOf(word: string): string | null {
  if (/^[\w.+-]+@[\w.-]+$/.test(word)) {
    const host = word.slice(word.indexOf("@") + 1).toLowerCase();
    return MAIL_HOSTS.includes(host) ? `mailto:${word}` : null;
  }
  const bare = /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/|$)/i.test(word);
  if (!bare && !/^https:\/\//i.test(word)) return null;
  const url = parse(bare ? `https://${word}` : word);
  return url && isKnown(url) ? url.href : null;
}

/** No port and no user name: both are ways to make a foreign address look like ours. */
function isKnown(url: URL): boolean {
  if (url.protocol !== "https:" || url.port || url.username || url.password) return false;
  return HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}

function parse(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
