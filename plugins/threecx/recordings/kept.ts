import type { KeyValueStore, StoreChange } from '@switchboard/core/contract';
import { z } from 'zod';

/** What the hub knows of a recording for as long as it may be played. */
export const keptRecording = z.object({
  id: z.number().int(),
  callId: z.uuid(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  extension: z.string(),
  /** `linked`: in 3CX, and here for a while after somebody played it. `gone`: neither here nor there. */
  audio: z.enum(['held', 'linked', 'gone']),
  /** `StoredFile.id`; the store may have let go of it. */
  file: z.string().optional(),
  mimeType: z.string().default(''),
  /** What 3CX was set to when the recording was found; missing where 3CX does not tell. */
  consent: z.object({
    forbidden: z.boolean().optional(),
    externalCallsOnly: z.boolean().optional(),
    /** `Disabled`, `AllowToOptOut` or `AskToOptIn`. */
    queue: z.string().optional(),
  }),
  /** Whether 3CX was asked to write it down, which it does by itself only where it is set up so. */
  isTextAsked: z.boolean().default(false),
  /** Until then it may be played. */
  until: z.iso.datetime(),
});

export type KeptRecording = z.output<typeof keptRecording>;

/** An agent who is handed a call makes one more recording of it; nobody does that a hundred times. */
const MOST_OF_A_CALL = 100;

export async function recordingsOf(store: KeyValueStore, callId: string): Promise<KeptRecording[]> {
  const entries = await store.range(`recording/${callId}/`, `recording/${callId}0`, MOST_OF_A_CALL);
  return entries.flatMap(({ value }) => keptRecording.safeParse(value).data ?? []);
}

export async function findKept(
  store: KeyValueStore,
  place: { readonly callId: string; readonly id: number },
): Promise<KeptRecording | undefined> {
  return keptRecording.safeParse(await store.get(keyOf(place))).data;
}

export function keep(kept: KeptRecording): StoreChange {
  return { key: keyOf(kept), value: kept, expiresAt: new Date(kept.until) };
}

/** In the order of the ids. */
function keyOf({ callId, id }: { readonly callId: string; readonly id: number }): string {
  return `recording/${callId}/${String(id).padStart(12, '0')}`;
}
