import { afterEach, describe, expect, test } from '@jest/globals';
import type { ThreecxOptions } from '../index.ts';
import { type Answer, callLog, openPbx } from './pbx-client.ts';
import { crmDouble } from './crm-double.ts';
import { templateXml } from './template-xml.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: ThreecxOptions = {}) {
  const client = await openPbx(options);
  opened.push(client.pbx);
  return client;
}

type Collection = { value: Record<string, unknown>[]; '@odata.count'?: number; '@odata.nextLink'?: string };
const collection = ({ body }: Answer) => body as Collection;
const numbers = (answer: Answer) => collection(answer).value.map((one) => one['Number']);
const code = (message: string, status = 400) => ({ status, body: { error: { code: String(status), message } } });

describe('a collection', () => {
  test('is read in pages of at most a hundred, by links or by $skip', async () => {
    const { pbx, xapi } = await open({ agents: 200 });
    const first = await xapi('/Users?$select=Number&$count=true');
    expect(collection(first).value).toHaveLength(100);
    expect(collection(first)['@odata.count']).toBe(205);
    const seen = new Set(numbers(first));
    for (let next = collection(first)['@odata.nextLink']; next !== undefined;) {
      const page = await xapi(next.replace(`${pbx.url}/xapi/v1`, ''));
      for (const number of numbers(page)) seen.add(number);
      next = collection(page)['@odata.nextLink'];
    }
    expect(seen.size).toBe(205);
    expect(numbers(await xapi('/Users?$top=2&$skip=203'))).toEqual(['1199', '1200']);
    expect(await xapi('/Users?$top=101')).toMatchObject(code("The limit of '100' for Top query has been exceeded."));
  });

  test.each([
    ["Number eq '102'", ['102']],
    ["EmailAddress eq 'eva.demo@example.com' or Id lt 32", ['101', '105']],
    ["not (Number in ('101','102','103'))", ['104', '105']],
    ["contains(tolower(FirstName),'ar') and Enabled eq true", ['103']],
    ["startswith(DisplayName,'D')", ['104']],
    ["FirstName eq 'O''Brien'", []],
  ])('is filtered by %s', async (filter, expected) => {
    const { xapi } = await open();
    expect(numbers(await xapi(`/Users?$select=Number&$filter=${encodeURIComponent(filter)}`))).toEqual(expected);
  });

  test.each(['$filter=Number eq', '$filter=(Number eq 1', '$top=x', '$select=Nickname', '$expand=Friends'])(
    'is refused with %s',
    async (query) => {
      const { xapi } = await open();
      expect(await xapi(`/Users?${query}`)).toMatchObject({ status: 400, body: { error: { code: '400' } } });
    },
  );

  test('shows other entities only when they are expanded, and secrets when nothing is selected', async () => {
    const { xapi } = await open();
    const whole = await xapi('/Users(31)');
    expect(whole.body).toHaveProperty('AuthPassword');
    expect(whole.body).not.toHaveProperty('Groups');
    expect((await xapi('/Users(31)?$select=Id&$expand=Groups')).body).toEqual({
      Id: 31,
      Groups: [expect.objectContaining({ GroupId: 12, Rights: { RoleName: 'users' } })],
    });
  });
});

