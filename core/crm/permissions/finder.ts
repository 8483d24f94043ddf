import type { CrmFinder, KeyPart, MomentSource } from '../../contract/crm-find.ts';
import type { CrmMatch } from '../../contract/crm.ts';
import { addressesOf, numbersOf } from '../composites.ts';
import { writeOnly } from '../mirror/declare.ts';
import type { MirrorSpec } from '../mirror/declare.ts';
import type { RoleView } from './reader.ts';

export type RoleFinderOptions = {
  readonly all: CrmFinder;
  /** The rights as they are now. */
  readonly view: () => Promise<RoleView>;
  readonly specs: () => Promise<ReadonlyMap<string, MirrorSpec>>;
  readonly country: () => Promise<string>;
};

/** What a role may not read is left out of the question already, so that a page is full and its order tells nothing. */
export function createRoleFinder({ all, view, specs, country }: RoleFinderOptions): CrmFinder {
  async function byKeyPart(part: KeyPart, options: Parameters<CrmFinder['findByKeyPart']>[1]): Promise<CrmMatch[]> {
    const role = await view();
    const declared = await specs();
    const kind = 'emailStarts' in part ? 'emails' : 'phones';
    const seen = ({ object, fields }: Keyed) => fields.filter((field) => role.sees(object, field));
    const keyed = options.objects.map((object) => ({
      object,
      fields: (declared.get(object) ?? writeOnly(object))[kind],
    }));
    const some = keyed.filter((one) => seen(one).length > 0);
    const objects = some.map(({ object }) => object);
    const found = await all.findByKeyPart(part, { ...options, objects });
    const hidden = new Set(some.filter((one) => seen(one).length < one.fields.length).map(({ object }) => object));
    const home = await country();
    return found.flatMap(({ object, record }) => {
      const visible = role.show(object, record);
      if (visible === undefined) return [];
      // The index does not tell which field a number stands in.
      const fields = declared.get(object)?.[kind] ?? [];
      const carries = !hidden.has(object) || fields.some((field) => carriesPart(part, visible[field], home));
      return carries ? [{ object, record: visible }] : [];
    });
  }

  return {
    findByKeyPart: byKeyPart,
    newest: async (sources, page) => {
      const { sees, show } = await view();
      const found = await all.newest(
        sources.filter((source) => mayAsk(source, sees)),
        page,
      );
      return found.flatMap(({ record, ...moment }) => {
        const visible = show(moment.object, record);
        return visible === undefined ? [] : [{ ...moment, record: visible }];
      });
    },
    deleted: async (object, id) => {
      const { show } = await view();
      const record = await all.deleted(object, id);
      return record && show(object, record);
    },
  };
}

type Keyed = { readonly object: string; readonly fields: readonly string[] };

/** Every field that chooses records or orders them. What is only left out by a field is not found by it. */
function mayAsk({ object, at, equal = {}, starts = {}, through }: MomentSource, sees: RoleView['sees']): boolean {
  const own = [at, ...Object.keys(equal), ...Object.keys(starts), ...(through === undefined ? [] : [through.field])];
  const theirs = through === undefined ? [] : Object.keys(through.equal);
  return own.every((field) => sees(object, field)) && theirs.every((field) => sees(through!.object, field));
}

function carriesPart(part: KeyPart, value: unknown, country: string): boolean {
  if ('emailStarts' in part) {
    return addressesOf(value).some((address) => address.startsWith(part.emailStarts.toLowerCase()));
  }
  const numbers = numbersOf(value, country);
  return 'phoneStarts' in part
    ? numbers.some((number) => number.startsWith(part.phoneStarts))
    : numbers.some((number) => number.endsWith(part.phoneEnds));
}
