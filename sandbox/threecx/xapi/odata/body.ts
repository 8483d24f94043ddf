import { z } from 'zod';
import { badRequest } from './errors.ts';

export const idList = z.object({ ids: z.array(z.number().int()) });

/** @throws ODataError 400 */
export function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw badRequest(issue?.message ?? 'The body is not valid.', issue?.path.join('.') || null);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what was not sent. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
