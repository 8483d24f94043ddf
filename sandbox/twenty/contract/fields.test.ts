import { afterAll, describe, expect, test } from '@jest/globals';
import { badInput, refusal, row } from './answers.ts';
import { openFixture } from './fixture.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { things } = contract;
const byKey = recordsOf(contract.key, contract.thing);
afterAll(() => contract.close());

const phones = 'phonesF{primaryPhoneNumber primaryPhoneCountryCode primaryPhoneCallingCode additionalPhones}';
const everyField = `name textF extId numF intF boolF dateF dateTimeF selF multiF ratF arrF jsonF richF{markdown}
  emailsF{primaryEmail additionalEmails} ${phones} linksF{primaryLinkLabel primaryLinkUrl secondaryLinks}
  addrF{addressStreet1 addressStreet2 addressCity addressPostcode addressState addressCountry addressLat addressLng}
  curF{amountMicros currencyCode} fullF{firstName lastName} filesF{fileId} uuidF companyId subjectPersonId
  subjectOpportunityId deletedAt`;

const unset = {
  textF: '',
  extId: '',
  numF: null,
  intF: null,
  boolF: false,
  dateF: null,
  dateTimeF: null,
  selF: 'NEW',
  multiF: [],
  ratF: null,
  arrF: [],
  jsonF: null,
  richF: { markdown: '' },
  emailsF: { primaryEmail: '', additionalEmails: [] },
  phonesF: { primaryPhoneNumber: '', primaryPhoneCountryCode: '', primaryPhoneCallingCode: '', additionalPhones: [] },
  linksF: { primaryLinkLabel: '', primaryLinkUrl: '', secondaryLinks: [] },
  addrF: {
    addressStreet1: '',
    addressStreet2: '',
    addressCity: '',
    addressPostcode: '',
    addressState: '',
    addressCountry: '',
    addressLat: null,
    addressLng: null,
  },
  curF: { amountMicros: null, currencyCode: null },
  fullF: { firstName: '', lastName: '' },
  filesF: null,
  uuidF: null,
  companyId: null,
  subjectPersonId: null,
  subjectOpportunityId: null,
  deletedAt: null,
};

const phone = (primaryPhoneNumber: string, rest: object = {}) => ({ phonesF: { primaryPhoneNumber, ...rest } });
const stored = (number: string, country: string, calling: string, additionalPhones: object[] = []) => ({
  phonesF: {
    primaryPhoneNumber: number,
    primaryPhoneCountryCode: country,
    primaryPhoneCallingCode: calling,
    additionalPhones,
  },
});

