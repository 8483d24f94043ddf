/**
 * The few marks that people put into plain text by habit: `**bold**`, `_italic_`, lists, addresses of pages. A mail without any goes as plain text.
 */

const field = /(\{\{[^{}]*\}\})/;
const bold = /\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*/g;
const italic = /(?<![\w/])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w/])/g;
const link = /\[([^\]\n]+)\]\((https?:\/\/[^\s()<>]+|mailto:[^\s()<>]+)\)/g;
const bullet = /^\s*[-•]\s+/;
const number = /^\s*\d{1,3}[.)]\s+/;

/** @returns undefined when there is nothing that plain text could not say */
export function asHtml(text: string): string | undefined {
  const isFormatted = [bold, italic, link].some((one) => text.search(one) !== -1);
  if (!isFormatted) return undefined;
  return blocks(text.trimEnd().split('\n')).join('');
}

type ListKind = 'ul' | 'ol';

const kindOf = (line: string): ListKind | undefined =>
  bullet.test(line) ? 'ul' : number.test(line) ? 'ol' : undefined;

function blocks(lines: readonly string[]): string[] {
  const html: string[] = [];
  let open: ListKind | undefined;
  for (const [index, line] of lines.entries()) {
    const kind = kindOf(line);
    if (open !== kind && open !== undefined) html.push(`</${open}>`);
    if (open !== kind && kind !== undefined) html.push(`<${kind}>`);
    open = kind;
    if (kind !== undefined) html.push(`<li>${inline(line.replace(bullet, '').replace(number, ''))}</li>`);
    else
      html.push(inline(line), index === lines.length - 1 || kindOf(lines[index + 1] ?? '') !== undefined ? '' : '<br>');
  }
  if (open !== undefined) html.push(`</${open}>`);
  return html;
}

/** Fields stay as they are: the hub fills and escapes them. */
function inline(line: string): string {
  return line
    .split(field)
    .map((part) => (field.test(part) ? part : marked(escapeHtml(part))))
    .join('');
}

function marked(text: string): string {
  return text.replaceAll(link, '<a href="$2">$1</a>').replaceAll(bold, '<b>$1</b>').replaceAll(italic, '<i>$1</i>');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export type Mark = 'bold' | 'italic' | 'list' | 'link';

interface Selected {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Puts a mark around what is selected. @returns the text and what is selected then */
export function mark({ text, start, end }: Selected, kind: Mark, word: string): Selected {
  const chosen = text.slice(start, end) || word;
  if (kind === 'list') {
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const lines = text.slice(from, end).split('\n');
    const listed = lines.map((line) => (bullet.test(line) ? line : `- ${line}`)).join('\n');
    return { text: text.slice(0, from) + listed + text.slice(end), start: from, end: from + listed.length };
  }
  const [before, after] = { bold: ['**', '**'], italic: ['_', '_'], link: ['[', '](https://)'] }[kind] as [
    string,
    string,
  ];
  return {
    text: text.slice(0, start) + before + chosen + after + text.slice(end),
    start: start + before.length,
    end: start + before.length + chosen.length,
  };
}
