/** The bytes of a file in the order they come. */
export interface Bytes {
  /** Up to so many of the next bytes, which stay where they are. */
  readonly peek: (count: number) => Promise<Buffer>;
  /** Up to so many of the next bytes. */
  readonly take: (count: number) => Promise<Buffer>;
  /** Passes over so many bytes. */
  readonly skip: (count: number) => Promise<void>;
  /** Up to so many bytes in pieces, as they come. */
  readonly pieces: (count?: number) => AsyncGenerator<Buffer>;
  /** Lets go of the file, wherever the reading stands. */
  readonly close: () => Promise<void>;
}

export function createBytes(source: AsyncIterable<Uint8Array>): Bytes {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let isOver = false;

  async function fill(count: number): Promise<void> {
    while (held.length < count && !isOver) {
      const { done, value } = await iterator.next();
      if (done === true) isOver = true;
      else held = held.length === 0 ? asBuffer(value) : Buffer.concat([held, value]);
    }
  }

  async function take(count: number): Promise<Buffer> {
    await fill(count);
    const taken = held.subarray(0, count);
    held = held.subarray(taken.length);
    return taken;
  }

  async function* pieces(count = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
    let left = count;
    while (left > 0) {
      await fill(1);
      if (held.length === 0) return;
      const piece = await take(Math.min(held.length, left));
      left -= piece.length;
      yield piece;
    }
  }

  return {
    take,
    pieces,
    async peek(count) {
      await fill(count);
      return held.subarray(0, count);
    },
    async skip(count) {
      for await (const piece of pieces(count)) void piece;
    },
    async close() {
      isOver = true;
      await iterator.return?.();
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