describe('every field type in and out', () => {
  test('a full record comes back normalised', async () => {
    const sent = {
      name: 'fields-full',
      textF: 'Hello world',
      extId: 'fields-1',
      numF: 12.34,
      intF: 7,
      boolF: true,
      dateF: '2026-03-04',
      dateTimeF: '2026-03-04T05:06:07.890Z',
      selF: 'OPEN',
      multiF: ['A', 'C'],
      ratF: 'RATING_3',
      arrF: ['x', 'y'],
      jsonF: { a: 1, b: ['c'] },
      richF: { markdown: '# Title\n\nSome **bold** text' },
      curF: { amountMicros: 1_500_000_000, currencyCode: 'EUR' },
      fullF: { firstName: 'Ada', lastName: 'Example' },
      uuidF: '0c2cede3-4a6e-474d-82ed-b281fdf6a5e3',
    };
    const composites = {
      emailsF: { primaryEmail: 'Mixed.Case@Example.COM', additionalEmails: ['second@example.com'] },
      phonesF: {
        primaryPhoneNumber: '+436601234567',
        primaryPhoneCountryCode: 'AT',
        primaryPhoneCallingCode: '+43',
        additionalPhones: [{ number: '+447400123456' }],
      },
      linksF: {
        primaryLinkUrl: 'https://Example.com/Path',
        primaryLinkLabel: 'site',
        secondaryLinks: [{ url: 'https://two.example', label: 'two' }],
      },
      addrF: {
        addressStreet1: 'Main 1',
        addressCity: 'Vienna',
        addressPostcode: '1010',
        addressLat: 48.2,
        addressLng: 16.37,
      },
    };
    expect(row(await things.create({ ...sent, ...composites }, everyField))).toEqual({
      ...unset,
      ...sent,
      emailsF: { primaryEmail: 'mixed.case@example.com', additionalEmails: ['second@example.com'] },
      ...stored('6601234567', 'AT', '+43', [{ number: '7400123456', callingCode: '+44', countryCode: 'GB' }]),
      linksF: { ...composites.linksF, primaryLinkUrl: 'https://example.com/Path' },
      addrF: { ...unset.addrF, ...composites.addrF },
    });
  });

  test('blocknote is made from markdown', async () => {
    const { richF } = row(await things.create({ richF: { markdown: 'hello' } }, 'richF{blocknote}'));
    const blocks: unknown = JSON.parse((richF as { blocknote: string }).blocknote);
    expect(blocks).toEqual([
      expect.objectContaining({
        type: 'paragraph',
        content: [{ type: 'text', text: 'hello', styles: {} }],
        children: [],
      }),
    ]);
  });

  test('an empty object is accepted: texts read as "", lists as [], the rest as null or the default', async () => {
    expect(row(await things.create({}, everyField))).toEqual({ name: '', ...unset });
  });

  test('an unset unique text does not collide', async () => {
    expect(row(await things.create({ name: 'fields-a' }, 'extId'))).toEqual({ extId: '' });
    expect(row(await things.create({ name: 'fields-b' }, 'extId'))).toEqual({ extId: '' });
  });

  test('an API key is the author of what it creates', async () => {
    const selection = 'createdBy{source workspaceMemberId name context} updatedBy{source workspaceMemberId}';
    expect(row(await byKey.create({ name: 'fields-by-key' }, selection))).toEqual({
      createdBy: { source: 'API', workspaceMemberId: null, name: expect.any(String), context: {} },
      updatedBy: { source: 'API', workspaceMemberId: null },
    });
  });

  test('searchVector and position are filled by the server', async () => {
    const created = row(await things.create({ name: 'Fieldsvector' }, 'searchVector position createdAt updatedAt'));
    expect(created).toMatchObject({ searchVector: "'fieldsvector':1", position: expect.any(Number) });
    expect(created['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(created['updatedAt']).toBe(created['createdAt']);
  });
});

describe('phone numbers', () => {
  test.each([
    ['one international number is split', phone('+43 660 1234567'), stored('6601234567', 'AT', '+43')],
    [
      'a national number with its country',
      phone('06601234567', { primaryPhoneCountryCode: 'AT' }),
      stored('6601234567', 'AT', '+43'),
    ],
    ['the country is the inferred one', phone('+447911123456'), stored('7911123456', 'GG', '+44')],
    ['a short number with a country', phone('101', { primaryPhoneCountryCode: 'AT' }), stored('101', 'AT', '+43')],
    ['parsed, not validated', phone('+4312'), stored('12', 'AT', '+43')],
    ['an extension is dropped', phone('+4311234567 ext. 12'), stored('11234567', 'AT', '+43')],
    ['a freephone number has no country', phone('+80012345678'), stored('12345678', '', '+800')],
    [
      'an additional number needs the number only',
      phone('+436601234567', { additionalPhones: [{ number: '+4915112345678' }] }),
      stored('6601234567', 'AT', '+43', [{ number: '15112345678', callingCode: '+49', countryCode: 'DE' }]),
    ],
  ])('%s', async (_name, sent, expected) => {
    expect(row(await things.create({ name: 'fields-phone', ...sent }, phones))).toEqual(expected);
  });

  const invalid = (number: string) => badInput('INVALID_PHONE_NUMBER', `Provided phone number is invalid ${number}`);
  test.each([
    ['text', phone('abc'), invalid('abc')],
    ['an internal extension', phone('101'), invalid('101')],
    ['00 instead of +', phone('00436601234567'), invalid('00436601234567')],
    [
      'a bad additional number',
      phone('+436601234567', { additionalPhones: [{ number: 'anonymous' }] }),
      invalid('anonymous'),
    ],
    [
      'a calling code that conflicts',
      phone('+436601234567', { primaryPhoneCallingCode: '+1' }),
      badInput('CONFLICTING_PHONE_CALLING_CODE', 'Provided and inferred calling code are conflicting'),
    ],
    [
      'a country that conflicts with the inferred one',
      phone('7911123456', { primaryPhoneCallingCode: '+44', primaryPhoneCountryCode: 'GB' }),
      badInput('CONFLICTING_PHONE_COUNTRY_CODE', 'Provided and inferred country code are conflicting'),
    ],
  ])('%s is refused', async (_name, sent, expected) => {
    expect(refusal(await things.create({ name: 'fields-phone', ...sent }))).toEqual(expected);
  });
});

describe('values that are accepted', () => {
  test.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
    [
      'a link without a scheme is kept as sent',
      { linksF: { primaryLinkUrl: 'Example.com/A?b=C' } },
      'linksF{primaryLinkUrl}',
      { linksF: { primaryLinkUrl: 'Example.com/A?b=C' } },
    ],
    ['a number is stored unrounded', { numF: 1.23456 }, 'numF', { numF: 1.23456 }],
    ['an integer field takes a fraction', { intF: 1.5 }, 'intF', { intF: 1.5 }],
    ['a timestamp is cut to its date', { dateF: '2026-03-04T22:00:00Z' }, 'dateF', { dateF: '2026-03-04' }],
    [
      'a date-time without zone is UTC',
      { dateTimeF: '2026-03-04T05:06:07' },
      'dateTimeF',
      { dateTimeF: '2026-03-04T05:06:07.000Z' },
    ],
    [
      'a date-time with offset comes back in UTC',
      { dateTimeF: '2026-03-04T05:06:07+02:00' },
      'dateTimeF',
      { dateTimeF: '2026-03-04T03:06:07.000Z' },
    ],
    ['an empty multi-select', { multiF: [] }, 'multiF', { multiF: [] }],
    [
      'null, which also suppresses a default',
      { name: null, textF: null, selF: null, numF: null },
      'name textF selF numF',
      { name: '', textF: '', selF: null, numF: null },
    ],
    ['a plain string is wrapped into an array', { arrF: 'x' }, 'arrF', { arrF: ['x'] }],
    ['JSON text is parsed', { jsonF: '{"a":1}' }, 'jsonF', { jsonF: { a: 1 } }],
    [
      'micros as a string',
      { curF: { amountMicros: '2500000', currencyCode: 'USD' } },
      'curF{amountMicros currencyCode}',
      { curF: { amountMicros: 2_500_000, currencyCode: 'USD' } },
    ],
    [
      'any currency code',
      { curF: { amountMicros: 1, currencyCode: 'XXX' } },
      'curF{currencyCode}',
      { curF: { currencyCode: 'XXX' } },
    ],
    [
      'emoji, CRLF and outer spaces',
      { name: '  fields ', textF: ' a\r\n\u{1f600} ' },
      'name textF',
      { name: '  fields ', textF: ' a\r\n\u{1f600} ' },
    ],
    ['text of 100,000 characters', { textF: 'x'.repeat(100_000) }, 'textF', { textF: 'x'.repeat(100_000) }],
  ])('%s', async (_name, sent, selection, expected) => {
    expect(row(await things.create(sent, selection))).toEqual(expected);
  });

  test('position takes "first", "last" or a number', async () => {
    const positions = [{ position: 'first' }, { position: 'last' }, { position: 1.5 }];
    const answer = await things.createMany(positions, 'position');
    const [first, last, fixed] = (answer.data ? Object.values(answer.data)[0] : []) as { position: number }[];
    expect(fixed).toEqual({ position: 1.5 });
    expect(first?.position).toBeLessThan(last?.position ?? -Infinity);
  });

  test('an API key may set dates and author, for imports', async () => {
    const sent = {
      createdAt: '2020-01-02T03:04:05.678Z',
      updatedAt: '2020-01-02T03:04:05.678Z',
      createdBy: { source: 'IMPORT', name: 'My tool', workspaceMemberId: '20202020-0687-4c41-b707-ed1bfca972a7' },
    };
    const selection = 'createdAt updatedAt createdBy{source name workspaceMemberId context}';
    expect(row(await byKey.create({ name: 'fields-import', ...sent }, selection))).toEqual({
      ...sent,
      createdBy: { ...sent.createdBy, context: null },
    });
  });
});

