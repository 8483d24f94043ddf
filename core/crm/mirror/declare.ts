import type { MirroredObject } from '../../contract/crm.ts';

/** What the mirror keeps of one object, from all plugins together. */
export type MirrorSpec = Required<MirroredObject> & {
  /** False for objects that are only written: the mirror then only knows which records exist or were deleted. */
  readonly mirrored: boolean;
};

/** Merges the plugins' declarations into one per object. */
export function mergeDeclarations(declared: readonly MirroredObject[]): Map<string, MirrorSpec> {
  const specs = new Map<string, MirrorSpec>();
  for (const one of declared) {
    const earlier = specs.get(one.object) ?? writeOnly(one.object);
    specs.set(one.object, {
      object: one.object,
      fields: union(earlier.fields, one.fields, one.phones, one.emails, one.search),
      phones: union(earlier.phones, one.phones),
      emails: union(earlier.emails, one.emails),
      search: union(earlier.search, one.search),
      untold: union(earlier.untold, one.untold),
      mirrored: true,
    });
  }
  return specs;
}

/**
 * What is missed most comes first: what people are recognised by, then what that points at (a person's company), then the
 * rest, each in the order of the plugins.
 */
export function byNeed(specs: readonly MirrorSpec[]): MirrorSpec[] {
  const recognised = specs.filter(({ phones, emails }) => phones.length + emails.length > 0);
  const columns = new Set(recognised.flatMap(({ fields }) => fields));
  const rank = (spec: MirrorSpec): number => {
    if (recognised.includes(spec)) return 0;
    return columns.has(`${spec.object}Id`) ? 1 : 2;
  };
  return specs.toSorted((one, other) => rank(one) - rank(other));
}

/** For an object that nobody reads. */
export function writeOnly(object: string): MirrorSpec {
  return { object, fields: [], phones: [], emails: [], search: [], untold: [], mirrored: false };
}

/** Changes when the copy has to be made anew. */
export function fingerprint({ fields, phones, emails, search }: MirrorSpec): string {
  const lists = [fields, phones, emails, search].map((names) => names.toSorted().join(','));
  return [...lists, ...(search.length > 0 ? [wordsVersion] : [])].join(';');
}

/** How the words of a record are kept: in another way, and they are collected anew. */
const wordsVersion = 'words 2';

function union(...lists: (readonly string[] | undefined)[]): string[] {
  return [...new Set(lists.flatMap((list) => list ?? []))];
}
