import { Parser } from 'htmlparser2';

/**
 * How deep HTML may be nested. The parser keeps what is open in a list that it shifts with every tag, and looks through it at many: half a million
 * tags that are never closed would cost a hundred thousand million steps. People stay below some hundred.
 */
const MOST_DEPTH = 1_000;

interface Events {
  readonly onopentag: (tag: string, attributes: Record<string, string>) => void;
  readonly onclosetag: (tag: string) => void;
  readonly ontext: (data: string) => void;
}

/** Reads HTML as far as it is nested no deeper than that. @returns what is left after the tag that was too much; '' at the end */
export function parseShallow(html: string, events: Partial<Events>): string {
  let depth = 0;
  let end: number | undefined;
  const parser: Parser = new Parser(
    {
      onopentag(tag, attributes) {
        events.onopentag?.(tag, attributes);
        depth += 1;
        if (depth <= MOST_DEPTH) return;
        end = parser.endIndex + 1;
        parser.pause();
      },
      onclosetag(tag) {
        depth -= 1;
        if (end === undefined) events.onclosetag?.(tag);
      },
      ontext: (data) => events.ontext?.(data),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(html);
  if (end !== undefined) return html.slice(end);
  parser.end();
  return '';
}

/** Whether it is nested deeper than anybody writes. */
export function isTooDeep(html: string): boolean {
  return hasManyTags(html) && parseShallow(html, {}) !== '';
}

function hasManyTags(html: string): boolean {
  let count = 0;
  for (let at = html.indexOf('<'); at !== -1 && count <= MOST_DEPTH; at = html.indexOf('<', at + 1)) count += 1;
  return count > MOST_DEPTH;
}
