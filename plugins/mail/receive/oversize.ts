import type { MessageStructureObject } from 'imapflow';
import type { Imap, Listed } from '../client/imap.ts';

const LONGEST_TEXT = 1024 * 1024;
const MOST_NAMES = 50;

/** What is read of a message that is too large: its header fields and its text, and the names of the rest. */
export async function fetchOversize(
  imap: Imap,
  { uid, bytes }: Listed,
): Promise<{ readonly raw: Buffer; readonly leftOut: string } | undefined> {
  const skeleton = await imap.skeleton(uid);
  if (skeleton === undefined) return undefined;
  const leaves = skeleton.structure === undefined ? [] : leavesOf(skeleton.structure);
  const text = ['text/plain', 'text/html']
    .map((type) => leaves.find((leaf) => leaf.type === type && leaf.disposition !== 'attachment'))
    .find((leaf) => leaf !== undefined);
  const body = text === undefined ? Buffer.alloc(0) : await imap.part(uid, text.part ?? '1', LONGEST_TEXT);
  const rest = leaves.filter((leaf) => leaf !== text);
  return { raw: Buffer.concat([headOf(skeleton.headers, text), body]), leftOut: describe(bytes, rest) };
}

function leavesOf(node: MessageStructureObject): MessageStructureObject[] {
  return node.childNodes === undefined || node.childNodes.length === 0 ? [node] : node.childNodes.flatMap(leavesOf);
}

/** The header fields, with those about the content replaced by those of the one part that is there. */
function headOf(headers: Buffer, text: MessageStructureObject | undefined): Buffer {
  const kept = headers
    .toString('latin1')
    .split(/\r?\n(?![ \t])/)
    .filter((field) => field !== '' && !/^content-/i.test(field));
  const charset = text?.parameters?.['charset'];
  const content = [
    `Content-Type: ${text?.type ?? 'text/plain'}${charset === undefined ? '' : `; charset="${charset.replaceAll(/["\r\n]/g, '')}"`}`,
    `Content-Transfer-Encoding: ${text?.encoding?.replaceAll(/[\r\n]/g, '') ?? '7bit'}`,
  ];
  return Buffer.from(`${[...kept, ...content].join('\r\n')}\r\n\r\n`, 'latin1');
}

function describe(bytes: number, rest: readonly MessageStructureObject[]): string {
  const megabytes = Math.ceil(bytes / 1024 / 1024);
  const names = rest
    .slice(0, MOST_NAMES)
    .map(
      ({ type, parameters, dispositionParameters }) =>
        dispositionParameters?.['filename'] ?? parameters?.['name'] ?? type,
    );
  const list = names.length === 0 ? '' : ` Left in the mailbox: ${names.join(', ')}.`;
  return `Too large to be fetched (${megabytes} MB).${list}`;
}
