import { bodyOf, ConflictError, ForbiddenError, type MemberRoute } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { decide } from '../store/suggestions.ts';
import { changeOf } from '../topic.ts';
import { callFor, mayCorrect, PERMISSION } from './call.ts';

const asked = z.object({
  callId: z.uuid().toLowerCase(),
  recordingId: z.string().max(100),
  decision: z.enum(['accepted', 'rejected']),
});

/** What a language model proposed is worth nothing until a person has said so; once, and under that person's name. */
export const decideSuggestion: MemberRoute<Context> = {
  method: 'POST',
  path: '/transcripts/suggestion',
  summary: 'Accepts or rejects what a language model proposed of a recording; 409 where somebody has decided',
  permission: PERMISSION,
  async handle({ clock, commit }, request) {
    const { decision, ...name } = bodyOf(asked, request);
    await callFor(request, name.callId);
    if (!(await mayCorrect(request)))
      throw new ForbiddenError('Your role may not decide about suggestions', {
        remedy:
          'An administrator can let the role edit the field "Transcript" of calls in Twenty under Settings, Roles.',
      });
    const { member } = request;
    const at = new Date(clock.now());
    await commit({
      rows: async (tables) => {
        if (!(await decide(tables, name, { decision, by: member.name || member.email, at })))
          throw new ConflictError('Somebody has decided about this suggestion, or it is gone', {
            remedy: 'Look at the call again.',
          });
        return {
          live: [changeOf(name.callId, at.getTime())],
          audit: [
            {
              actor: member.email,
              action: `suggestion.${decision}`,
              subject: `phoneCall/${name.callId}`,
              details: { recordingId: name.recordingId },
            },
          ],
        };
      },
    });
    return { body: { decision } };
  },
};
