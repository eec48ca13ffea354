/** What a webmaster can set on the element (and, with `data-` in front, on the script). */
import { isLanguage, type Language } from "./message";
import { webAddress } from "./links";
import { say } from "./texts";

/** Every attribute the element listens to. */
export const ATTRIBUTES = [
  "language",
  "server",
  "launcher",
  "open",
  "position",
  "accent",
  "theme",
  "title",
  "title-nl",
  "title-fr",
  "privacy-link",
  "privacy-link-nl",
  "privacy-link-fr",
] as const;

/** The language to begin in: what the page asks for, else the page's own language, else the browser's. */
export function firstLanguage(element: Element): Language {
  const page = element.closest("[lang]")?.getAttribute("lang") ?? "";
  const wishes = [
    element.getAttribute("language"),
    page.slice(0, 2),
    ...navigator.languages.map((name) => name.slice(0, 2)),
  ];
  return wishes.map((wish) => wish?.toLowerCase()).find(isLanguage) ?? "nl";
}

/** The chat's title in that language. */
export function titleOf(element: Element, language: Language): string {
  return inLanguage(element, "title", language) ?? say(language, "title");
}

/** The page about privacy in that language, when there is one at a web address. */
export function privacyLinkOf(element: Element, language: Language): string | null {
  return webAddress(inLanguage(element, "privacy-link", language));
}

/** The address of the API; an error when what was given is no web address. */
export function serverOf(element: Element, scriptOrigin: string): string {
  const given = element.getAttribute("server") ?? scriptOrigin;
  const address = webAddress(given);
  if (!address) throw new Error(`server="${given}" is no web address; give one such as https://chat.example.be`);
  return address.replace(/\/$/, "");
}

/** Light or dark: what the page asks for, else what the visitor's system prefers. */
export function themeOf(element: Element): "light" | "dark" {
  const wish = element.getAttribute("theme");
  if (wish === "light" || wish === "dark") return wish;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function inLanguage(element: Element, name: string, language: Language): string | null {
  return element.getAttribute(`${name}-${language}`) ?? element.getAttribute(name);
}
