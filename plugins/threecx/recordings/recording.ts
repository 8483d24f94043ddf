import { z } from 'zod';

/** A row of 3CX's recordings, understood. Travels in jobs, so it is plain JSON. */
export const recording = z.object({
  id: z.number().int(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  direction: z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL']),
  /** The extension that was recorded; of two the one that was called. */
  extension: z.string(),
  /** The other side as 3CX writes it: a number, or an extension. */
  number: z.string(),
});

export type Recording = z.output<typeof recording>;

const word = z
  .string()
  .max(1000)
  .nullish()
  .transform((text) => (text ?? '').trim());

const row = z.object({
  Id: z.number().int().positive(),
  CallType: word,
  StartTime: z.iso.datetime({ offset: true }),
  EndTime: z.iso.datetime({ offset: true }).nullish(),
  FromDn: word,
  FromCallerNumber: word,
  ToDn: word,
  ToCallerNumber: word,
});

/** Undefined for what cannot be understood. */
export function readRecording(json: unknown): Recording | undefined {
  const { data } = row.safeParse(json);
  if (data === undefined) return undefined;
  const startedAt = new Date(data.StartTime).toISOString();
  const common = { id: data.Id, startedAt, endedAt: data.EndTime ? new Date(data.EndTime).toISOString() : startedAt };
  switch (data.CallType) {
    case 'InboundExternal':
      return { ...common, direction: 'INBOUND', extension: data.ToDn, number: data.FromCallerNumber };
    case 'OutboundExternal':
      return { ...common, direction: 'OUTBOUND', extension: data.FromDn, number: data.ToCallerNumber };
    case 'Local':
      return { ...common, direction: 'INTERNAL', extension: data.ToDn, number: data.FromDn };
    default:
      return undefined;
  }
}
