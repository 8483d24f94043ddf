import { bodyOf, queryOf, type Route } from '@switchboard/core/contract';
import { z } from 'zod';
import { createTranscription } from '../capability.ts';
import type { Context } from '../services.ts';

const list: Route<Context> = {
  method: 'GET',
  path: '/transcripts',
  summary: 'What was said in the recordings of a call, with the state of each',
  audience: 'operator',
  async handle(context, request) {
    const { call } = queryOf(z.object({ call: z.uuid() }), request);
    return { body: { transcripts: await createTranscription(context).ofCall(call) } };
  },
};

const search: Route<Context> = {
  method: 'GET',
  path: '/search',
  summary: 'Lines of all transcripts that hold these words',
  audience: 'operator',
  async handle(context, request) {
    const { q, limit } = queryOf(
      z.object({ q: z.string().min(1).max(500), limit: z.coerce.number().int().min(1).max(200).default(50) }),
      request,
    );
    return { body: { lines: await createTranscription(context).search(q, { limit }) } };
  },
};

const again: Route<Context> = {
  method: 'POST',
  path: '/transcripts/again',
  summary: 'Makes a transcript again that failed or was refused',
  audience: 'operator',
  async handle(context, request) {
    await createTranscription(context).again(bodyOf(z.object({ callId: z.uuid(), recordingId: z.string() }), request));
    return { status: 202, body: { accepted: true } };
  },
};

export const transcriptRoutes: readonly Route<Context>[] = [list, search, again];
