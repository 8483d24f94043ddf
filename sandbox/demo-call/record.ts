import { setTimeout as delay } from 'node:timers/promises';
import { createTwentyClient } from '../demo/index.ts';

/** The call as the CRM's API gives it. */
export type CallRecord = {
  readonly id: string;
  readonly name: string;
  readonly callerId: string | null;
  readonly endedAt: string | null;
  readonly direction: string;
  readonly outcome: string;
  readonly durationSeconds: number | null;
  readonly matchState: string;
  readonly agentName: string | null;
  readonly candidates: readonly { readonly name: string }[] | null;
  readonly summary: string | null;
  readonly person: { readonly name: { readonly firstName: string; readonly lastName: string } } | null;
  readonly company: { readonly name: string } | null;
  readonly location: { readonly name: string } | null;
};

export type Wanted = {
  /** As the trunk wrote it. */
  readonly number: string;
  /** ISO 8601, by the clock of the PBX. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly extension: string;
  /** Somebody talked, so it is known for how long. */
  readonly answered: boolean;
  /** Wait for the summary as well, which comes in a second report. */
  readonly text: boolean;
};

const QUERY = `query DemoCall($filter: PhoneCallFilterInput) {
  phoneCalls(filter: $filter, first: 20) {
    edges {
      node {
        id name callerId endedAt direction outcome durationSeconds matchState agentName candidates summary
        person { name { firstName lastName } }
        company { name }
        location { name }
      }
    }
  }
}`;

/**
 * Reads the call back through the CRM's API, waiting for it to land.
 *
 * @returns every record of this call that there is: one, unless something is wrong; none after the patience ran out
 */
export async function waitForRecords(
  twenty: { readonly url: string; readonly apiKey: string },
  wanted: Wanted,
  patienceMs: number,
): Promise<readonly CallRecord[]> {
  const client = createTwentyClient(twenty.url, twenty.apiKey);
  const end = Date.now() + patienceMs;
  for (;;) {
    const { phoneCalls } = (await client.records(QUERY, { filter: filterFor(wanted) })) as {
      phoneCalls: { edges: readonly { node: CallRecord }[] };
    };
    const found = phoneCalls.edges
      .map(({ node }) => node)
      .filter(({ callerId }) => tail(callerId) === tail(wanted.number));
    if (found.length > 0 && found.every((record) => isWhole(record, wanted))) return found;
    if (Date.now() > end) return found;
    await delay(250);
  }
}

/** The channels tell of the end one after the other. */
function isWhole({ endedAt, durationSeconds, summary }: CallRecord, { answered, text }: Wanted): boolean {
  return Boolean(endedAt) && (!answered || Boolean(durationSeconds)) && (!text || Boolean(summary));
}

/** The hub has a clock of its own, and sees the telephone ring a moment later. */
const CLOCKS_DIFFER_MS = 3000;

function filterFor({ startedAt, endedAt, extension }: Wanted): object {
  const gte = new Date(Date.parse(startedAt) - CLOCKS_DIFFER_MS).toISOString();
  return {
    and: [{ startedAt: { gte } }, { startedAt: { lte: endedAt } }, { agentExtension: { eq: extension } }],
  };
}

/** However a number is written, its last digits are the same. */
function tail(number: string | null): string {
  return (number ?? '').replaceAll(/\D/g, '').slice(-9);
}
