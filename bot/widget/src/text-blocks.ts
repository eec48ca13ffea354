/** Reads the shape of a plain text: headings, paragraphs and lists, as its lines and their beginnings show it. */

export interface Paragraph {
  /** A heading is one line, underlined by dashes. */
  kind: "paragraph" | "heading";
  lines: string[];
}

export interface List {
  kind: "bullets" | "numbers";
  /** The number a numbered list begins with. */
  start: number;
  items: string[];
}

export type Block = Paragraph | List;

/** The blocks of `text` in order; an empty line ends a block, a change of kind begins another. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let current = null as Block | null;
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) {
      current = null;
      continue;
    }
    if (/^-{3,}$/.test(line) && current?.kind === "paragraph" && !current.lines[1]) {
      current.kind = "heading";
      current = null;
      continue;
    }
    const [kind, content, start] = kindOf(line);
    if (current?.kind !== kind) {
      current = kind === "paragraph" ? { kind, lines: [] } : { kind, start, items: [] };
      blocks.push(current);
    }
    ("lines" in current ? current.lines : current.items).push(content);
  }
  return blocks;
}

function kindOf(line: string): ["paragraph" | List["kind"], string, number] {
  const bullet = /^\s*[-•]\s+(.*)$/.exec(line);
  if (bullet) return ["bullets", bullet[1] ?? "", 0];
  const number = /^\s*(\d{1,2})[.)]\s+(.*)$/.exec(line);
  if (number) return ["numbers", number[2] ?? "", Number(number[1])];
  return ["paragraph", line, 0];
}
