import { PayloadError } from '@switchboard/core/contract';
import { z } from 'zod';

const ticket = z.object({
  id: z.string().min(1),
  subject: z.string().max(1000),
  email: z.string().max(320).nullish(),
});

const notice = z.object({ ticketId: z.string().min(1).max(100), changedAt: z.iso.datetime() });

export interface Ticket {
  readonly id: string;
  readonly subject: string;
  /** Lower-cased; empty when Acme has none. */
  readonly email: string;
}

export type Notice = z.output<typeof notice>;

/** @throws PayloadError naming the field */
export function readTicket(json: unknown): Ticket {
  const { id, subject, email } = read(ticket, json, 'ticket');
  return { id, subject: subject.trim(), email: email?.trim().toLowerCase() ?? '' };
}

/** @throws PayloadError naming the field */
export function readNotice(body: Buffer): Notice {
  return read(notice, parseJson(body), 'body');
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new PayloadError('body: is not JSON', { field: 'body', cause });
  }
}

function read<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = [where, ...(issue?.path ?? [])].join('.');
  throw new PayloadError(`${field}: ${issue?.message ?? 'is wrong'}`, { field });
}
