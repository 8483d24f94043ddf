import { ForbiddenError, type MemberRequest } from '@switchboard/core/contract';

const names: Readonly<Record<string, string>> = {
  serviceCase: 'cases',
  phoneCall: 'calls',
  person: 'people',
  location: 'locations',
};

/**
 * What a member does at the desk the hub writes with its own key, so it asks first what the member's role could do in Twenty.
 *
 * @throws ForbiddenError
 */
export async function demandChange({ crm }: Pick<MemberRequest, 'crm'>, object: string): Promise<void> {
  if (await crm.mayChange(object)) return;
  throw new ForbiddenError(`Your role may not create or change ${names[object] ?? object}`, {
    remedy: 'An administrator can allow it in Twenty under Settings, Roles.',
  });
}
