/**
 * To which case a mail belongs, decided from facts alone. In order of trust: a reply id of ours, the chain of references, a number in the
 * subject. None of them proves who writes, so each passes the sender check; who fails it waits for a person.
 */

export type Verdict = 'own' | 'bounce' | 'report' | 'auto-reply' | 'bulk' | 'human';

/** A case that the mail may belong to. */
export type KnownCase = {
  readonly id: string;
  readonly isClosed: boolean;
  /** News about it opens a new case, whatever the mailbox says: the desk has it so. */
  readonly staysClosed?: boolean;
  /** Addresses of who takes part: contact, everybody who wrote or was written to. Lower case. */
  readonly participants: ReadonlySet<string>;
  readonly companyId: string | undefined;
};

export type Hint = { readonly by: 'token' | 'case-token' | 'reference' | 'subject'; readonly case: KnownCase };

export type Facts = {
  readonly verdict: Verdict;
  /** Read from the Sent folder: a colleague wrote it elsewhere. */
  readonly isOutgoing: boolean;
  /** From before the mailbox was set up, or before its last success after a reset: told to nobody. */
  readonly isHistory: boolean;
  readonly sender: {
    readonly address: string;
    readonly personId: string | undefined;
    readonly companyId: string | undefined;
    /** A workspace member or one of our own mailboxes. */
    readonly isStaff: boolean;
    /** A DMARC pass for the From domain. */
    readonly isProven: boolean;
  };
  /** Newest reference first within one kind of trust. */
  readonly hints: readonly Hint[];
  /** Why the sender writes too much; undefined below the caps. */
  readonly flood: string | undefined;
  readonly rules: FilingRules;
};

/** What the mailbox says. */
export type FilingRules = {
  readonly opensCases: boolean;
  readonly closedCases: 'reopen' | 'follow-up';
  /** Whether colleagues of the same company take part in each other's cases. */
  readonly colleagues: boolean;
};

export type Decision = {
  readonly outcome: 'case-opened' | 'joined' | 'reopened' | 'followed-up' | 'needs-a-look' | 'kept';
  /** The case it is in; undefined for a new one and for none. */
  readonly caseId: string | undefined;
  /** The closed case before a follow-up; the case that an unverified reply asks for. */
  readonly relatedCaseId: string | undefined;
  /** SETTLED and REJECTED: a person has looked. */
  readonly senderCheck: 'VERIFIED' | 'UNVERIFIED' | 'SETTLED' | 'REJECTED';
  /** No automatic mail and no notification. */
  readonly isQuiet: boolean;
  /** For people, one sentence. */
  readonly why: string;
};

export function decide(facts: Facts): Decision {
  const hint = best(facts.hints);
  if (facts.isOutgoing) return outgoing(hint);
  const isQuiet = facts.isHistory || facts.flood !== undefined || facts.verdict !== 'human';
  if (hint !== undefined) return reply(facts, hint, isQuiet);
  return fresh(facts, isQuiet);
}

const trust = ['token', 'case-token', 'reference', 'subject'] as const;

function best(hints: readonly Hint[]): Hint | undefined {
  return trust.map((by) => hints.find((hint) => hint.by === by)).find((hint) => hint !== undefined);
}

/** What a colleague sent from another program belongs to the conversation and opens nothing. */
function outgoing(hint: Hint | undefined): Decision {
  const decision = { relatedCaseId: undefined, senderCheck: 'VERIFIED', isQuiet: true } as const;
  if (hint === undefined || hint.by === 'subject')
    return { ...decision, outcome: 'kept', caseId: undefined, why: 'Sent from another program, about no case.' };
  return { ...decision, outcome: 'joined', caseId: hint.case.id, why: 'Sent from another program as a reply.' };
}

function reply(facts: Facts, hint: Hint, isQuiet: boolean): Decision {
  if (!takesPart(facts, hint.case)) return stranger(facts, hint, isQuiet);
  const decision = { relatedCaseId: undefined, senderCheck: 'VERIFIED', isQuiet, caseId: hint.case.id } as const;
  if (!hint.case.isClosed || isQuiet) return { ...decision, outcome: 'joined', why: ways[hint.by] };
  if (facts.rules.closedCases === 'reopen' && hint.case.staysClosed !== true)
    return { ...decision, outcome: 'reopened', why: ways[hint.by] };
  return {
    ...decision,
    outcome: 'followed-up',
    caseId: undefined,
    relatedCaseId: hint.case.id,
    why: 'A reply to a closed case; a new one follows it.',
  };
}

const ways: Readonly<Record<Hint['by'], string>> = {
  token: 'A reply to a mail of this case.',
  'case-token': 'A reply in the conversation of this case.',
  reference: 'A reply to a mail that is in this case.',
  subject: 'The number of the case stands in the subject, and the sender takes part in it.',
};

/** Staff is trusted as such only when the mail proves where it comes from: anybody can write a colleague's address into From. */
function takesPart({ sender, rules }: Facts, one: KnownCase): boolean {
  if (sender.isStaff) return sender.isProven;
  if (one.participants.has(sender.address)) return true;
  return rules.colleagues && sender.companyId !== undefined && sender.companyId === one.companyId;
}

/** A number in the subject of somebody else's mail means nothing; a forwarded reply id does, but a person says what. */
function stranger(facts: Facts, hint: Hint, isQuiet: boolean): Decision {
  if (hint.by === 'subject') return fresh(facts, isQuiet);
  return {
    outcome: 'needs-a-look',
    caseId: undefined,
    relatedCaseId: hint.case.id,
    senderCheck: 'UNVERIFIED',
    isQuiet: true,
    why: facts.sender.isStaff
      ? 'It claims to come from a colleague, and nothing proves that.'
      : 'It answers a mail of a case in which its sender takes no part.',
  };
}

function fresh(facts: Facts, isQuiet: boolean): Decision {
  const decision = { caseId: undefined, relatedCaseId: undefined, isQuiet } as const;
  const kept = (why: string): Decision => ({ ...decision, outcome: 'kept', senderCheck: 'VERIFIED', why });
  if (!facts.rules.opensCases) return kept('This mailbox opens no cases.');
  if (facts.isHistory) return kept('From before the mailbox was read; such mail opens no cases.');
  if (facts.verdict !== 'human') return kept('Written by a machine and about no case.');
  if (facts.sender.address === '') return kept('It names no sender.');
  if (facts.flood !== undefined) return kept(facts.flood);
  if (facts.sender.isStaff && !facts.sender.isProven) {
    return {
      ...decision,
      outcome: 'needs-a-look',
      senderCheck: 'UNVERIFIED',
      isQuiet: true,
      why: 'It claims to come from a colleague, and nothing proves that.',
    };
  }
  return { ...decision, outcome: 'case-opened', senderCheck: 'VERIFIED', why: 'Written about no case so far.' };
}
