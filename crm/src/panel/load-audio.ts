import { type PanelProblem, problemOf, reachHub } from './reach-hub.ts';

/** `fetching`: it is on its way from the telephone system. `long`: too large for a page. */
export type AudioState =
  | { readonly kind: 'loading' | 'fetching' | 'long' | 'gone' }
  | { readonly kind: 'ready'; readonly source: string }
  | { readonly kind: 'problem'; readonly problem: PanelProblem };

/** Half an hour of it takes about 30 MB. */
const LARGEST_BYTES = 64 * 1024 * 1024;
const DOWNLOAD_MS = 120_000;
const TRIES = 60;

/**
 * Loads a recording whole: the page that draws the player is Twenty's, so it can send no token, and sees no address that belongs to this
 * component (Twenty 2.21, read). Tells what goes on; ends when the signal aborts.
 */
export async function loadAudio(
  { plugin, callId, id }: { readonly plugin: string; readonly callId: string; readonly id: number },
  signal: AbortSignal,
  tell: (state: AudioState) => void,
): Promise<void> {
  const path = `plugins/${plugin}/recordings/audio?callId=${callId}&id=${id}`;
  for (let attempt = 0; attempt < TRIES && !signal.aborted; attempt += 1) {
    const response = await reachHub({ path, signal, patienceMs: DOWNLOAD_MS });
    if (signal.aborted) return;
    if (typeof response === 'string') return tell({ kind: 'problem', problem: response });
    if (response.status === 404) return tell({ kind: 'gone' });
    if (!response.ok) return tell({ kind: 'problem', problem: problemOf(response) });
    if (response.status !== 202) return tell(await read(response));
    tell({ kind: 'fetching' });
    const seconds = Number(response.headers.get('retry-after')) || 2;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
  if (!signal.aborted) tell({ kind: 'problem', problem: 'failed' });
}

async function read(response: Response): Promise<AudioState> {
  if (Number(response.headers.get('content-length')) > LARGEST_BYTES) {
    await response.body?.cancel();
    return { kind: 'long' };
  }
  try {
    return { kind: 'ready', source: await toDataUrl(await response.blob()) };
  } catch {
    return { kind: 'problem', problem: 'unreachable' };
  }
}

function toDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The recording could not be read')));
    reader.readAsDataURL(blob);
  });
}
