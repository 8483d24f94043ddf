import { createHash } from 'node:crypto';
import type { Clock } from '../../contract/context.ts';
import type { CrmMatch, CrmReader, CrmRecord } from '../../contract/crm.ts';
import { UpstreamError } from '../../contract/errors.ts';
import type { Executor } from '../../store/database.ts';
import { onceATurn } from '../../store/once-a-turn.ts';
import { addressesOf, numbersOf } from '../composites.ts';
import { writeOnly } from '../mirror/declare.ts';
import type { MirrorSpec } from '../mirror/declare.ts';
import { createReader } from '../mirror/reader.ts';
import { readTogether } from '../mirror/together.ts';
import { createSearch } from '../mirror/search/search.ts';
import type { Scope, Wanted } from '../mirror/search/search.ts';
import type { Vocabulary } from '../mirror/search/vocabulary.ts';
import { fieldLetters, keptWords, textOf } from '../mirror/words.ts';
import { createRoleFinder } from './finder.ts';
import type { RoleRights } from './rights.ts';
import type { KnownRole } from './store.ts';

/** The mirror as a role sees it. What may not be seen is not there: not in records, and not as a reason for a match. */
export interface RoleReader extends CrmReader {
  /** Objects of which the hub shows nothing although the role may read some of it, each with the reason in words. */
  readonly withheld: () => Promise<{ object: string; reason: string }[]>;
  /** The rights themselves, for who reads the mirror in a way of his own. Good for one answer, not for keeping. */
  readonly view: () => Promise<RoleView>;
  /** Whether the role may create and change records of this object in Twenty; given a field, whether it may write that one. */
  readonly mayChange: (object: string, field?: string) => Promise<boolean>;
}

export type RoleReaderOptions = {
  readonly db: Executor;
  readonly clock: Clock;
  readonly tenantId: string;
  /** What is known of the role at this moment. */
  readonly role: () => Promise<KnownRole>;
  /** What the tenant's plugins read. */
  readonly specs: () => Promise<ReadonlyMap<string, MirrorSpec>>;
  /** ISO 3166-1 alpha-2, for numbers that Twenty has without a calling code. */
  readonly country: () => Promise<string>;
  readonly vocabulary: Vocabulary;
};

/** Rights older than this are not believed: nobody knows what was taken away since. */
const oldestMs = 15 * 60_000;

/** Reads the rights anew at every call, so that it may be kept. Every member throws UpstreamError while they are unknown. */
export function createRoleReader(options: RoleReaderOptions): RoleReader {
  const { db, tenantId, vocabulary } = options;
  const all = readTogether(db, tenantId, createReader(db, tenantId, vocabulary));
  const search = createSearch({ db, tenantId, vocabulary });
  // A page asks of twenty fields at once whether they may be seen.
  const view = onceATurn(async (): Promise<RoleView> => createView(await knownRole(options)));

  async function byKey(
    found: readonly CrmMatch[],
    mayMatch: (record: CrmRecord, spec: MirrorSpec) => boolean | Promise<boolean>,
    { isWhole, show }: RoleView,
  ): Promise<CrmMatch[]> {
    const specs = await options.specs();
    const shown: CrmMatch[] = [];
    for (const { object, record } of found) {
      const visible = show(object, record);
      if (visible === undefined) continue;
      // The index does not tell which field a number or an address stands in.
      if (!isWhole(object) && !(await mayMatch(visible, specs.get(object) ?? writeOnly(object)))) continue;
      shown.push({ object, record: visible });
    }
    return shown;
  }

  return {
    idFor: all.idFor,
    get: async (object, id) => {
      const { show } = await view();
      const record = await all.get(object, id);
      return record && show(object, record);
    },
    getMany: async (object, ids) => {
      const { show } = await view();
      const records = await all.getMany(object, ids);
      return new Map([...records].flatMap(([id, record]) => asEntry(id, show(object, record))));
    },
    findByPhone: async (e164) => {
      const carries = async (record: CrmRecord, { phones }: MirrorSpec): Promise<boolean> => {
        const country = await options.country();
        return phones.some((name) => numbersOf(record[name], country).includes(e164));
      };
      return byKey(await all.findByPhone(e164), carries, await view());
    },
    findByEmail: async (email) => byKey(await all.findByEmail(email), carriesAddress(email), await view()),
    findByEmails: async (emails) => {
      const role = await view();
      const shown = new Map<string, CrmMatch[]>();
      for (const [email, found] of await all.findByEmails(emails)) {
        const matches = await byKey(found, carriesAddress(email), role);
        if (matches.length > 0) shown.set(email, matches);
      }
      return shown;
    },
    search: async (text, { objects, limit = 20 } = {}) => {
      const role = await view();
      const specs = await options.specs();
      const wanted = role.readable.filter((object) => objects?.includes(object) ?? true);
      const scopes = wanted.flatMap((object) => scopeOf(specs.get(object) ?? writeOnly(object), role));
      const found = await search(text, {
        scopes,
        limit: Math.min(limit, 100),
        accept: ({ object, record }, words) =>
          role.isWhole(object) || hasWords(role.show(object, record), specs.get(object), words),
      });
      return found.flatMap(({ object, record }) => {
        const visible = role.show(object, record);
        return visible === undefined ? [] : [{ object, record: visible }];
      });
    },
    findBy: async (object, field, value, limit) => {
      const { sees, show } = await view();
      if (!sees(object, field)) return [];
      const records = await all.findBy(object, field, value, limit);
      return records.map((record) => show(object, record)).filter((record) => record !== undefined);
    },
    all: async (object, page) => {
      const { show } = await view();
      const records = await all.all(object, page);
      return records.map((record) => show(object, record)).filter((record) => record !== undefined);
    },
    ...createRoleFinder({ ...options, all, view }),
    count: async (object) => ((await view()).readable.includes(object) ? all.count(object) : 0),
    withheld: async () =>
      Object.entries((await knownRole(options)).rights.objects).flatMap(([object, rights]) =>
        'withheld' in rights ? [{ object, reason: rights.withheld }] : [],
      ),
    view,
    mayChange: async (object, field) => (await view()).mayChange(object, field),
  };
}

