import type { Part } from './mime/tree.ts';

/** A stretch of the body: as plain text, as HTML, or as both when they say the same. */
export interface Segment {
  readonly plain: Part | null;
  readonly html: Part | null;
}

export interface BodyPlan {
  readonly segments: readonly Segment[];
  /** Everything else, in the order of the message. */
  readonly attached: readonly Part[];
}

const plainTypes = new Set([
  'text/plain',
  'text/enriched',
  'text/richtext',
  'text/markdown',
  'text/x-markdown',
  'text/x-plain',
  'text',
]);

/** Decides which parts are read and which are files. */
export function planBody(root: Part): BodyPlan {
  const attached: Part[] = [];
  const segments = segmentsOf(root, attached, true);
  if (segments.length > 0) return { segments, attached };
  // Nothing to read: a text with a name, but without a disposition, is what the sender wrote (it stays listed as a file as well).
  const named = attached.find((part) => part.disposition !== 'attachment' && isReadable(part));
  return { segments: named ? [segmentOf(named)] : [], attached };
}

function segmentsOf(part: Part, attached: Part[], mayBeNamed: boolean): Segment[] {
  if (!part.type.startsWith('multipart/')) {
    if (isBody(part, mayBeNamed)) return [segmentOf(part)];
    attached.push(part);
    return [];
  }
  switch (part.type) {
    case 'multipart/alternative':
      return alternative(part, attached);
    case 'multipart/related':
      return related(part, attached);
    case 'multipart/signed':
    case 'multipart/report':
      return firstOnly(part, attached);
    case 'multipart/encrypted':
    case 'multipart/appledouble':
      attached.push(...leaves(part));
      return [];
    default:
      return part.parts.flatMap((child) => segmentsOf(child, attached, false));
  }
}

/** The same content several times: the plainest text and the best HTML; what is neither (a calendar, say) is listed. */
function alternative(part: Part, attached: Part[]): Segment[] {
  const choices = part.parts.map((child) => segmentsOf(child, attached, true));
  const plain =
    choices.find((segments) => segments.some((segment) => segment.plain && !isBlank(segment.plain))) ??
    choices.find((segments) => segments.some((segment) => segment.plain));
  const html = choices.findLast((segments) => segments.some((segment) => segment.html));
  if (!plain || !html || plain === html) return plain ?? html ?? [];
  if (plain.length === 1 && html.length === 1) return [{ plain: plain[0]?.plain ?? null, html: html[0]?.html ?? null }];
  return pair(plain, html);
}

/** Several stretches on either side (Apple Mail puts pictures between): the first carries the plain text, the others add what is HTML only. */
function pair(plain: readonly Segment[], html: readonly Segment[]): Segment[] {
  const length = Math.max(plain.length, html.length);
  return Array.from({ length }, (_, index) => ({
    plain: plain[index]?.plain ?? null,
    html: html[index]?.html ?? null,
  }));
}

/** The root is read, the rest are its pictures. */
function related(part: Part, attached: Part[]): Segment[] {
  const start = (part.typeParameters.get('start') ?? '').replaceAll(/[<>\s]/g, '');
  const named = part.parts.find((child) => start !== '' && contentIdOf(child) === start);
  const root =
    named ?? part.parts.find((child) => child.type.startsWith('multipart/') || isReadable(child)) ?? part.parts[0];
  const segments: Segment[] = [];
  for (const child of part.parts) {
    if (child === root) segments.push(...segmentsOf(child, attached, true));
    else attached.push(...leaves(child));
  }
  return segments;
}

function firstOnly(part: Part, attached: Part[]): Segment[] {
  const [first, ...rest] = part.parts;
  const segments = first ? segmentsOf(first, attached, true) : [];
  attached.push(...rest.flatMap(leaves));
  return segments;
}

function leaves(part: Part): Part[] {
  return part.type.startsWith('multipart/') ? part.parts.flatMap(leaves) : [part];
}

function segmentOf(part: Part): Segment {
  return part.type === 'text/html' || part.type === 'application/xhtml+xml'
    ? { plain: null, html: part }
    : { plain: part, html: null };
}

function isReadable(part: Part): boolean {
  return plainTypes.has(part.type) || part.type === 'text/html' || part.type === 'application/xhtml+xml';
}

/** @param mayBeNamed the part stands where only a body can stand, so a name makes no file of it */
function isBody(part: Part, mayBeNamed: boolean): boolean {
  if (!isReadable(part) || part.disposition === 'attachment') return false;
  if (mayBeNamed) return true;
  return fileNameOf(part) === '';
}

export function fileNameOf(part: Part): string {
  return (
    part.dispositionParameters.get('filename') ??
    part.dispositionParameters.get('name') ??
    part.typeParameters.get('name') ??
    part.typeParameters.get('filename') ??
    ''
  );
}

export function contentIdOf(part: Part): string {
  const value = part.fields.find((field) => field.name === 'content-id')?.value.trim() ?? '';
  return (/<([^<>]*)>/.exec(value)?.[1] ?? value).replaceAll(/\s+/g, '');
}

function isBlank(part: Part): boolean {
  return part.body.length < 4_000 && part.body.toString('latin1').trim() === '';
}
