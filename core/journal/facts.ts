import { randomBytes } from 'node:crypto';
import { hashLink } from '../audit/chain.ts';
import {
  type ActorKind,
  json,
  type JournalContent,
  type JournalInput,
  type JournalKind,
  type JournalSource,
  PayloadError,
  type RecordRef,
} from '../contract/index.ts';

/** What the chain covers of one entry. Of what people said it has the hash alone, so that the words can go and the proof stays. */
export interface JournalFacts {
  readonly tenantId: string;
  readonly sequence: number;
  readonly key: string;
  readonly kind: JournalKind;
  readonly at: Date;
  readonly notedAt: Date;
  readonly source: JournalSource;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  /** `object/id` */
  readonly subjects: readonly string[];
  readonly isRecovered: boolean;
  readonly contentHash: string;
}

export function hashFacts(previousHash: string, { at, notedAt, ...facts }: JournalFacts): string {
  return hashLink(previousHash, { ...facts, at: at.toISOString(), notedAt: notedAt.toISOString() });
}

/** Words with a salt: without it, nobody finds out by trying what was erased. */
export interface SealedContent {
  readonly salt: string;
  readonly content: JournalContent;
  readonly hash: string;
}

export function sealContent({ actor, title, text, before, after, details }: JournalInput): SealedContent {
  const given = { actorName: actor.name, title, text: text ?? '', before, after, details };
  // Through JSON once, so that the hash covers what the database will give back.
  const content = JSON.parse(
    json({ ...emptyContent, ...(JSON.parse(JSON.stringify(given, shortened)) as object) }),
  ) as JournalContent;
  const salt = randomBytes(16).toString('hex');
  return { salt, content, hash: hashContent(salt, content) };
}

export const hashContent = (salt: string, content: object): string => hashLink(salt, content);

const emptyContent = { actorName: '', title: '', text: '', before: {}, after: {}, details: {} };

const LONGEST_TEXT = 20_000;

/** An entry says what happened; whoever needs a whole document looks at the record. */
function shortened(_name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= LONGEST_TEXT) return value;
  return `${value.slice(0, LONGEST_TEXT - 1).toWellFormed()}…`;
}

const MOST_SUBJECTS = 20;
const LONGEST_KEY = 200;

/** @throws PayloadError for what no journal can hold */
export function checkInput({ key, at, subjects, kind }: JournalInput): void {
  const problem = (field: string, message: string) => {
    throw new PayloadError(message, { field: `journal.${kind}.${field}` });
  };
  if (key.length === 0 || key.length > LONGEST_KEY) problem('key', `A journal key has 1 to ${LONGEST_KEY} characters`);
  if (Number.isNaN(at.getTime())) problem('at', 'An entry of the journal has a time');
  if (subjects.length === 0 || subjects.length > MOST_SUBJECTS)
    problem('subjects', `An entry of the journal is about 1 to ${MOST_SUBJECTS} records`);
}

export const subjectText = ({ object, id }: RecordRef): string => `${object}/${id.toLowerCase()}`;

export function readSubject(text: string): RecordRef {
  const slash = text.indexOf('/');
  return { object: text.slice(0, slash), id: text.slice(slash + 1) };
}
