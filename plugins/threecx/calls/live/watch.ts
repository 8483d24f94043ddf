import { findMember } from '../../directory.ts';
import type { Context } from '../../services.ts';
import type { Participant } from '../wire/participant.ts';
import { createBook } from './book.ts';
import { cardOf } from './card.ts';
import { journalJobs, progressOf } from './journal.ts';
import { createMemo } from './memo.ts';
import { newsOf } from './news.ts';
import { createRunner } from './runner.ts';
import { keyOf } from './tracked.ts';

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

export function createCallWatch(context: Context): CallWatch {
  const { clock, store, crm, services } = context;
  const book = createBook(store, (call) => crm.idFor('phoneCall', keyOf(call)));
  const memberOf = createMemo(clock, MEMBERS_KNOWN_MS, async (extension: string) =>
    findMember(crm, { extension, name: '', email: '' }),
  );
  const runner = createRunner(show);
  /** When the link was lost; undefined while it holds. */
  let lostAt: string | undefined;

  const now = () => new Date(clock.now()).toISOString();
  const showAll = async (callIds: readonly number[]) => void (await Promise.all(callIds.map(runner.run)));

  /** Commits what a call is at this moment. Frames that come meanwhile are one more commit, however many they are. */
  async function show(callId: number): Promise<void> {
    const call = book.get(callId);
    if (call === undefined) return;
    const before = book.toldOf(callId);
    const { card, change } = await cardOf(context, call, memberOf);
    const told = progressOf(call);
    await context.commit({
      live: [lostAt === undefined ? change : { ...change, data: undefined }],
      store: [book.keep(call, told, clock.now())],
      jobs: journalJobs(context, call, before),
      events: card === undefined ? [] : newsOf(call, card, before),
    });
    book.settle(callId, told);
  }

  /** Whoever was lost from sight left after the link was last known to hold. */
  async function lastSight(): Promise<string> {
    return lostAt ?? (await services.sightings.last('live'))?.toISOString() ?? now();
  }

  return {
    async seen(participant, type = '') {
      await book.open();
      await showAll(book.see(participant, type, now()));
    },
    async gone(dn, participantId) {
      await book.open();
      await showAll(book.leave(dn, participantId, now()));
    },
    async reconcile(participants) {
      await book.open();
      const leftAt = await lastSight();
      lostAt = undefined;
      await services.sightings.note('live');
      const present = new Set(participants.map(({ dn, id }) => `${dn}/${id}`));
      const vanished = book.present().filter(({ dn, participantId }) => !present.has(`${dn}/${participantId}`));
      for (const { dn, participantId } of vanished) book.leave(dn, participantId, leftAt);
      for (const participant of participants) book.see(participant, participant.type, now());
      await showAll(book.callIds());
    },
    async lost() {
      await book.open();
      lostAt ??= now();
      await showAll(book.callIds());
    },
  };
}
