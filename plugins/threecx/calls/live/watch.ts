import { findMember } from '../../directory.ts';
import type { Context } from '../../services.ts';
import type { Participant } from '../wire/participant.ts';
import { createBook, type Progress } from './book.ts';
import { cardOf } from './card.ts';
import { createGathering } from './gathering.ts';
import { journalJobs, progressOf } from './journal.ts';
import { createMemo } from './memo.ts';
import { newsOf } from './news.ts';
import { readOtherSide } from '../other-side.ts';
import { keyOf, type Tracked, watchedAccount } from './tracked.ts';

/**
 * Watches the calls of one PBX for as long as a link to it is held. Whoever holds the link tells here what it sees, in the order of the frames; what
 * agents see and what the journal learns follows. A promise settles when that is committed, and rejects when it cannot be: then the link is to be begun
 * anew, with `reconcile`.
 */
export interface CallWatch {
  /** A participant as a GET of its entity shows it now. @param type of its DN, `Wextension`; empty when unknown */
  readonly seen: (participant: Participant, type?: string) => Promise<void>;
  /** A participant was removed. */
  readonly gone: (dn: string, participantId: number) => Promise<void>;
  /** All participants that there are: whatever else was known has ended unseen. The first thing on every new link, and after a gap in the frames. */
  readonly reconcile: (participants: readonly (Participant & { readonly type: string })[]) => Promise<void>;
  /** The link is lost: what rings is not known any more, so nobody is shown that it does. */
  readonly lost: () => Promise<void>;
}

const MEMBERS_KNOWN_MS = 60_000;
/** A transaction stays short, even where a new link tells of a thousand calls. */
const MOST_TOGETHER = 100;

export function createCallWatch(context: Context): CallWatch {
  const { clock, crm, services } = context;
  const book = createBook(context, (call) => crm.idFor('phoneCall', keyOf(call)));
  const memberOf = createMemo(clock, MEMBERS_KNOWN_MS, async (extension: string) =>
    findMember(crm, { extension, name: '', email: '' }),
  );
  const readNumber = readOtherSide(context);
  const shown = createGathering(show);
  /** When the link was lost; undefined while it holds. */
  let lostAt: string | undefined;

  const now = () => new Date(clock.now()).toISOString();

  /** Commits what calls are at this moment. What changes meanwhile is one more commit, however much it is. */
  async function show(callIds: readonly number[]): Promise<void> {
    for (let start = 0; start < callIds.length; start += MOST_TOGETHER) {
      const steps = await Promise.all(callIds.slice(start, start + MOST_TOGETHER).flatMap(stepOf));
      await context.commit({
        live: steps.map(({ live }) => live),
        store: steps.map(({ store }) => store),
        jobs: steps.flatMap(({ jobs }) => jobs),
        events: steps.flatMap(({ events }) => events),
      });
      for (const { callId, told } of steps) book.settle(callId, told);
    }
  }

  function stepOf(callId: number) {
    const entry = book.get(callId);
    return entry === undefined ? [] : [nextStep(entry.call, entry.told)];
  }

  async function nextStep(call: Tracked, before: Progress) {
    const told = progressOf(call);
    const account = watchedAccount(call, readNumber);
    const { card, change } = await cardOf(context, call, account, memberOf);
    return {
      callId: call.callId,
      told,
      live: lostAt === undefined ? change : { ...change, data: undefined },
      store: book.keep(call, told),
      jobs: journalJobs(context, call, account, before),
      events: card === undefined ? [] : newsOf(call, card, before),
    };
  }

  /** Whoever was lost from sight left after the link was last known to hold. */
  async function lastSight(): Promise<string> {
    return lostAt ?? (await services.sightings.last('live'))?.toISOString() ?? now();
  }

  return {
    async seen(participant, type = '') {
      await book.open();
      await shown.run(book.see(participant, type, now()));
    },
    async gone(dn, participantId) {
      await book.open();
      await shown.run(book.leave(dn, participantId, now()));
    },
    async reconcile(participants) {
      await book.open();
      const leftAt = await lastSight();
      lostAt = undefined;
      await services.sightings.note('live');
      const present = new Set(participants.map(({ dn, id }) => `${dn}/${id}`));
      const vanished = book.present().filter(({ dn, participantId }) => !present.has(`${dn}/${participantId}`));
      for (const { dn, participantId } of vanished) book.lose(dn, participantId, leftAt);
      for (const participant of participants) book.see(participant, participant.type, now());
      await shown.run(book.unfinished());
    },
    async lost() {
      await book.open();
      lostAt ??= now();
      await shown.run(book.unfinished());
    },
  };
}
