import { afterAll, describe, expect, test } from '@jest/globals';
import { badInput, refusal, row, rows } from './answers.ts';
import { openFixture } from './fixture.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { things } = contract;
afterAll(() => contract.close());

const start = {
  phonesF: { primaryPhoneNumber: '+436601234567', additionalPhones: [{ number: '+447400123456' }] },
  emailsF: { primaryEmail: 'a@example.com', additionalEmails: ['second@example.com'] },
  linksF: {
    primaryLinkUrl: 'https://a.example',
    primaryLinkLabel: 'A',
    secondaryLinks: [{ url: 'https://b.example', label: 'b' }],
  },
  addrF: { addressStreet1: 'S1', addressCity: 'C1' },
  curF: { amountMicros: 5_000_000, currencyCode: 'EUR' },
  fullF: { firstName: 'Ada', lastName: 'Example' },
};
const create = async () => row(await things.create({ name: 'composites', ...start })).id;
const additional = { number: '7400123456', callingCode: '+44', countryCode: 'GB' };

/** What a field of a fresh record holds after one update. */
async function after(patch: Record<string, unknown>, selection: string): Promise<unknown> {
  const id = await create();
  return row(await things.update(id, patch, selection));
}

const phones = 'phonesF{primaryPhoneNumber primaryPhoneCountryCode primaryPhoneCallingCode additionalPhones}';
const phoneValue = (number: string, country: string, calling: string, additionalPhones: unknown[]) => ({
  phonesF: {
    primaryPhoneNumber: number,
    primaryPhoneCountryCode: country,
    primaryPhoneCallingCode: calling,
    additionalPhones,
  },
});
const emails = 'emailsF{primaryEmail additionalEmails}';
const links = 'linksF{primaryLinkUrl primaryLinkLabel secondaryLinks}';

describe('PHONES', () => {
  test('the primary number alone erases the additional ones', async () => {
    expect(await after({ phonesF: { primaryPhoneNumber: '+4915112345678' } }, phones)).toEqual(
      phoneValue('15112345678', 'DE', '+49', []),
    );
  });

  test('additional numbers alone keep the primary', async () => {
    const patch = { phonesF: { additionalPhones: [{ number: '+436609999999' }] } };
    expect(await after(patch, phones)).toEqual(
      phoneValue('6601234567', 'AT', '+43', [{ number: '6609999999', callingCode: '+43', countryCode: 'AT' }]),
    );
  });

  test('a national number is refused: the stored country is not used', async () => {
    const id = await create();
    expect(refusal(await things.update(id, { phonesF: { primaryPhoneNumber: '015112345678' } }))).toEqual(
      badInput('INVALID_PHONE_NUMBER', 'Provided phone number is invalid 015112345678'),
    );
  });

  test('an empty number keeps calling code and country', async () => {
    const patch = { phonesF: { primaryPhoneNumber: '', additionalPhones: [] } };
    expect(await after(patch, phones)).toEqual(phoneValue('', 'AT', '+43', []));
  });

  test('null for the whole composite changes nothing', async () => {
    expect(await after({ phonesF: null }, phones)).toEqual(phoneValue('6601234567', 'AT', '+43', [additional]));
  });
});

describe('EMAILS', () => {
  test('the primary alone keeps the additional ones', async () => {
    expect(await after({ emailsF: { primaryEmail: 'B@example.com' } }, emails)).toEqual({
      emailsF: { primaryEmail: 'b@example.com', additionalEmails: ['second@example.com'] },
    });
  });

  test('additional ones alone erase the primary', async () => {
    expect(await after({ emailsF: { additionalEmails: ['X@Y.example', 'z@y.example'] } }, emails)).toEqual({
      emailsF: { primaryEmail: '', additionalEmails: ['x@y.example', 'z@y.example'] },
    });
  });

  test('null clears the primary', async () => {
    expect(await after({ emailsF: { primaryEmail: null } }, emails)).toEqual({
      emailsF: { primaryEmail: '', additionalEmails: ['second@example.com'] },
    });
  });
});

