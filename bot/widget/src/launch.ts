/** What the script does on a page: makes the element known and, on a page that has none, adds a launcher. */
import { ATTRIBUTES } from "./attributes";
import { Cyber4smeChatElement } from "./cyber4sme-chat-element";

const TAG = "cyber4sme-chat";

/** Starts the chat as the script's own `data-` attributes ask; a second script on the page changes nothing. */
export function launch(script: HTMLScriptElement | null): void {
  if (customElements.get(TAG)) return;
  Cyber4smeChatElement.scriptOrigin = script?.src ? new URL(script.src).origin : location.origin;
  customElements.define(TAG, Cyber4smeChatElement);
  if (!script || script.dataset.launcher === "none") return;
  if (document.readyState === "loading")
    addEventListener("DOMContentLoaded", () => addLauncher(script), { once: true });
  else addLauncher(script);
}

function addLauncher(script: HTMLScriptElement): void {
  if (document.querySelector(TAG)) return;
  const chat = document.createElement(TAG);
  for (const name of ATTRIBUTES) {
    const value = script.getAttribute(`data-${name}`);
    if (value !== null) chat.setAttribute(name, value);
  }
  chat.setAttribute("launcher", "");
  document.body.append(chat);
}
