import { NotFoundError } from '@switchboard/core/contract';
import { understand } from './understand.ts';

/**
 * The bytes of one file of a message, from the raw source.
 * @param section `Attachment.section`
 */
export async function readAttachment(raw: Buffer, section: string): Promise<Uint8Array> {
  const { attachments } = await understand(raw, { contents: true });
  const content = attachments.find((attachment) => attachment.section === section)?.content;
  if (!content) throw new NotFoundError('The message has no such attachment.');
  return content;
}