describe('extensions and departments', () => {
  test('are made, changed and deleted', async () => {
    const { xapi } = await open();
    const made = await xapi('/Users', { body: { Number: '120', FirstName: 'Finn', EmailAddress: 'finn@example.com' } });
    expect(made).toMatchObject({ status: 201, body: { Number: '120', DisplayName: 'Finn' } });
    const { Id } = made.body as { Id: number };
    expect((await xapi('/Users', { body: {} })).body).toMatchObject({ Number: '100' });
    expect(await xapi('/Users', { body: { Number: '120' } })).toMatchObject(code('WARNINGS.XAPI.ALREADY_IN_USE'));
    expect(await xapi('/Users', { body: { Number: '800' } })).toMatchObject(code('WARNINGS.XAPI.ALREADY_IN_USE'));
    const presence = { CurrentProfileName: 'Out of office', QueueStatus: 'LoggedOut' };
    expect((await xapi(`/Users(${Id})`, { method: 'PATCH', body: presence })).status).toBe(204);
    expect((await xapi(`/Users(${Id})`)).body).toMatchObject(presence);
    expect((await xapi(`/Users(${Id})`, { method: 'DELETE' })).status).toBe(204);
    expect(await xapi(`/Users(${Id})`)).toMatchObject(code('WARNINGS.XAPI.NOT_FOUND', 404));
  });

  test.each([
    [{ Number: '109' }, 'WARNINGS.XAPI.FORBIDDEN_CHANGE'],
    [{ CurrentProfileName: 'Asleep' }, 'WARNINGS.XAPI.NOT_FOUND'],
    [{ FirstName: 'Other', Groups: [{ GroupId: 99 }] }, 'WARNINGS.XAPI.NOT_FOUND'],
  ])('refuse %j and stay as they are', async (body, message) => {
    const { xapi } = await open();
    const before = (await xapi('/Users(31)?$expand=Groups')).body;
    expect(await xapi('/Users(31)', { method: 'PATCH', body })).toMatchObject(code(message));
    expect((await xapi('/Users(31)?$expand=Groups')).body).toEqual(before);
  });

  test('have lists that replace the old ones, seen from both sides', async () => {
    const { xapi } = await open();
    const members = async () => numbers(await xapi('/Groups(12)/Members'));
    expect(await members()).toEqual(['101', '102', '103', '104', '105']);
    const body = { Members: [{ Number: '102', Rights: { RoleName: 'managers' } }] };
    await xapi('/Groups(12)', { method: 'PATCH', body });
    expect(await members()).toEqual(['102']);
    expect(collection(await xapi('/Users(31)/Groups')).value).toEqual([]);
    await xapi('/Users(32)', { method: 'PATCH', body: { Groups: [] } });
    expect(await members()).toEqual([]);
  });
});

test('the name of every number of a call can be asked for', async () => {
  const { xapi } = await open();
  const body = { peersRequest: { DnNumbers: ['800', '105', '10007', '999', '4711'], IsReportPeers: false } };
  const { value } = collection(await xapi('/Peers/Pbx.RetreivePeersByNumbers', { body }));
  expect(value.map(({ Number, Name, Type }) => [Number, Name, Type])).toEqual([
    ['800', 'Service desk', 'Queue'],
    ['105', 'Eva Demo', 'Extension'],
    ['10007', 'SIP trunk', 'ExternalLine'],
    ['999', 'Voicemail', 'SpecialMenu'],
  ]);
});

describe('the call log', () => {
  test('is not found unless every argument is there, and breaks on wrong ones', async () => {
    const { xapi } = await open();
    expect(await xapi('/ReportCallLogData')).toMatchObject({ status: 404 });
    expect(await xapi(callLog().replace(',hidePcalls=false', ''))).toMatchObject({ status: 404 });
    expect(await xapi(callLog().replace('sourceType=0', "sourceType='0'"))).toMatchObject({ status: 500 });
    expect(await xapi(callLog().replace('periodFrom=2026-01-01T00:00:00Z', "periodFrom='today'"))).toMatchObject({
      status: 500,
    });
  });

  test('is read in windows of StartTime, in pages, and leaves out the newest when sorted', async () => {
    const { pbx, xapi, rows } = await open();
    await Promise.all([1, 2, 3].map(async () => await pbx.play({ talkSeconds: 0 }).done));
    expect(await rows()).toHaveLength(3);
    expect(collection(await xapi(callLog({ query: '$top=2&$skip=1&$count=true' })))).toMatchObject({
      '@odata.count': 3,
      value: [{ Direction: 'Inbound' }, { Direction: 'Inbound' }],
    });
    expect(collection(await xapi(callLog().replace('2100', '2026'))).value).toEqual([]);
    expect(await rows({ query: '$orderby=StartTime desc' })).toEqual([]);
  });

  test('hides the rows of polling on request', async () => {
    const { pbx, rows } = await open();
    await pbx.play({ scenario: 'queue', agents: ['101', '102'], rounds: 1, agent: '101' }).done;
    const destinations = async (hidePcalls: boolean) => (await rows({ hidePcalls })).map((row) => row['DestinationDn']);
    expect(await destinations(false)).toEqual(['800', '101', '102']);
    expect(await destinations(true)).toEqual(['800', '101']);
    pbx.settings.change({ hidePcallsHides: 'nothing' });
    expect(await destinations(true)).toEqual(['800', '101', '102']);
  });
});

