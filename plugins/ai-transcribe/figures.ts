import { type Figure, sql } from '@switchboard/core/contract';

/** Whether recordings become text. */
export const figures: readonly Figure[] = [
  {
    name: 'waiting_transcripts',
    help: 'Recordings that are not text yet',
    read: (tenantIds) => sql`
      select count(*)::int as value from ai_transcribe_transcript
        where tenant_id = any(${tenantIds}::uuid[]) and state in ('waiting', 'working')`,
  },
  {
    name: 'failed_transcripts',
    help: 'Recordings that could not be made text',
    read: (tenantIds) => sql`
      select count(*)::int as value from ai_transcribe_transcript
        where tenant_id = any(${tenantIds}::uuid[]) and state = 'failed'`,
  },
];