function asEntry(id: string, record: CrmRecord | undefined): [string, CrmRecord][] {
  return record === undefined ? [] : [[id, record]];
}

function carriesAddress(email: string): (record: CrmRecord, spec: MirrorSpec) => boolean {
  const wanted = email.trim().toLowerCase();
  return (record, { emails }) => emails.some((name) => addressesOf(record[name]).includes(wanted));
}

type BelievedRole = Pick<KnownRole, 'changes' | 'locked'> & { readonly rights: RoleRights };

async function knownRole({ clock, role }: RoleReaderOptions): Promise<BelievedRole> {
  const { readAt, rights, changes, locked } = await role();
  if (readAt === undefined) {
    throw new UpstreamError('The roles of this workspace have not been read from Twenty, so nothing can be shown', {
      remedy: rolesRemedy,
    });
  }
  if (clock.now() - readAt.getTime() > oldestMs) {
    throw new UpstreamError(
      `The roles of this workspace were last read at ${readAt.toISOString()}, which is too long ago`,
      {
        remedy: rolesRemedy,
      },
    );
  }
  return { rights: rights ?? { label: '', objects: {} }, changes, locked };
}

const rolesRemedy =
  'See that Twenty is up and that the API key of this workspace has a role that may read roles (Admin).';

/** What a set of rights shows. */
export interface RoleView {
  /** The objects of which records may be read. */
  readonly readable: readonly string[];
  /** Every field may be seen. */
  readonly isWhole: (object: string) => boolean;
  readonly sees: (object: string, field: string) => boolean;
  readonly mayChange: (object: string, field?: string) => boolean;
  /** Undefined when nothing of the object may be read. */
  readonly fieldsOf: (object: string) => 'all' | readonly string[] | undefined;
  /** Whether the other rights show nothing that these do not. */
  readonly covers: (other: RoleView) => boolean;
  /** The same for the same rights, whatever role has them. */
  readonly fingerprint: () => string;
  /** The record without what may not be seen; undefined when nothing of it may. */
  readonly show: (object: string, record: CrmRecord) => CrmRecord | undefined;
}

function createView({ rights: { objects }, changes, locked }: BelievedRole): RoleView {
  const fieldsOf = (object: string): 'all' | readonly string[] | undefined => {
    const rights = Object.hasOwn(objects, object) ? objects[object] : undefined;
    return rights !== undefined && 'fields' in rights ? rights.fields : undefined;
  };
  const sees = (object: string, field: string): boolean => {
    const fields = fieldsOf(object);
    return fields === 'all' || fields?.includes(field) === true || (fields !== undefined && field === 'id');
  };
  return {
    readable: Object.keys(objects).filter((object) => fieldsOf(object) !== undefined),
    isWhole: (object) => fieldsOf(object) === 'all',
    sees,
    mayChange: (object, field) => {
      const isOpen = Object.hasOwn(changes, object) && changes[object]?.includes('update') === true;
      if (!isOpen || field === undefined) return isOpen;
      const isLocked = Object.hasOwn(locked, object) && locked[object]?.includes(field) === true;
      return !isLocked && sees(object, field);
    },
    fieldsOf,
    covers: (other) =>
      other.readable.every((object) => {
        const theirs = other.fieldsOf(object) ?? [];
        return fieldsOf(object) === 'all' || (theirs !== 'all' && theirs.every((field) => sees(object, field)));
      }),
    fingerprint: () => createHash('sha256').update(JSON.stringify(objects)).digest('base64url').slice(0, 12),
    show: (object, record) => {
      const fields = fieldsOf(object);
      if (fields === undefined) return undefined;
      if (fields === 'all') return record;
      const entries = Object.entries(record).filter(([field]) => sees(object, field));
      return { ...Object.fromEntries(entries), id: record.id };
    },
  };
}

/** The fields of an object that are searched for this role; a letter that a hidden field shares does not count. */
function scopeOf(spec: MirrorSpec, { isWhole, sees }: RoleView): Scope[] {
  if (isWhole(spec.object)) return [{ object: spec.object }];
  const letters = fieldLetters(spec);
  const hidden = new Set(letters.flatMap(([field, letter]) => (sees(spec.object, field) ? [] : [letter])));
  const visible = [...new Set(letters.map(([, letter]) => letter))].filter((letter) => !hidden.has(letter));
  return visible.length === 0 ? [] : [{ object: spec.object, letters: visible.join('') }];
}

/** Where fields were declared anew and their records are still being copied, the letters are those of before. */
function hasWords(record: CrmRecord | undefined, spec: MirrorSpec | undefined, wanted: Wanted): boolean {
  const words = keptWords((spec?.search ?? []).map((name) => textOf(record?.[name])).join(' '));
  return wanted.every((starts) => starts.some((start) => words.some((word) => word.startsWith(start))));
}
