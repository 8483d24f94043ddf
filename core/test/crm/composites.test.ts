import { describe, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { addressesOf, completeComposites, fieldsToComplete, numbersOf } from '../../crm/composites.ts';
import type { ObjectSchema } from '../../crm/schema.ts';

const field = (type: string) => ({ type, isUnique: false });
const person: ObjectSchema = {
  name: 'person',
  plural: 'people',
  fields: new Map([
    ['phones', field('PHONES')],
    ['emails', field('EMAILS')],
    ['linkedinLink', field('LINKS')],
    ['name', field('FULL_NAME')],
  ]),
};
const stored = {
  phones: {
    primaryPhoneNumber: '2079460001',
    primaryPhoneCallingCode: '+44',
    primaryPhoneCountryCode: 'GB',
    additionalPhones: [{ number: '7700900002', callingCode: '+44', countryCode: 'GB' }],
  },
  emails: { primaryEmail: 'one@example.com', additionalEmails: ['two@example.com'] },
  linkedinLink: {
    primaryLinkUrl: 'https://example.com/a',
    primaryLinkLabel: 'a',
    secondaryLinks: [{ url: 'https://example.org', label: 'o' }],
  },
};
const complete = (patch: Record<string, unknown>, current?: Record<string, unknown>) =>
  completeComposites(person, patch, current, 'GB');

describe('completeComposites', () => {
  test.each([
    [
      'a label',
      { linkedinLink: { primaryLinkLabel: 'b' } },
      { linkedinLink: { ...stored.linkedinLink, primaryLinkLabel: 'b' } },
    ],
    [
      'further addresses',
      { emails: { additionalEmails: ['x@example.com'] } },
      { emails: { primaryEmail: 'one@example.com', additionalEmails: ['x@example.com'] } },
    ],
    [
      'a national number',
      { phones: { primaryPhoneNumber: '020 7946 0009' } },
      { phones: { primaryPhoneNumber: '+442079460009', additionalPhones: [{ number: '+447700900002' }] } },
    ],
    [
      'further numbers',
      { phones: { additionalPhones: [{ number: '+442079460003' }, { number: '101' }] } },
      { phones: { primaryPhoneNumber: '+442079460001', additionalPhones: [{ number: '+442079460003' }] } },
    ],
    ['no numbers', { phones: null }, { phones: { primaryPhoneNumber: '', additionalPhones: [] } }],
    ['part of a name', { name: { firstName: 'Pat' } }, { name: { firstName: 'Pat' } }],
  ])('%s erases nothing else', (_, patch, expected) => {
    expect(complete(patch, stored).fields).toEqual(expected);
  });

  test('an unusable number is dropped, counted, and leaves the old one', () => {
    expect(complete({ phones: { primaryPhoneNumber: 'anonymous' } }, stored)).toEqual({
      fields: { phones: { primaryPhoneNumber: '+442079460001', additionalPhones: [{ number: '+447700900002' }] } },
      droppedNumbers: 1,
    });
  });

  test('only what is left out has to be known', () => {
    expect(fieldsToComplete(person, { emails: { additionalEmails: [] }, phones: stored.phones, name: {} })).toEqual([
      'emails',
    ]);
  });

  test('what it makes of a stored value is the stored value, and sending it twice changes nothing', () => {
    const digits = fc.integer({ min: 0, max: 999 }).map((last) => `+442079460${String(last).padStart(3, '0')}`);
    fc.assert(
      fc.property(digits, fc.uniqueArray(digits, { maxLength: 4 }), (primary, others) => {
        const patch = {
          phones: { primaryPhoneNumber: primary, additionalPhones: others.map((number) => ({ number })) },
        };
        const once = complete(patch).fields;
        expect(once).toEqual(patch);
        expect(complete(once, once).fields).toEqual(once);
      }),
    );
  });
});

test('the index finds every number in E.164 and every address in lower case', () => {
  expect(numbersOf(stored.phones, 'GB')).toEqual(['+442079460001', '+447700900002']);
  expect(numbersOf({ primaryPhoneNumber: '', additionalPhones: null }, 'GB')).toEqual([]);
  expect(
    addressesOf({ primaryEmail: 'One@Example.com', additionalEmails: ['one@example.com', 'Two@example.com'] }),
  ).toEqual(['one@example.com', 'two@example.com']);
});
