/** Reads the shape of a plain text: paragraphs and lists, as its line breaks and line beginnings show it. */

export interface Paragraph {
  kind: "paragraph";
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
    const [kind, content, start] = kindOf(line);
    if (current?.kind !== kind) {
      current = kind === "paragraph" ? { kind, lines: [] } : { kind, start, items: [] };
      blocks.push(current);
    }
    (current.kind === "paragraph" ? current.lines : current.items).push(content);
  }
  return blocks;
}

function kindOf(line: string): [Block["kind"], string, number] {
  const bullet = /^\s*[-•]\s+(.*)$/.exec(line);
  if (bullet) return ["bullets", bullet[1] ?? "", 0];
  const number = /^\s*(\d{1,2})[.)]\s+(.*)$/.exec(line);
  if (number) return ["numbers", number[2] ?? "", Number(number[1])];
  return ["paragraph", line, 0];
}
