import { expect, test } from '@jest/globals';

import { NOTHING_RELEASED, withReleased, type Released } from '../deploy/released.ts';

const before: Released = {
  application: 'app',
  objects: { location: 'o1' },
  fields: { 'location.kind': { id: 'f1', type: 'SELECT', options: ['OFFICE', 'SHOP'] } },
  roles: { Agent: 'r1' },
};

test('what was released stays, with its identifier and type, when the sources lose or change it', () => {
  const now: Released = {
    application: 'other',
    objects: {},
    fields: { 'location.kind': { id: 'f2', type: 'TEXT' } },
    roles: {},
  };
  expect(withReleased(before, now)).toEqual(before);
});

test('new objects, fields, options and roles are added', () => {
  const now: Released = {
    application: 'app',
    objects: { location: 'o1', asset: 'o2' },
    fields: {
      'location.kind': { id: 'f1', type: 'SELECT', options: ['SHOP', 'HOME'] },
      'asset.name': { id: 'f3', type: 'TEXT' },
    },
    roles: { Agent: 'r1', Lead: 'r2' },
  };
  expect(withReleased(before, now)).toEqual({
    application: 'app',
    objects: { asset: 'o2', location: 'o1' },
    fields: {
      'asset.name': { id: 'f3', type: 'TEXT' },
      'location.kind': { id: 'f1', type: 'SELECT', options: ['OFFICE', 'SHOP', 'HOME'] },
    },
    roles: { Agent: 'r1', Lead: 'r2' },
  });
});

test('the first release is what is there', () => {
  expect(withReleased(NOTHING_RELEASED, before)).toEqual(before);
});
