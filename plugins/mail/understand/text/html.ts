import { cleaned } from './clean.ts';
import { containerOf } from './containers.ts';
import type { LineMark, TextLine } from './line.ts';
import { parseShallow } from './shallow.ts';

const blocks = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li ' +
    'main menu nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'dl', 'table', 'blockquote', 'pre']);
const skipped = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noframes',
  'object',
  'applet',
  'select',
  'textarea',
  'svg',
  'math',
]);
const cells = new Set(['td', 'th']);

interface Open {
  readonly tag: string;
  readonly skips: boolean;
  readonly quotes: boolean;
  readonly mark: LineMark | null;
  readonly list: { ordered: boolean; count: number } | null;
}

/** HTML as lines of text, with what its containers tell. One pass, no tree; what is nested too deep begins anew, with no container around it. */
export function htmlLines(html: string): TextLine[] {
  const builder = createBuilder();
  const events = { onopentag: builder.open, onclosetag: builder.close, ontext: builder.text };
  for (let rest = html; rest !== ''; builder.closeAll()) rest = parseShallow(rest, events);
  return builder.finish();
}

function createBuilder() {
  const lines: TextLine[] = [];
  const stack: Open[] = [];
  const lists: { ordered: boolean; count: number }[] = [];
  const marks: LineMark[] = [];
  let current = '';
  let wantsBlank = false;
  let skipping = 0;
  let quotes = 0;
  let pre = 0;
  let tail: LineMark = 'none';

  const mark = (): LineMark => marks.at(-1) ?? tail;

  function breakLine(): void {
    const line = cleaned(pre > 0 ? current.trimEnd() : current.replaceAll(/ {2,}/g, ' ').trim());
    current = '';
    if (line === '') return;
    if (wantsBlank && lines.length > 0)
      lines.push({ text: '', depth: Math.min(lines.at(-1)?.depth ?? 0, quotes), mark: mark() });
    wantsBlank = false;
    lines.push({ text: line, depth: quotes, mark: mark() });
  }

  function lineEnd(): void {
    if (current.trim() === '' && pre === 0) {
      current = '';
      // An empty line that somebody typed.
      if (lines.length > 0 && lines.at(-1)?.text !== '') lines.push({ text: '', depth: quotes, mark: mark() });
      wantsBlank = false;
    } else breakLine();
  }

  function open(tag: string, attributes: Record<string, string>): void {
    const hidden = /display\s*:\s*none|mso-hide\s*:\s*all/i.test(attributes['style'] ?? '');
    const skips = skipped.has(tag) || (hidden && tag !== 'br');
    if (tag === 'br' && skipping === 0) lineEnd();
    if (blocks.has(tag)) {
      breakLine();
      wantsBlank ||= spaced.has(tag);
    }
    const kind = containerOf(tag, attributes);
    const outlook = isOutlookBorder(tag, attributes['style'] ?? '');
    if (kind || outlook) breakLine();
    if (kind?.toTheEnd === true || outlook) tail = 'quote';
    const list = tag === 'ol' || tag === 'ul' ? { ordered: tag === 'ol', count: 0 } : null;
    const entry: Open = {
      tag,
      skips,
      quotes: tag === 'blockquote' && !isIndent(attributes),
      mark: kind?.mark ?? null,
      list,
    };
    if (list) lists.push(list);
    if (skips) skipping += 1;
    if (entry.quotes) quotes += 1;
    if (entry.mark) marks.push(entry.mark);
    if (tag === 'pre') pre += 1;
    stack.push(entry);
    if (tag === 'li') current += bullet();
    if (cells.has(tag) && current.trim() !== '') current += ' ';
  }

  function bullet(): string {
    const list = lists.at(-1);
    if (list) list.count += 1;
    return list?.ordered === true ? `${list.count}. ` : '- ';
  }

  /** The parser closes what was left open, in order, so the stack's top is the one that closes. */
  function close(tag: string): void {
    const entry = stack.at(-1)?.tag === tag ? stack.pop() : undefined;
    if (blocks.has(tag)) {
      breakLine();
      wantsBlank ||= spaced.has(tag);
    }
    if (!entry) return;
    if (entry.mark) {
      breakLine();
      marks.pop();
    }
    if (entry.skips) skipping -= 1;
    if (entry.quotes) quotes -= 1;
    if (entry.list) lists.pop();
    if (tag === 'pre') pre -= 1;
  }

  function closeAll(): void {
    for (let entry = stack.at(-1); entry !== undefined; entry = stack.at(-1)) close(entry.tag);
  }

  function text(data: string): void {
    if (skipping > 0) return;
    if (pre === 0) {
      current += data.replaceAll(/[\s\u200b\u200c\ufeff]+/g, ' ');
      return;
    }
    const [first = '', ...rest] = data.replaceAll('\r\n', '\n').split('\n');
    current += first;
    for (const line of rest) {
      if (current === '') lines.push({ text: '', depth: quotes, mark: mark() });
      else breakLine();
      current = line;
    }
  }

  function finish(): TextLine[] {
    breakLine();
    return lines;
  }

  return { open, close, closeAll, text, finish };
}

/** Outlook for Windows marks the earlier mail by nothing but a line above its header. */
function isOutlookBorder(tag: string, style: string): boolean {
  return (
    tag === 'div' &&
    /border:\s*none;\s*border-top:\s*solid\s*(?:#[0-9a-f]{6}|windowtext)\s*1\.0pt;\s*padding:\s*3\.0pt/i.test(style)
  );
}

/** Gmail and others indent by a blockquote, which is no quote. */
function isIndent(attributes: Readonly<Record<string, string>>): boolean {
  return (
    attributes['type'] !== 'cite' &&
    /^\s*margin:\s*0(?:px)?\s+0(?:px)?\s+0(?:px)?\s+40px;\s*border:\s*(?:none|medium)/i.test(attributes['style'] ?? '')
  );
}
