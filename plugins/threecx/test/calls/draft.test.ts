import { describe, expect, test } from '@jest/globals';
import { NotFoundError } from '@switchboard/core/contract';
import type { CaseDraft } from '../../calls/draft.ts';
import { createCallWatch } from '../../calls/live/watch.ts';
import { caseDraft } from '../../routes/case-draft.ts';
import { call, fakeContext, request } from '../fake-context.ts';
import { ids, rows, shared } from '../fixtures.ts';

const id = (digit: number) => `77777777-7777-4777-8777-77777777777${digit}`;

const lift = {
  id: id(1),
  name: 'Lift',
  kind: 'ELEVATOR',
  status: 'IN_SERVICE',
  placement: 'Hall',
  locationId: ids.office,
  contractId: id(5),
};
const boiler = {
  id: id(2),
  name: 'Boiler',
  kind: 'HEATING',
  status: 'IMPAIRED',
  placement: 'Cellar',
  locationId: ids.office,
};
const retired = { id: id(3), name: 'Old lift', kind: 'ELEVATOR', status: 'RETIRED', locationId: ids.office };
const basic = {
  id: id(5),
  name: 'Lift care',
  status: 'ACTIVE',
  serviceLevel: 'BASIC',
  responseMinutes: 480,
  companyId: ids.example,
  endsOn: null,
};
const premium = {
  id: id(6),
  name: 'All in',
  status: 'ACTIVE',
  serviceLevel: 'PREMIUM',
  responseMinutes: 60,
  companyId: ids.example,
  startsOn: '2026-01-01',
};
const over = {
  id: id(7),
  name: 'Past',
  status: 'ACTIVE',
  serviceLevel: 'CRITICAL',
  companyId: ids.example,
  endsOn: '2026-10-31',
};
const general = { id: id(8), name: 'Intake', purpose: 'INTAKE', status: 'PUBLISHED', appliesTo: [], version: 9 };
const forLifts = {
  id: id(9),
  name: 'Lift intake',
  purpose: 'INTAKE',
  status: 'PUBLISHED',
  appliesTo: ['ELEVATOR'],
  version: 2,
};

const site = { contract: [basic, premium, over], protocol: [general, forLifts] };

async function draft(data: object, query: string) {
  return await call<CaseDraft>(caseDraft, fakeContext({ ...rows, ...site, ...data }), request(`/calls/draft?${query}`));
}

describe('the draft of a case', () => {
  test('has customer, location, what is there, the contract with its level, and the protocol for it', async () => {
    const found = await draft({ asset: [lift, boiler, retired] }, 'number=0031201234567');
    expect(found).toMatchObject({
      matchState: 'MATCHED',
      person: { id: ids.anna },
      location: { id: ids.office },
      assets: [{ name: 'Boiler' }, { name: 'Lift' }],
      contract: { name: 'All in', serviceLevel: 'PREMIUM', responseMinutes: 60 },
      protocol: { name: 'Lift intake', version: 2 },
      fields: {
        channel: 'PHONE',
        personId: ids.anna,
        companyId: ids.example,
        locationId: ids.office,
        contractId: premium.id,
        serviceLevel: 'PREMIUM',
        protocolId: forLifts.id,
        protocolVersion: 2,
      },
    });
    expect(found.fields).not.toHaveProperty('assetId');
  });

  test('of a place with one thing names it, with the contract of that thing', async () => {
    const found = await draft({ asset: [lift] }, 'number=0031201234567');
    expect(found.fields).toMatchObject({ assetId: lift.id, contractId: basic.id, serviceLevel: 'BASIC' });
  });

  test('of a stranger has the protocol for everything and leaves the rest open', async () => {
    const found = await draft({ asset: [lift] }, 'number=%2B447700900123');
    expect(found).toMatchObject({
      matchState: 'UNKNOWN',
      person: null,
      assets: [],
      contract: null,
      protocol: { name: 'Intake' },
    });
    expect(found.fields).toEqual({ channel: 'PHONE', protocolId: general.id, protocolVersion: 9 });
  });

  test('is there while the call rings, by the id that its record will have', async () => {
    const context = fakeContext({ ...shared, ...site, asset: [lift] });
    const party = { dn: '10007', type: 'Wexternalline', number: '+31201234567', name: '', did: '' };
    await createCallWatch(context).seen({
      id: 1,
      dn: '102',
      callId: 7,
      status: 'Ringing',
      party,
      queue: { dn: '', kind: 'queue' },
    });
    const [callId] = context.live.keys();
    const found = await call<CaseDraft>(caseDraft, context, request(`/calls/draft?call=${callId}`));
    expect(found).toMatchObject({
      callId,
      matchState: 'AMBIGUOUS',
      location: { id: ids.office },
      candidates: [{}, {}],
    });
    const nobody = caseDraft.handle(context, request(`/calls/draft?call=${ids.other}`), new AbortController().signal);
    await expect(nobody).rejects.toBeInstanceOf(NotFoundError);
  });
});
