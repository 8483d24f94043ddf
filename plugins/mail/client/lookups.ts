import { Resolver as Dns } from 'node:dns/promises';
import type { Resolver } from '../understand/authentication/verify.ts';

type Records = Awaited<ReturnType<Resolver>>;
type Answer = { readonly records: Records } | { readonly code: string };
type Kept = { readonly answer: Promise<Answer>; until: number };

const MINUTE_MS = 60_000;
/** Node does not tell how long a record may be kept: as long as the shortest that are usual, whatever it says. */
const KEPT_MS = 5 * MINUTE_MS;
/** A server that does not answer is not asked again by each of its mails. */
const FAILURE_KEPT_MS = MINUTE_MS / 2;
const LOOK_UP_MS = 3_000;
/** No key, policy or list of servers is as long. With the number of names this is what the memory holds at most: 16 MiB. */
const LONGEST_ANSWER = 16 * 1024;
const MOST_NAMES = 1_000;

/** What says for good that there is nothing; every other failure may be over soon. */
const none: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

/** The DNS servers of this machine. */
function ownDns(): Resolver {
  const dns = new Dns({ timeout: LOOK_UP_MS, tries: 2 });
  return (domain, type) => dns.resolve(domain, type) as Promise<Records>;
}

/**
 * Asks once for what many mails want to know, also while it is being asked: answers are shared for some minutes, failures for less, in bounded memory.
 * An answer that is too long counts as none.
 */
export function createLookups(ask: Resolver = ownDns(), now: () => number = Date.now): Resolver {
  const held = new Map<string, Kept>();
  return async (domain, type) => {
    const key = `${type} ${domain.toLowerCase()}`;
    const found = held.get(key);
    const kept = found !== undefined && found.until > now() ? found : begin(key, domain, type);
    const answer = await kept.answer;
    if ('records' in answer) return answer.records;
    throw Object.assign(new Error(`DNS: ${answer.code}`), { code: answer.code });
  };

  function begin(key: string, domain: string, type: string): Kept {
    const kept: Kept = { answer: answerOf(ask, domain, type), until: now() + KEPT_MS };
    void kept.answer.then((answer) => {
      if ('code' in answer && !none.has(answer.code)) kept.until = now() + FAILURE_KEPT_MS;
    });
    // Behind all others: the first are those that were asked for longest ago.
    held.delete(key);
    held.set(key, kept);
    for (const oldest of held.keys()) {
      if (held.size <= MOST_NAMES) break;
      held.delete(oldest);
    }
    return kept;
  }
}

/** Never fails: what went wrong is the answer. */
async function answerOf(ask: Resolver, domain: string, type: string): Promise<Answer> {
  try {
    const records = await ask(domain, type);
    return JSON.stringify(records).length > LONGEST_ANSWER ? { code: 'ENODATA' } : { records };
  } catch (error) {
    return { code: error instanceof Error && 'code' in error ? String(error.code) : 'ESERVFAIL' };
  }
}
