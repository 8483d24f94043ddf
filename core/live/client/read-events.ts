import { createEventParser, type ServerEvent } from './event-parser.ts';

export interface ReadOptions {
  readonly url: string;
  readonly topics: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly lastEventId: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly onOpen: () => void;
  readonly onEvent: (event: ServerEvent) => void;
  readonly signal: AbortSignal;
}

/** The hub does not serve this request. */
export class RefusedByHub extends Error {
  /** True when the request itself is wrong: it makes no sense to repeat it. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.name = 'RefusedByHub';
    this.isFinal = isFinal;
  }
}

/** The hub sends something every 15 seconds. */
const SILENCE_MS = 45_000;

/** Reads one connection until it ends, breaks, falls silent or the signal aborts. */
export async function readEvents(options: ReadOptions): Promise<void> {
  const silence = new AbortController();
  const watch = () => setTimeout(() => silence.abort(new Error('The hub has fallen silent')), SILENCE_MS);
  let timer = watch();
  try {
    const response = await request(options, AbortSignal.any([options.signal, silence.signal]));
    options.onOpen();
    const parse = createEventParser(options.onEvent);
    const reader = response.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer);
      timer = watch();
      parse(part.value);
    }
  } finally {
    clearTimeout(timer);
  }
}

async function request(options: ReadOptions, signal: AbortSignal): Promise<ReadableStream<BufferSource>> {
  const { url, topics, headers, lastEventId } = options;
  const target = `${url}?topics=${topics.map(encodeURIComponent).join(',')}`;
  const { fetch } = options;
  const response = await fetch(target, {
    headers: lastEventId === undefined ? headers : { ...headers, 'last-event-id': lastEventId },
    signal,
    cache: 'no-store',
  });
  if (response.ok && response.body !== null) return response.body;
  throw await refusal(response);
}

/** Another token, more time or another process may help, except against a request that is malformed. */
async function refusal(response: Response): Promise<RefusedByHub> {
  const { error } = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
  const isFinal = response.status === 400 || response.status === 404;
  return new RefusedByHub(error?.message ?? `The hub answered ${response.status}`, isFinal);
}