describe('values that are refused', () => {
  test.each<[string, Record<string, unknown>, ReturnType<typeof badInput>]>([
    [
      'text that is no e-mail address',
      { emailsF: { primaryEmail: 'nonsense' } },
      badInput('INVALID_ARGS_DATA', `Invalid string value 'nonsense' for email field "emailsF.primaryEmail"`),
    ],
    [
      'text that is no URL',
      { linksF: { primaryLinkUrl: 'not a url' } },
      badInput('INVALID_URL', 'The URL of the link is not valid'),
    ],
    ['a number as text', { numF: '5' }, badInput('INVALID_ARGS_DATA', `Invalid number value '5' for field "numF"`)],
    [
      'a date that is none',
      { dateF: 'not-a-date' },
      badInput('INVALID_ARGS_DATA', `Invalid value 'not-a-date' for date field "dateF". Expected format: 'YYYY-MM-DD'`),
    ],
    [
      'an unknown option',
      { selF: 'NOPE' },
      badInput('INVALID_ARGS_DATA', 'Invalid value "NOPE" for field "selF". Valid values are: NEW, OPEN, DONE'),
    ],
    [
      'an unknown option among several',
      { multiF: ['A', 'Z'] },
      badInput('INVALID_ARGS_DATA', `Invalid value [ 'A', 'Z' ] for multi select field "multiF"`),
    ],
    [
      'a UUID that is none',
      { uuidF: 'abc' },
      badInput('INVALID_ARGS_DATA', `Invalid UUID value 'abc' for field "uuidF"`),
    ],
    [
      'an object as text',
      { name: { a: 1 } },
      badInput('INVALID_ARGS_DATA', 'Invalid string value { a: 1 } for text field "name"'),
    ],
    ['a number as name', { name: 5 }, badInput('INVALID_ARGS_DATA', 'Invalid string value 5 for text field "name"')],
    [
      'a NUL character: an error of the database, yet not worth a retry',
      { textF: 'a\u0000b' },
      { code: 'INTERNAL_SERVER_ERROR', message: 'Data validation error.' },
    ],
  ])('%s', async (_name, sent, expected) => {
    expect(refusal(await things.create(sent))).toEqual(expected);
  });
});