describe('LINKS', () => {
  test('the URL alone erases label and secondary links', async () => {
    expect(await after({ linksF: { primaryLinkUrl: 'https://c.example' } }, links)).toEqual({
      linksF: { primaryLinkUrl: 'https://c.example', primaryLinkLabel: '', secondaryLinks: [] },
    });
  });

  test('secondary links alone: the first becomes the primary', async () => {
    expect(await after({ linksF: { secondaryLinks: [{ url: 'https://d.example', label: 'd' }] } }, links)).toEqual({
      linksF: { primaryLinkUrl: 'https://d.example', primaryLinkLabel: 'd', secondaryLinks: [] },
    });
  });

  test('the label alone erases everything', async () => {
    expect(await after({ linksF: { primaryLinkLabel: 'only label' } }, links)).toEqual({
      linksF: { primaryLinkUrl: '', primaryLinkLabel: '', secondaryLinks: [] },
    });
  });

  test('scheme and host are lower-cased, a trailing slash is dropped', async () => {
    const patch = {
      linksF: { primaryLinkUrl: 'HTTPS://Host.example/', secondaryLinks: [{ url: 'HTTPS://B.example/', label: 'b' }] },
    };
    expect(await after(patch, links)).toEqual({
      linksF: {
        primaryLinkUrl: 'https://host.example',
        primaryLinkLabel: '',
        secondaryLinks: [{ url: 'https://b.example', label: 'b' }],
      },
    });
  });
});

describe('composites that merge by part', () => {
  test.each([
    [
      'ADDRESS',
      { addrF: { addressCity: 'C2' } },
      'addrF{addressStreet1 addressCity}',
      { addrF: { addressStreet1: 'S1', addressCity: 'C2' } },
    ],
    [
      'CURRENCY',
      { curF: { amountMicros: 7_000_000 } },
      'curF{amountMicros currencyCode}',
      { curF: { amountMicros: 7_000_000, currencyCode: 'EUR' } },
    ],
    [
      'FULL_NAME',
      { fullF: { firstName: 'Eva' } },
      'fullF{firstName lastName}',
      { fullF: { firstName: 'Eva', lastName: 'Example' } },
    ],
  ])('%s', async (_type, patch, selection, expected) => expect(await after(patch, selection)).toEqual(expected));

  test('the same rules hold for an upsert', async () => {
    const id = await create();
    const patch = { id, fullF: { firstName: 'Eva' }, phonesF: { primaryPhoneNumber: '+4915112345678' } };
    const [updated] = rows(await things.upsert([patch], `fullF{firstName lastName} ${phones}`));
    expect(updated).toEqual({
      fullF: { firstName: 'Eva', lastName: 'Example' },
      ...phoneValue('15112345678', 'DE', '+49', []),
    });
  });
});

describe('RICH_TEXT', () => {
  const richText = 'richF{markdown blocknote}';

  test('blocks alone give markdown', async () => {
    const content = [{ type: 'text', text: 'from blocks', styles: { bold: true } }];
    const blocknote = JSON.stringify([{ id: '1', type: 'paragraph', props: {}, content, children: [] }]);
    expect(await after({ richF: { blocknote } }, richText)).toEqual({
      richF: { markdown: '**from blocks**\n', blocknote },
    });
  });

  test('both null clear it', async () => {
    expect(await after({ richF: { markdown: null, blocknote: null } }, richText)).toEqual({
      richF: { markdown: '', blocknote: null },
    });
  });
});

describe('what an API key may overwrite', () => {
  const byKey = recordsOf(contract.key, contract.thing);

  test('createdBy by updateOne, but not by an upsert of an existing record', async () => {
    const id = row(await byKey.create({ name: 'composites-author' })).id;
    const changed = { createdBy: { source: 'IMPORT', name: 'changed' } };
    expect(row(await byKey.update(id, changed, 'createdBy{source name}'))).toEqual(changed);
    const upsert = await byKey.upsert(
      [{ id, createdBy: { source: 'EMAIL', name: 'upserted' } }],
      'createdBy{source name}',
    );
    expect(rows(upsert)).toEqual([changed]);
  });

  test('updatedAt, also backwards', async () => {
    const id = row(await byKey.create({ name: 'composites-clock' })).id;
    const updatedAt = '2020-01-01T00:00:00.000Z';
    expect(row(await byKey.update(id, { updatedAt }, 'updatedAt'))).toEqual({ updatedAt });
    expect(row(await byKey.findOne({ id: { eq: id } }, 'updatedAt'))).toEqual({ updatedAt });
  });
});
