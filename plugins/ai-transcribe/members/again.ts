import { bodyOf, type MemberRoute } from '@switchboard/core/contract';
import { z } from 'zod';
import { createTranscription } from '../capability.ts';
import type { Context } from '../services.ts';
import { callFor } from './call.ts';

/** It may cost something, and what was refused may be made by the rules of now: for those who mend what failed. */
export const again: MemberRoute<Context> = {
  method: 'POST',
  path: '/transcripts/again',
  summary: 'Makes a transcript again that failed or was refused, by the settings of now',
  permission: 'operations.manage',
  async handle(context, request) {
    const name = bodyOf(z.object({ callId: z.uuid().toLowerCase(), recordingId: z.string().max(100) }), request);
    await callFor(request, name.callId);
    await createTranscription(context).again(name);
    return { status: 202, body: { accepted: true } };
  },
};