describe('an older build', () => {
  const probes = {
    guid: async ({ rows }: Awaited<ReturnType<typeof open>>) =>
      /-/.test(String((await rows())[0]?.['MainCallHistoryId'])),
    probe: async ({ xapi }) => (await xapi('/LastCdrAndChatMessageTimestamp')).status === 200,
    isTranscribed: async ({ xapi }) => 'IsTranscribed' in (collection(await xapi('/Recordings')).value[0] ?? {}),
    canBeTranscribed: async ({ xapi }) => 'CanBeTranscribed' in (collection(await xapi('/Recordings')).value[0] ?? {}),
    byNumber: async ({ xapi }) => (await xapi("/Users(Number='101')")).status === 200,
    getByNumber: async ({ xapi }) => (await xapi("/Users/Pbx.GetByNumber(number='101')")).status === 200,
    rowRecordings: async ({ rows }) => 'Recordings' in ((await rows())[0] ?? {}),
    forbidRecording: async ({ xapi }) => 'ForbidRecording' in ((await xapi('/Users(31)')).body as object),
  } satisfies Record<string, (client: Awaited<ReturnType<typeof open>>) => Promise<boolean>>;

  const has: [version: NonNullable<ThreecxOptions['settings']>['version'], features: (keyof typeof probes)[]][] = [
    ['20.0.5', ['getByNumber']],
    ['20.0.6', ['guid', 'getByNumber']],
    ['20.0.7', ['guid', 'probe', 'isTranscribed', 'getByNumber']],
    ['20.0.8', ['guid', 'probe', 'isTranscribed', 'canBeTranscribed', 'byNumber']],
    ['20.0.9', ['guid', 'probe', 'isTranscribed', 'canBeTranscribed', 'byNumber']],
    ['20.0.10', ['guid', 'probe', 'isTranscribed', 'canBeTranscribed', 'byNumber', 'rowRecordings', 'forbidRecording']],
  ];

  test.each(has)('%s has %j and nothing else of it', async (version = '20.0.10', features) => {
    const client = await open({ settings: { version } });
    await client.pbx.play({ talkSeconds: 1 }).done;
    expect((await client.xapi('/Defs')).headers.get('x-3cx-version')).toBe(`${version}.100`);
    for (const [name, probe] of Object.entries(probes))
      expect([name, await probe(client)]).toEqual([name, features.includes(name as keyof typeof probes)]);
  });
});

test("the vendor's own test runs the installed template", async () => {
  const { pbx, xapi } = await open();
  const people = [{ id: 1, name: { last: 'Example' }, phone: '0031201234567' }];
  const crm = await crmDouble(() => ({ body: { people } }));
  opened.push(crm);
  await pbx.installTemplate(templateXml);
  const choices = { VariableChoices: [{ Key: 'Address', Value: crm.url }] };
  expect((await xapi('/CrmIntegration', { method: 'PATCH', body: choices })).status).toBe(204);
  const run = async (mode: string, query: string) =>
    (await xapi('/CrmIntegration/Pbx.Test', { body: { mode, query } })).body;
  expect(await run('PhoneExact', '+31201234567')).toMatchObject({
    IsError: false,
    SearchResult: [{ LastName: 'Example' }],
  });
  expect(await run('PhoneExact', '+31201234568')).toMatchObject({ IsError: false, SearchResult: [] });
  await crm.close();
  expect(await run('PhoneExact', '+31201234567')).toMatchObject({
    IsError: true,
    Message: expect.stringContaining('no connection'),
  });
  expect((await xapi("/CrmTemplates('Test CRM')", { method: 'DELETE' })).status).toBe(204);
  expect(await xapi('/CrmIntegration/Pbx.Test', { body: { mode: 'Search', query: 'x' } })).toMatchObject({
    status: 404,
  });
});
