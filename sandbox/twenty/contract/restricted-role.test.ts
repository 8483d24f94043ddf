import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { page, permissionDenied, refusal, row, value } from './answers.ts';
import type { Client } from './client.ts';
import { company, needsExpendable, openFixture, testWhen } from './fixture.ts';
import { createApiKey, revokeApiKey } from './keys.ts';
import { recordsOf } from './records.ts';
import { fieldOf, hide, newRole, permission, setPermissions } from './roles.ts';

const contract = openFixture();
const { key, user, target, thing, withToken, name: run } = contract;
const { company: companyObject, person: personObject, opportunity: opportunityObject } = thing.standard;
afterAll(() => contract.close());

describe('a key of a restricted role', () => {
  const whenExpendable = testWhen(target.expendable && user !== undefined, needsExpendable);
  const companyId = contract.own(company);
  let client: Client;
  const hidden = (action: string) => ({
    ...permissionDenied,
    message: `${permissionDenied.message}: no permission to ${action} field "address" on "company"`,
  });

  beforeAll(async () => {
    row(
      await recordsOf(key, company).create({
        id: companyId,
        name: `Contract ${run} roles`,
        address: { addressCity: 'Denver' },
      }),
    );
    if (!target.expendable || !user) return;
    const roleId = await newRole(contract, 'restricted');
    value(
      await setPermissions(key, roleId, [
        permission(personObject, true, false),
        permission(opportunityObject, false, false),
      ]),
    );
    const reply = await hide(key, roleId, companyObject, await fieldOf(key, companyObject, 'address'));
    expect(value(reply)).toEqual([{ canReadFieldValue: false, canUpdateFieldValue: false }]);
    value(await hide(key, roleId, companyObject, await fieldOf(key, companyObject, 'name')));
    value(await hide(key, roleId, companyObject, await fieldOf(key, companyObject, 'accountOwner')));
    const made = await createApiKey(user, `Contract ${run} restricted`, roleId, new Date(Date.now() + 3_600_000));
    contract.onClose(() => revokeApiKey(user, made.id));
    client = withToken(made.token);
  });

  whenExpendable('reads what it may, and fails only the root field of what it may not', async () => {
    const reply = await client.graphql('{companies(first:1){edges{node{id}}} opportunities(first:1){edges{node{id}}}}');
    expect(reply.data).toMatchObject({ companies: { edges: [expect.anything()] }, opportunities: null });
    expect(
      reply.errors.map(({ message, extensions }) => ({
        message,
        code: extensions?.code,
        subCode: extensions?.subCode,
      })),
    ).toEqual([permissionDenied]);
  });

  whenExpendable('does not write, delete or destroy what it may only read', async () => {
    expect(refusal(await client.graphql('mutation{createPerson(data:{name:{firstName:"x"}}){id}}'))).toEqual(
      permissionDenied,
    );
    const update = 'mutation{updatePeople(filter:{name:{firstName:{eq:"contract nobody"}}},data:{jobTitle:"y"}){id}}';
    expect(refusal(await client.graphql(update))).toEqual(permissionDenied);
    const companies = recordsOf(client, company);
    expect(refusal(await companies.delete(companyId))).toEqual(permissionDenied);
    expect(refusal(await companies.destroy(companyId))).toEqual(permissionDenied);
  });

  whenExpendable('over REST a refused write is 400 with a code', async () => {
    const reply = await client.rest('POST', '/people', { name: { firstName: 'x' } });
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      statusCode: 400,
      error: 'Error',
      messages: [permissionDenied.message],
      code: 'PERMISSION_DENIED',
    });
  });

  whenExpendable('a hidden field cannot be selected, ordered by or written', async () => {
    const companies = recordsOf(client, company);
    const filter = { id: { eq: companyId } };
    expect(refusal(await companies.findMany({ filter }, 'edges{node{id address{addressCity}}}'))).toEqual(
      hidden('read'),
    );
    expect(
      refusal(
        await companies.findMany(
          { filter, orderBy: [{ address: { addressCity: 'AscNullsLast' } }] },
          'edges{node{id}}',
        ),
      ),
    ).toEqual(hidden('read'));
    expect(refusal(await companies.update(companyId, { address: { addressCity: 'Vienna' } }))).toEqual(hidden('write'));
  });

  whenExpendable('with a hidden relation goes its column; what a record is called by stays', async () => {
    const companies = recordsOf(client, company);
    const filter = { id: { eq: companyId } };
    expect(refusal(await companies.findMany({ filter }, 'edges{node{id accountOwnerId}}'))).toMatchObject({
      message: expect.stringContaining('no permission to read field "accountOwner" on "company"'),
    });
    const { edges } = page(await companies.findMany({ filter }, 'edges{node{id name}}'));
    expect(edges[0]?.node).toEqual({ id: companyId, name: `Contract ${run} roles` });
  });

  whenExpendable('workflows are for those who may manage them', async () => {
    expect(refusal(await client.graphql('{workflows(first:1){totalCount}}'))).toEqual(permissionDenied);
  });

  whenExpendable('but can be filtered on, and REST leaves it out without an error', async () => {
    const filter = { id: { eq: companyId }, address: { addressCity: { eq: 'Denver' } } };
    expect(value(await recordsOf(client, company).findMany({ filter }, 'totalCount'))).toEqual({ totalCount: 1 });
    const reply = await client.rest('GET', `/companies/${companyId}?depth=0`);
    expect(reply.body).toMatchObject({ data: { company: { id: companyId } } });
    expect(reply.body).not.toHaveProperty('data.company.address');
  });

  whenExpendable('a relation to a hidden object, and a search that names one, fail as a whole', async () => {
    const relation = await client.graphql('{companies(first:1){edges{node{id opportunities{edges{node{id}}}}}}}');
    expect(refusal(relation)).toEqual(permissionDenied);
    const search =
      '{search(searchInput:"",limit:3,includedObjectNameSingulars:["opportunity","company"]){edges{node{recordId}}}}';
    expect(refusal(await client.graphql(search))).toEqual(permissionDenied);
  });

  whenExpendable('settings need their flags; some refusals have another code', async () => {
    expect(refusal(await client.metadata('{getRoles{id}}'))).toEqual(permissionDenied);
    expect(refusal(await client.metadata('mutation{createOneRole(createRoleInput:{label:"x"}){id}}'))).toEqual(
      permissionDenied,
    );
    const webhook =
      'mutation{createWebhook(input:{targetUrl:"https://hub.example/x",operations:["nothing.created"]}){id}}';
    expect(refusal(await client.metadata(webhook))).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: permissionDenied.message,
    });
    const registration = 'mutation{createApplicationRegistration(input:{name:"x"}){applicationRegistration{id}}}';
    expect(refusal(await client.metadata(registration))).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: permissionDenied.message,
    });
  });
});
