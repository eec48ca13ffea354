/** Shows a message's plain text as paragraphs, lists and links. */
import { linkParts } from "../links";
import type { Message } from "../message";
import { blocksOf, type Block } from "../text-blocks";
import { aside, h } from "./dom";
import { icon } from "./icons";

/** The text of `message`; a visitor's own words stay exactly as typed. */
export function richText(message: Message): HTMLElement {
  const body = h("div", { class: "text" });
  if (message.sender === "visitor") body.append(h("p", { dir: "auto", class: "typed" }, message.text));
  else body.append(...blocksOf(message.text).map(block));
  return body;
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
  if (shape.kind === "paragraph") {
    const lines = shape.lines.flatMap((line, index) => (index ? [h("br"), ...inline(line)] : inline(line)));
    return h("p", { dir: "auto" }, ...lines);
  }
  const items = shape.items.map((item) => h("li", { dir: "auto" }, ...inline(item)));
  if (shape.kind === "bullets") return h("ul", {}, ...items);
  return h("ol", { start: shape.start === 1 ? null : shape.start }, ...items);
}

function inline(line: string): (Node | string)[] {
  return linkParts(line).map(({ text, href }) => (href ? outsideLink(href, text) : text));
}
