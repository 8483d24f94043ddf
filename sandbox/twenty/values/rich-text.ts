import { randomUUID } from 'node:crypto';

type Inline = { type: 'text'; text: string; styles: Record<string, boolean> };
type Block = { id: string; type: string; props: Record<string, unknown>; content: Inline[]; children: Block[] };

const PROPS = { backgroundColor: 'default', textColor: 'default', textAlignment: 'left' };

/** BlockNote's JSON of a markdown text: headings, lists, paragraphs, bold, italic and code. */
export function blocksOfMarkdown(markdown: string): string {
  const lines = markdown.split('\n').filter((line) => line.trim() !== '');
  return JSON.stringify(lines.map(blockOfLine));
}

/** Markdown of BlockNote's JSON; text that is no such JSON gives none. */
export function markdownOfBlocks(blocknote: string): string {
  const blocks = parseBlocks(blocknote);
  return blocks.map((entry) => `${prefixOf(entry)}${entry.content.map(inlineToMarkdown).join('')}\n`).join('\n');
}

function blockOfLine(line: string): Block {
  const heading = line.match(/^(#{1,3})\s+(.*)$/);
  if (heading !== null) {
    const level = heading[1]?.length ?? 1;
    return block('heading', heading[2] ?? '', { level, isToggleable: false });
  }
  const bullet = line.match(/^\s*[-*+]\s+(.*)$/);
  if (bullet !== null) return block('bulletListItem', bullet[1] ?? '');
  const numbered = line.match(/^\s*\d+\.\s+(.*)$/);
  if (numbered !== null) return block('numberedListItem', numbered[1] ?? '');
  return block('paragraph', line);
}

function block(type: string, text: string, props: Record<string, unknown> = {}): Block {
  return { id: randomUUID(), type, props: { ...PROPS, ...props }, content: inlinesOf(text), children: [] };
}

function inlinesOf(text: string): Inline[] {
  const pieces = text.split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/).filter((piece) => piece !== '');
  return pieces.map((piece) => {
    if (/^\*\*.+\*\*$/.test(piece)) return { type: 'text', text: piece.slice(2, -2), styles: { bold: true } };
    if (/^\*.+\*$/.test(piece)) return { type: 'text', text: piece.slice(1, -1), styles: { italic: true } };
    if (/^`.+`$/.test(piece)) return { type: 'text', text: piece.slice(1, -1), styles: { code: true } };
    return { type: 'text', text: piece, styles: {} };
  });
}

function parseBlocks(blocknote: string): Block[] {
  try {
    const blocks: unknown = JSON.parse(blocknote);
    return Array.isArray(blocks) ? (blocks as Block[]).filter((entry) => Array.isArray(entry.content)) : [];
  } catch {
    return [];
  }
}

function prefixOf(entry: Block): string {
  if (entry.type === 'heading') return `${'#'.repeat(Number(entry.props['level'] ?? 1))} `;
  if (entry.type === 'bulletListItem') return '* ';
  return entry.type === 'numberedListItem' ? '1. ' : '';
}

function inlineToMarkdown({ text, styles }: Inline): string {
  if (styles['code'] === true) return `\`${text}\``;
  if (styles['bold'] === true) return `**${text}**`;
  return styles['italic'] === true ? `*${text}*` : text;
}
