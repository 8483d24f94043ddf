import { setTimeout as delay } from 'node:timers/promises';
import { createTwentyClient } from '../demo/index.ts';

/** The call as the CRM's API gives it. */
export type CallRecord = {
  readonly id: string;
  readonly name: string;
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
  /** The number exactly as 3CX sent it. */
  readonly number: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly extension: string;
  /** Wait for the summary as well, which comes in a second report. */
  readonly text: boolean;
};

const QUERY = `query DemoCall($filter: PhoneCallFilterInput) {
  phoneCalls(filter: $filter, first: 5) {
    edges {
      node {
        id name direction outcome durationSeconds matchState agentName candidates summary
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
    const found = phoneCalls.edges.map(({ node }) => node);
    if (found.length > 0 && found.every((record) => !wanted.text || record.summary)) return found;
    if (Date.now() > end) return found;
    await delay(250);
  }
}

function filterFor({ number, startedAt, extension }: Wanted): object {
  const exact = { startedAt: { eq: startedAt }, agentExtension: { eq: extension } };
  return number === '' ? exact : { ...exact, callerId: { eq: number } };
}
