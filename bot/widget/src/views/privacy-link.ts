/** The way to the site's page about privacy; nothing where the site names none. */
import { h } from "./dom";
import { outsideLink } from "./rich-text";

export class PrivacyLink {
  readonly element = h("span");

  update(href: string | null): void {
    this.element.hidden = !href;
    const shown = this.element.querySelector("a")?.getAttribute("href");
    if (href && href !== shown) this.element.replaceChildren(outsideLink(href, h("span", { "data-say": "privacy" })));
  }
}
