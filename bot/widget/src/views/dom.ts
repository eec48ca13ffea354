/** Builds elements: attributes and children in one call, never from a string of HTML. */
import type { TextName } from "../texts";

type Child = Node | string | null | false | undefined;
type Value = string | number | boolean | null | undefined;
type Listener = (event: Event) => void;

/** A new element; a function among `props` listens to the event of that name. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Record<string, Value | Listener> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else attr(element, name, value);
  }
  element.append(
    ...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** A new button that does `act`. */
export function button(look: string, act: () => void, ...children: Child[]): HTMLButtonElement {
  return h("button", { type: "button", class: look, click: act }, ...children);
}

/** A new button that names its text. */
export function textButton(look: string, text: TextName, act: () => void): HTMLButtonElement {
  const made = button(look, act);
  made.dataset.say = text;
  return made;
}

/** Text for ears only. */
export function aside(text: TextName): HTMLElement {
  return h("span", { class: "aside", "data-say": text });
}

/** Sets an attribute, or removes it for null and false; touches the page only when something changes. */
export function attr(element: Element, name: string, value: Value): void {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else {
    const text = value === true ? "" : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** Sets the text of an element; the same text is left alone, so that nothing is read out again. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** The element that has the focus inside the shadow root that `near` is in. */
export function focused(near: Node): Element | null {
  const root = near.getRootNode();
  return root instanceof ShadowRoot ? root.activeElement : null;
}

/** Does `element` have the focus, or something in it? */
export function holdsFocus(element: Element): boolean {
  return element.contains(focused(element));
}
