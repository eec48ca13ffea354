/** Dresses the shadow root: style sheets made in code need no permission from the page's security policy. */
import { paletteOf } from "./accent";
import { themeOf } from "./attributes";
import answers from "./styles/answers.css";
import base from "./styles/base.css";
import colours from "./styles/colours.css";
import composer from "./styles/composer.css";
import header from "./styles/header.css";
import media from "./styles/media.css";
import panel from "./styles/panel.css";
import transcript from "./styles/transcript.css";

// In this order: what comes later may overrule what comes before.
const CSS = [base, colours, panel, header, transcript, answers, composer, media].join("\n");

/** Gives a shadow root the chat's styles. */
export function dress(root: ShadowRoot): void {
  if ("adoptedStyleSheets" in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  // Older browsers only know the style element, which a strict policy has to allow.
  const style = document.createElement("style");
  style.textContent = CSS;
  (root as ShadowRoot).append(style);
}

/** Colours the chat by the page's wishes and the visitor's. */
export function paint(root: HTMLElement, host: Element): void {
  const theme = themeOf(host);
  const contrast = matchMedia("(prefers-contrast: more)").matches ? 7 : 4.5;
  const { fill, ink } = paletteOf(host.getAttribute("accent"), theme, contrast);
  root.dataset.theme = theme;
  root.style.setProperty("--fill", fill);
  root.style.setProperty("--ink", ink);
}
