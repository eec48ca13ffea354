/** Dates, times and numbers as they are written in Belgium. */
import type { Language, MessageLanguage } from "./message";

const LOCALES: Record<MessageLanguage, string> = { nl: "nl-BE", fr: "fr-BE", de: "de-BE", en: "en-GB" };

/** An ISO day in words: "28 februari 2023", "1er mars 2023"; the text itself when it is no date. */
export function longDay(day: string, language: MessageLanguage): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return inWords(date, language, "UTC");
}

/** The time of a message: only the clock on the same day, the day as well on any other. */
export function shortTime(time: string, now: Date, language: Language): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "";
  const clock = new Intl.DateTimeFormat(LOCALES[language], { hour: "2-digit", minute: "2-digit" }).format(date);
  return date.toDateString() === now.toDateString() ? clock : `${inWords(date, language)}, ${clock}`;
}

/** The day it is now, in words. */
export function today(now: Date, language: Language): string {
  return inWords(now, language);
}

/** A whole number with its thousands set apart. */
export function wholeNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}

function inWords(date: Date, language: MessageLanguage, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {};
  const words = new Intl.DateTimeFormat(LOCALES[language], { day: "numeric", month: "long", year: "numeric", ...zone });
  const text = words.format(date);
  // French counts the first day of a month as an ordinal, which the formatter does not know.
  return language === "fr" ? text.replace(/^1 /, "1er ") : text;
}
