import { v5 as uuidv5 } from 'uuid';
import type { DemoCustomer, DemoData } from './data.ts';
import type { TwentyClient } from './twenty-client.ts';

/** Of the demo's own ids, so that seeding twice changes nothing. */
const NAMESPACE = '6f2b7d0e-3c0e-4c52-9a55-0d5a4c1f7e21';
const CONTRACT_YEAR = '2026';

function idOf(object: string, key: string): string {
  return uuidv5(`${object}:${key}`, NAMESPACE);
}

/** Fills a workspace with the demo customers. What points at another record comes after it. */
export async function seedDemo(twenty: TwentyClient, { customers, members, protocols }: DemoData): Promise<void> {
  const create = async (plural: string, type: string, data: readonly object[]) => {
    const field = `create${plural}`;
    await twenty.records(
      `mutation Seed($data: [${type}CreateInput!]!) { ${field}(data: $data, upsert: true) { id } }`,
      { data },
    );
  };
  await create('Companies', 'Company', customers.map(companyOf));
  await create('Locations', 'Location', customers.flatMap(locationsOf));
  await create('People', 'Person', customers.flatMap(peopleOf));
  await create('Contracts', 'Contract', customers.map(contractOf));
  await create('Assets', 'Asset', customers.flatMap(assetsOf));
  const body = (text: string) => ({ markdown: text });
  await create(
    'Protocols',
    'Protocol',
    protocols.map((one) => ({
      id: idOf('protocol', one.name),
      ...one,
      body: body(one.body),
      status: 'PUBLISHED',
      externalId: one.name,
    })),
  );
  await setExtensions(twenty, members);
}

/** Extensions sit on the member's profile, which only takes one update at a time. */
async function setExtensions(twenty: TwentyClient, members: DemoData['members']): Promise<void> {
  const { workspaceMembers } = (await twenty.records('{ workspaceMembers { edges { node { id userEmail } } } }')) as {
    workspaceMembers: { edges: { node: { id: string; userEmail: string } }[] };
  };
  for (const { node } of workspaceMembers.edges) {
    const extension = members.find(({ email }) => email === node.userEmail)?.extension;
    if (extension === undefined) continue;
    await twenty.records(
      'mutation Extension($id: UUID!, $data: WorkspaceMemberUpdateInput!) { updateWorkspaceMember(id: $id, data: $data) { id } }',
      { id: node.id, data: { extension } },
    );
  }
}

function companyOf({ key, name, domain }: DemoCustomer) {
  const domainName = { primaryLinkUrl: `https://${domain}`, primaryLinkLabel: '', secondaryLinks: [] };
  return { id: idOf('company', key), name, domainName };
}

function locationsOf({ key: customer, locations }: DemoCustomer) {
  return locations.map(({ key, name, kind, street, postcode, city, country, phone, accessNotes }) => ({
    id: idOf('location', key),
    externalId: key,
    name,
    kind,
    accessNotes,
    phones: phones(phone),
    siteAddress: { addressStreet1: street, addressPostcode: postcode, addressCity: city, addressCountry: country },
    companyId: idOf('company', customer),
  }));
}

function peopleOf({ key: customer, people }: DemoCustomer) {
  return people.map(({ key, firstName, lastName, jobTitle, email, phone, location }) => ({
    id: idOf('person', key),
    name: { firstName, lastName },
    jobTitle,
    emails: { primaryEmail: email, additionalEmails: [] },
    phones: phones(phone),
    companyId: idOf('company', customer),
    locationId: idOf('location', location),
  }));
}

function contractOf({ key, name, serviceLevel, responseMinutes, resolveMinutes, supportHours }: DemoCustomer) {
  return {
    id: idOf('contract', key),
    externalId: key,
    name: `Service ${name} ${CONTRACT_YEAR}`,
    number: `SC-${CONTRACT_YEAR}-${key.toUpperCase()}`,
    startsOn: `${CONTRACT_YEAR}-01-01`,
    endsOn: `${CONTRACT_YEAR}-12-31`,
    serviceLevel,
    responseMinutes,
    resolveMinutes,
    supportHours,
    companyId: idOf('company', key),
  };
}

function assetsOf({ key: customer, assets }: DemoCustomer) {
  return assets.map(({ location, ...asset }) => ({
    id: idOf('asset', asset.serialNumber),
    externalId: asset.serialNumber,
    ...asset,
    locationId: idOf('location', location),
    companyId: idOf('company', customer),
    contractId: idOf('contract', customer),
  }));
}

function phones(primaryPhoneNumber: string) {
  return { primaryPhoneNumber, additionalPhones: [] };
}
