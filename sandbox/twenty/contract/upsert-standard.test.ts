import { afterAll, describe, expect, test } from '@jest/globals';
import { badInput, extensions, refusal, rows } from './answers.ts';
import { company, openFixture, person } from './fixture.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { client, name: run } = contract;
const people = recordsOf(client, person);
const companies = recordsOf(client, company);
afterAll(() => contract.close());

const duplicate = badInput(undefined, 'A duplicate entry was detected');
const personFields = 'id name{firstName lastName} emails{primaryEmail additionalEmails} jobTitle';

describe('person by primary e-mail', () => {
  const id = contract.own(person);
  const primaryEmail = `one-${run}@example.com`;
  const additionalEmails = [`alt-${run}@example.com`];

  test('inserted, then matched in any letter case; what is not sent is kept', async () => {
    const sent = {
      id,
      name: { firstName: 'Upsert', lastName: 'One' },
      emails: { primaryEmail, additionalEmails },
      jobTitle: 'Boss',
    };
    expect(rows(await people.upsert([sent], personFields))).toEqual([sent]);
    const again = { name: { firstName: 'Changed' }, emails: { primaryEmail: primaryEmail.toUpperCase() } };
    expect(rows(await people.upsert([again], personFields))).toEqual([
      { ...sent, name: { firstName: 'Changed', lastName: 'One' } },
    ]);
  });

  test('a duplicate without upsert names the person', async () => {
    const reply = await people.create({
      id: contract.own(person),
      emails: { primaryEmail: primaryEmail.toUpperCase() },
    });
    expect(refusal(reply)).toEqual(duplicate);
    expect(extensions(reply)).toMatchObject({ conflictingRecordId: id, conflictingObjectNameSingular: 'person' });
  });

  test("another person's additional e-mail does not match", async () => {
    const other = contract.own(person);
    const sent = { id: other, name: { firstName: 'Alt' }, emails: { primaryEmail: additionalEmails[0] } };
    expect(rows(await people.upsert([sent]))).toEqual([{ id: other }]);
  });

  test('without an e-mail everybody is new', async () => {
    const ids = [contract.own(person), contract.own(person)];
    for (const each of ids)
      expect(rows(await people.upsert([{ id: each, name: { firstName: 'NoMail' } }]))).toEqual([{ id: each }]);
  });
});

describe('company by domain', () => {
  const domain = `upsert-${run}.example`;
  const bare = contract.own(company);
  const secure = contract.own(company);
  const sent = (id: string, primaryLinkUrl: string) => ({
    id,
    name: `Contract ${run}`,
    domainName: { primaryLinkUrl },
  });

  test('with and without scheme are two values; case and trailing slash are not', async () => {
    expect(rows(await companies.upsert([sent(bare, domain)]))).toEqual([{ id: bare }]);
    expect(rows(await companies.upsert([sent(secure, `https://${domain}`)]))).toEqual([{ id: secure }]);
    const again = sent(contract.own(company), `HTTPS://${domain.toUpperCase()}/`);
    expect(rows(await companies.upsert([again], 'id domainName{primaryLinkUrl}'))).toEqual([
      { id: secure, domainName: { primaryLinkUrl: `https://${domain}` } },
    ]);
  });

  test('one domain twice in a batch is a duplicate that names nobody', async () => {
    const twins = [`https://twin-${run}.example`, `https://TWIN-${run}.example/`].map((url) =>
      sent(contract.own(company), url),
    );
    const reply = await companies.createMany(twins);
    expect(refusal(reply)).toEqual(duplicate);
    expect(extensions(reply)).not.toHaveProperty('conflictingRecordId');
  });
});
