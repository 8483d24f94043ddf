/** One server-sent event as the hub writes them: one line of data at most, lines end with LF. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
  /** Milliseconds to wait before connecting again. */
  readonly retryMs: number | undefined;
}

/** Takes the text in whatever pieces it comes. What is not complete when the connection breaks is never told. */
export function createEventParser(onEvent: (event: ServerEvent) => void): (text: string) => void {
  let pending = '';
  return (text) => {
    const blocks = (pending + text).split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) onEvent(parseBlock(block));
  };
}

function parseBlock(block: string): ServerEvent {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  const retry = Number(fields.get('retry') ?? Number.NaN);
  return {
    event: fields.get('event') ?? '',
    data: fields.get('data') ?? '',
    id: fields.get('id'),
    retryMs: Number.isFinite(retry) ? retry : undefined,
  };
}
