import type { Resolver } from './verify.ts';

/** Mailing lists and forwarders add one each. Of more only the topmost count, as RFC 6376 (6.1) allows. */
const MOST_SIGNATURES = 10;
const MOST_HEADER_BYTES = 1024 * 1024;
const MOST_BYTES = 32 * 1024 * 1024;

/** @returns the message without signatures that are too many; undefined where it is too large to be hashed beside other work */
export function boundedMessage(raw: Buffer): Buffer | undefined {
  if (raw.length > MOST_BYTES) return undefined;
  const end = endOfHeader(raw);
  if (end > MOST_HEADER_BYTES) return undefined;
  const fields = raw.toString('latin1', 0, end).split(/(?<=\n)(?![ \t])/);
  let signatures = 0;
  const kept = fields.filter((field) => !/^dkim-signature[ \t]*:/i.test(field) || (signatures += 1) <= MOST_SIGNATURES);
  return kept.length === fields.length ? raw : Buffer.concat([Buffer.from(kept.join(''), 'latin1'), raw.subarray(end)]);
}

function endOfHeader(raw: Buffer): number {
  const ends = ['\r\n\r\n', '\n\n'].map((gap) => raw.indexOf(gap)).filter((at) => at >= 0);
  return ends.length === 0 ? raw.length : Math.min(...ends);
}

/** What the author's domain asks for is looked up last, and must not suffer from the slow servers of others. */
const POLICY_RESERVE_MS = 4_000;

/**
 * Answers one message gets within a time, whatever number of them it asks for; what takes longer has failed for now.
 *
 * @param signal gives up at once
 */
export function withinTime(resolver: Resolver, ms: number, signal?: AbortSignal): Resolver {
  const began = performance.now();
  return async (domain, type) => {
    const isPolicy = domain.toLowerCase().startsWith('_dmarc.');
    const left = began + ms + (isPolicy ? POLICY_RESERVE_MS : 0) - performance.now();
    return await settled(resolver(domain, type), Math.max(0, left), signal);
  };
}

async function settled<T>(answer: Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
  const given = Promise.withResolvers<never>();
  const giveUp = () => given.reject(Object.assign(new Error('DNS: ETIMEOUT'), { code: 'ETIMEOUT' }));
  const timer = setTimeout(giveUp, ms);
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted === true) giveUp();
  try {
    return await Promise.race([answer, given.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}
