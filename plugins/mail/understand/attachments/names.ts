import { cleaned } from '../text/clean.ts';

const endings: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/vcard': 'vcf',
  'text/x-vcard': 'vcf',
  'text/csv': 'csv',
  'text/rtf': 'rtf',
  'text/xml': 'xml',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/json': 'json',
  'application/xml': 'xml',
  'application/rtf': 'rtf',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/pgp-signature': 'asc',
  'application/pgp-encrypted': 'asc',
  'application/pgp-keys': 'asc',
  'application/pkcs7-signature': 'p7s',
  'application/x-pkcs7-signature': 'p7s',
  'application/pkcs7-mime': 'p7m',
  'application/x-pkcs7-mime': 'p7m',
  'application/ms-tnef': 'dat',
  'application/gzip': 'gz',
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'message/disposition-notification': 'txt',
  'message/feedback-report': 'txt',
  'text/rfc822-headers': 'txt',
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'image/tiff': 'tif',
  'image/svg+xml': 'svg',
  'image/heic': 'heic',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/amr': 'amr',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/3gpp': '3gp',
};
// Windows refuses these whatever their ending.
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
// Marks that turn the writing direction make `exe.pdf` out of `fdp.exe`.
const invisible = /[\p{Cc}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** The name as a person may see it: one line, no control characters, the path of somebody's disk left out. */
export function shownName(name: string): string {
  const flat = cleaned(name).replaceAll(invisible, '').replaceAll(/\s+/g, ' ').trim();
  return /^[a-z]:\\|^\\\\/i.test(flat) ? (flat.split('\\').at(-1) ?? flat) : flat;
}

/** A name that every file system takes; made from the type when there is none. */
export function safeName(name: string, mimeType: string, fallback: string): string {
  const ending = endings[mimeType] ?? 'bin';
  const base = name
    .replaceAll(/[/\\:*?"<>|]/g, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  if (base === '') return `${fallback}.${ending}`;
  const named = reserved.test(base) ? `_${base}` : base;
  return shortened(
    /\.[^.\s]{1,10}$/.test(named) || mimeType === 'application/octet-stream' ? named : `${named}.${ending}`,
  );
}

/** At most 200 bytes of UTF-8, the ending kept. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= 200) return name;
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  let kept = '';
  for (const char of name.slice(0, name.length - ending.length)) {
    if (Buffer.byteLength(kept + char) + Buffer.byteLength(ending) > 200) break;
    kept += char;
  }
  return kept.trimEnd() + ending;
}
