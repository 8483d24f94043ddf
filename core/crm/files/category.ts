import { lookup } from 'mrmime';

const documents = /^text\/|pdf|msword|wordprocessing|opendocument\.text|rtf/;

/** The words by which Twenty sorts attachments (2.21, measured), told by the extension. */
export function categoryOf(name: string): string {
  const type = lookup(name) ?? '';
  if (type.startsWith('audio/')) return 'AUDIO';
  if (type.startsWith('image/')) return 'IMAGE';
  if (type.startsWith('video/')) return 'VIDEO';
  if (/sheet|excel|csv/.test(type)) return 'SPREADSHEET';
  if (/presentation|powerpoint/.test(type)) return 'PRESENTATION';
  if (/zip|compressed|x-tar|x-rar/.test(type)) return 'ARCHIVE';
  return documents.test(type) ? 'TEXT_DOCUMENT' : 'OTHER';
}
