/** The chat's few drawings, as lines on a grid of 24; decoration only, the words stand beside them. */

const PATHS = {
  chat: "M4 4.5h16v11.5H10l-5 4v-4H4z M8 8.5h8 M8 12h5",
  close: "M6 6l12 12 M18 6L6 18",
  menu: "M5 12h.01 M12 12h.01 M19 12h.01",
  send: "M4 12l16-7.5-5 15-3.5-6z M11.5 13.5L20 4.5",
  thumb: "M7 11v9H4v-9z M7 11l4-7.5a2 2 0 0 1 2 2V10h5.5a2 2 0 0 1 2 2.4l-1.2 6a2 2 0 0 1-2 1.6H7",
  down: "M12 5v14 M6 13l6 6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  alert: "M12 4l9 16H3z M12 10v4.5 M12 17h.01",
  external: "M14 5h5v5 M19 5l-8 8 M17 14v5H5V7h5",
} as const;

export type IconName = keyof typeof PATHS;

/** A fresh drawing. */
export function icon(name: IconName): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  for (const [key, value] of [
    ["viewBox", "0 0 24 24"],
    ["aria-hidden", "true"],
    ["class", `icon icon-${name}`],
  ] as const) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
