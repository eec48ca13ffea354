/** Shows a message's plain text as paragraphs, lists, links, and sections that fold when they are long. */
import { linkParts } from "../links";
import type { Message } from "../message";
import { blocksOf, type Block } from "../text-blocks";
import { aside, h } from "./dom";
import { icon } from "./icons";

// A longer section under a heading would push what comes after it out of sight.
const LONG = 500;

/** The text of `message`; a visitor's own words stay exactly as typed. */
export function richText(message: Message): HTMLElement {
  const body = h("div", { class: "text" });
  if (message.sender === "visitor") body.append(h("p", { dir: "auto", class: "typed" }, message.text));
  else fill(body, blocksOf(message.text));
  return body;
}

/** `text` with the words that must not break at their hyphens. */
export function unbroken(text: string): (Node | string)[] {
  return text
    .split(/(e-mails?|C4S-[\w-]+)/i)
    .map((part, index) => (index % 2 ? h("span", { class: "unbroken" }, part) : part));
}

function fill(body: HTMLElement, blocks: readonly Block[]): void {
  let into = body;
  for (const shape of blocks) {
    if (shape.kind === "heading") body.append((into = h("details", {}, h("summary", {}, shape.lines[0]))));
    else into.append(block(shape));
  }
  for (const section of body.querySelectorAll("details")) section.open = section.textContent.length < LONG;
}

/** A link that leaves the conversation where it is. */
export function outsideLink(href: string, ...text: (Node | string)[]): HTMLAnchorElement {
  const link = h("a", { href }, ...text);
  if (!href.startsWith("mailto:")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.append(icon("external"), aside("newWindow"));
  }
  return link;
}

function block(shape: Block): HTMLElement {
  if ("lines" in shape) {
    const lines = shape.lines.flatMap((line, index) => (index ? [h("br"), ...inline(line)] : inline(line)));
    return h("p", { dir: "auto" }, ...lines);
  }
  const items = shape.items.map((item) => h("li", { dir: "auto" }, ...inline(item)));
  if (shape.kind === "bullets") return h("ul", {}, ...items);
  return h("ol", { start: shape.start === 1 ? null : shape.start }, ...items);
}

function inline(line: string): (Node | string)[] {
  return linkParts(line).flatMap(({ text, href }) => (href ? [outsideLink(href, ...breakable(text))] : unbroken(text)));
}

/** A link's words, which break behind an at sign where they must: else one letter of an address may stand alone. */
function breakable(text: string): (Node | string)[] {
  const host = text.indexOf("@") + 1;
  return host ? [text.slice(0, host), h("wbr"), text.slice(host)] : [text];
}
