import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type FileStore, NotFoundError } from '@switchboard/core/contract';

/** A file store in memory, for tests of a plugin by itself. */
export function memoryFileStore(): FileStore {
  const files = new Map<string, Buffer>();
  return {
    put: async (source) => {
      const content = await buffer(Readable.from(source));
      const id = createHash('sha256').update(content).digest('hex');
      files.set(id, content);
      return { id, bytes: content.length };
    },
    find: async (id) => {
      const content = files.get(id);
      return content && { id, bytes: content.length };
    },
    open: async (id, range) => {
      const content = files.get(id);
      if (content === undefined) throw new NotFoundError(`There is no file ${id}`);
      return Readable.from([range === undefined ? content : content.subarray(range.first, range.last + 1)]);
    },
  };
}
