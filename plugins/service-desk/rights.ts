import { ForbiddenError, type MemberRequest } from '@switchboard/core/contract';

const names: Readonly<Record<string, string>> = {
  serviceCase: 'cases',
  phoneCall: 'calls',
  malfunction: 'malfunctions',
  person: 'people',
  location: 'locations',
};

const remedy = 'An administrator can allow it in Twenty under Settings, Roles.';

/**
 * What a member does at the desk the hub writes with its own key, so it asks first what the member's role could do in Twenty.
 *
 * @param fields that are written, each with where it stands in the request: `body.fields.` for what is below that
 * @throws ForbiddenError, for a field naming it
 */
export async function demandChange(
  { crm }: Pick<MemberRequest, 'crm'>,
  object: string,
  fields: readonly string[] = [],
  place?: `body.${string}`,
): Promise<void> {
  const what = names[object] ?? object;
  if (!(await crm.mayChange(object))) {
    throw new ForbiddenError(`Your role may not create or change ${what}`, { remedy });
  }
  const locked = await lockedOf(crm, object, fields);
  const [first] = locked;
  if (first === undefined) return;
  throw new ForbiddenError(`Your role may not write ${locked.join(', ')} of ${what}`, {
    ...(place === undefined ? {} : { field: `${place}${first}` }),
    remedy,
  });
}

/** Those of the fields that the role may not write, although it may change records of the object. */
export async function lockedOf(
  crm: Pick<MemberRequest['crm'], 'mayChange'>,
  object: string,
  fields: readonly string[],
): Promise<string[]> {
  const open = await Promise.all(fields.map((field) => crm.mayChange(object, field)));
  return fields.filter((_field, index) => open[index] === false);
}
