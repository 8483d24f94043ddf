import { type MemberRequest, type MemberRoute, queryOf } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { type After, findHits, findTranscripts, type FoundTranscript, lookedFor } from '../store/search.ts';
import { demandText, PERMISSION, type ShownCall, shownCalls } from './call.ts';
import { noteReading } from './note-reading.ts';

const asked = z.object({
  q: z.string().min(1).max(300),
  /** `startedAt/callId/recordingId` of the last one of the page before. */
  after: z
    .string()
    .regex(/^[^/]+\/[0-9a-f-]{36}\/.+$/)
    .optional(),
});

const PAGE = 20;
/** Of what a role may not see, so much is passed over before the page is handed out half full. */
const MOST_ROUNDS = 10;
const HITS = 3;

/** Calls in which all the words are said. */
export const search: MemberRoute<Context> = {
  method: 'GET',
  path: '/transcripts/search',
  summary: 'Calls in which all these words are said, the newest first, page by page (?q=WORDS&after=NEXT)',
  permission: PERMISSION,
  async handle(context, request) {
    const { q, after } = queryOf(asked, request);
    await demandText(request);
    const words = lookedFor(q);
    if (words.length === 0) return { body: { found: [], words: [], next: null } };
    const { seen, next } = await visible(context, request, words, readAfter(after));
    const found = await Promise.all(
      seen.map(async ({ call, ...transcript }) => ({
        ...transcript,
        startedAt: transcript.startedAt.toISOString(),
        call,
        ...(await findHits(context.tables, transcript, words, HITS)),
      })),
    );
    if (found.length > 0)
      await noteReading(context, request, {
        action: 'transcript.searched',
        subject: 'transcripts',
        details: { calls: found.map(({ callId }) => callId) },
        of: `${words.join(' ')} ${after ?? ''}`,
      });
    return { body: { found, words: words.map((word) => word.replace(/:\*$/, '')), next } };
  },
};

type Seen = FoundTranscript & { readonly call: ShownCall };

/** A page of those whose calls the member sees. */
async function visible(
  { tables }: Context,
  { crm }: MemberRequest,
  words: readonly string[],
  from: After | undefined,
): Promise<{ readonly seen: readonly Seen[]; readonly next: string | null }> {
  const seen: Seen[] = [];
  let after = from;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const page = await findTranscripts(tables, words, { after, limit: PAGE });
    const calls = await shownCalls(
      crm,
      page.map(({ callId }) => callId),
    );
    for (const transcript of page) {
      after = transcript;
      const call = calls.get(transcript.callId);
      if (call !== undefined) seen.push({ ...transcript, call });
      if (seen.length === PAGE) return { seen, next: nextOf(transcript) };
    }
    if (page.length < PAGE) return { seen, next: null };
  }
  return { seen, next: after === undefined ? null : nextOf(after) };
}

const nextOf = ({ startedAt, callId, recordingId }: After): string =>
  `${startedAt.toISOString()}/${callId}/${recordingId}`;

function readAfter(text: string | undefined): After | undefined {
  const [at = '', callId = '', ...recording] = text?.split('/') ?? [];
  const startedAt = new Date(at);
  return Number.isNaN(startedAt.getTime()) ? undefined : { startedAt, callId, recordingId: recording.join('/') };
}
