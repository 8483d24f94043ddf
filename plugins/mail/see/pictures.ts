import type { PublicBytes } from '../client/public-fetch.ts';

/** What a page shows at once: pictures become part of it, so that it can go on loading nothing by itself. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_PICTURES = 40;
const AT_ONCE = 6;
const shown = /^image\/(?:png|jpeg|gif|webp)$/;

type Picture = { readonly bytes: Uint8Array; readonly mimeType: string };

/** As the sanitiser writes them: always in double quotes, with `&amp;` in addresses. */
const own = / src="cid:([^"]*)"/g;
const remote = / data-remote-src="([^"]*)"/g;

/** Puts the pictures of the message itself where its HTML names them. @param find by content id */
export function withOwnPictures(html: string, find: (contentId: string) => Picture | undefined): string {
  let room = MOST_BYTES;
  return html.replaceAll(own, (_whole, written: string) => {
    const picture = find(plain(written));
    if (picture === undefined || !shown.test(picture.mimeType) || picture.bytes.length > room) return '';
    room -= picture.bytes.length;
    return ` src="${asData(picture)}"`;
  });
}

/** Whether the sender learns that the mail was opened when its pictures are shown. */
export function hasRemotePictures(html: string): boolean {
  return html.includes(' data-remote-src="');
}

/**
 * Fetches the pictures that lie elsewhere, by the hub and not by the reader's browser: the sender learns that somebody asked, and nothing of who
 * or where. What does not come stays empty.
 */
export async function withRemotePictures(html: string, fetch: PublicBytes, signal: AbortSignal): Promise<string> {
  const addresses = [...new Set([...html.matchAll(remote)].map(([, written = '']) => written))].slice(0, MOST_PICTURES);
  const found = new Map<string, string>();
  let room = MOST_BYTES;
  for (let start = 0; start < addresses.length; start += AT_ONCE) {
    const part = addresses.slice(start, start + AT_ONCE);
    const answers = await Promise.all(part.map(async (written) => await fetchOne(written, fetch, room, signal)));
    for (const [index, picture] of answers.entries()) {
      if (picture === undefined || picture.bytes.length > room) continue;
      room -= picture.bytes.length;
      found.set(part[index] ?? '', asData(picture));
    }
  }
  return html.replaceAll(remote, (whole, written: string) =>
    found.has(written) ? ` src="${found.get(written)}"` : whole,
  );
}

async function fetchOne(written: string, fetch: PublicBytes, room: number, signal: AbortSignal) {
  const url = URL.parse(plain(written).replace(/^http:/i, 'https:'));
  if (url === null || url.protocol !== 'https:') return undefined;
  const answer = await fetch(url.href, room, signal);
  return answer !== undefined && shown.test(answer.mimeType) ? answer : undefined;
}

function asData({ bytes, mimeType }: Picture): string {
  return `data:${mimeType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
}

function plain(written: string): string {
  return written.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
