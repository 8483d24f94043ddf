import { describe, expect, test } from '@jest/globals';
import { type CrmMember, compare, type PbxUser } from '../../agents/compare.ts';

const user = (extension: string, more: Partial<PbxUser> = {}): PbxUser => ({
  id: Number(extension),
  extension,
  firstName: 'Ben',
  lastName: 'Demo',
  email: `a${extension}@example.com`,
  profile: 'Available',
  ...more,
});
const member = (extension: string, more: Partial<CrmMember> = {}): CrmMember => ({
  id: `55555555-5555-4555-8555-555555555${extension}`,
  extension,
  firstName: 'Ben',
  lastName: 'Demo',
  email: `a${extension}@example.com`,
  ...more,
});
const crmWins = { agentNames: 'crm', agentEmails: 'crm' } as const;
const nobody = { agentNames: 'neither', agentEmails: 'neither' } as const;

describe('who is who', () => {
  test('is told by the address before the extension', () => {
    const { pairs } = compare([user('101'), user('102')], [member('102', { email: 'a101@example.com' })], nobody);
    expect(pairs).toMatchObject([{ extension: '101', by: 'email' }]);
    expect(pairs[0]?.differences).toEqual([{ field: 'extension', crm: '102', threecx: '101', change: 'crm' }]);
  });

  test('is told by the extension where the address tells nothing', () => {
    const { pairs } = compare([user('101', { email: '' })], [member('101')], crmWins);
    expect(pairs).toMatchObject([
      { by: 'extension', differences: [{ field: 'email', crm: 'a101@example.com', change: 'threecx' }] },
    ]);
  });

  test('is nobody when two have the same address or extension', () => {
    const twins = [user('101', { email: 'team@example.com' }), user('102', { email: 'team@example.com' })];
    const compared = compare(twins, [member('103', { email: 'team@example.com' })], crmWins);
    expect(compared.pairs).toEqual([]);
    expect(compared.unclear).toHaveLength(3);
    expect(compare([user('101')], [member('101'), { ...member('101'), id: member('102').id }], crmWins).pairs).toEqual(
      [],
    );
  });

  test('lists who is on one side alone', () => {
    const compared = compare([user('101')], [member('102')], crmWins);
    expect(compared).toMatchObject({ onlyInThreecx: [{ extension: '101' }], onlyInCrm: [{ extension: '102' }] });
  });
});

describe('which side wins', () => {
  const [one] = [user('101', { firstName: 'Benjamin' })];

  test.each([
    ['crm', [{ field: 'firstName', crm: 'Ben', threecx: 'Benjamin', change: 'threecx' }]],
    ['3cx', [{ field: 'firstName', crm: 'Ben', threecx: 'Benjamin', change: 'crm' }]],
    ['neither', []],
  ] as const)('%s', (agentNames, differences) => {
    expect(compare([one], [member('101')], { agentNames, agentEmails: 'neither' }).pairs[0]?.differences).toEqual(
      differences,
    );
  });

  test('an empty name empties nothing', () => {
    expect(compare([one], [member('101', { firstName: '' })], crmWins).pairs[0]?.differences).toEqual([]);
  });
});

test('the id changes with the differences, not with presence', () => {
  const idOf = (more: Partial<PbxUser>) => compare([user('101', more)], [member('101')], crmWins).id;
  expect(idOf({ profile: 'Away' })).toBe(idOf({}));
  expect(idOf({ firstName: 'Other' })).not.toBe(idOf({}));
});
