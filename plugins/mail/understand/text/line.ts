/**
 * A line of a body with what the HTML around it tells. quote: inside a container in which a client keeps the earlier mail; attribution: the line
 * that names who wrote it; signature: inside a signature container.
 */
export interface TextLine {
  readonly text: string;
  /** How many quotes deep: `>` marks or blockquotes. */
  readonly depth: number;
  readonly mark: LineMark;
}

export type LineMark = 'none' | 'quote' | 'attribution' | 'signature';

/** Lines of a plain text. */
export function linesOf(text: string): TextLine[] {
  return text.split('\n').map((line) => {
    // The bracket of an address that a client broke before its end: "... <jane@example.com\n>:".
    if (/^>\s*:?\s*(?:$|wrote|schrieb|skrev|a écrit)/.test(line) && line.trim() !== '>')
      return { text: line, depth: 0, mark: 'none' };
    const prefix = /^\s{0,2}(?:>\s?)+|^\s{0,2}(?:\|\s){1,10}(?=\S)/.exec(line)?.[0] ?? '';
    const depth = prefix.replaceAll(/[^>|]/g, '').length;
    return { text: line.slice(prefix.length), depth, mark: 'none' };
  });
}

/** The lines as a person reads them in plain text. */
export function joinLines(lines: readonly TextLine[]): string {
  return lines
    .map(({ text, depth }) => (depth === 0 ? text : `${'>'.repeat(depth)} ${text}`.trimEnd()))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
}
