import type { Reply } from '@switchboard/core/contract';

/** Types that a browser shows and that run nothing. */
const harmless =
  /^(?:image\/(?:png|jpeg|gif|webp)|application\/pdf|text\/plain|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/;

/** Bytes that a stranger sent: to be saved, never to be shown as a page of ours. */
export function download(
  bytes: Uint8Array,
  { name, mimeType }: { readonly name: string; readonly mimeType: string },
): Reply {
  const plain = name.replaceAll(/[^\w .()-]/g, '_');
  return {
    headers: {
      'content-type': harmless.test(mimeType) ? mimeType : 'application/octet-stream',
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
      'content-length': String(bytes.length),
      ...closed,
    },
    body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  };
}

const closed = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-site',
  'cache-control': 'private, no-store',
};

/** Mail is written for white paper, whatever the colours of who reads it. */
const looks =
  'body{margin:12px;background:#fff;color:#111;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}';

/** The sanitised HTML of a mail as a page of its own, which runs and loads nothing. */
export function page(html: string): Reply {
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...closed,
      'content-security-policy':
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; " +
        "form-action 'none'; frame-ancestors 'self'",
      'referrer-policy': 'no-referrer',
    },
    body: `<!doctype html><meta charset="utf-8"><base target="_blank"><style>${looks}</style>${html}`,
  };
}
