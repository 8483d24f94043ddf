import { afterEach, describe, expect, test } from '@jest/globals';
import { readOptions } from '../demo-call/options.ts';
import { runDemoCall } from '../demo-call/run.ts';
import { startThreecx } from '../threecx/index.ts';
import { crmDouble } from '../threecx/test/crm-double.ts';
import { templateXml } from '../threecx/test/template-xml.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

const RECORD = {
  id: '11111111-1111-4111-8111-111111111111',
  name: 'Inbound call from +31 20 123 4567',
  callerId: '0031201234567',
  endedAt: '2026-11-21T12:00:10.000Z',
  direction: 'INBOUND',
  outcome: 'ANSWERED',
  durationSeconds: 4,
  matchState: 'MATCHED',
  agentName: 'Anna Demo',
  candidates: null,
  summary: null,
  person: { name: { firstName: 'Noor', lastName: 'Voorbeeld' } },
  company: { name: 'Voorbeeld Bakeries' },
  location: { name: 'Bakery Noord' },
};

/** A PBX whose hub and CRM are one double that answers with these records. */
async function demo(args: string[], records: object[] | undefined, template = true) {
  const graphql = { data: { phoneCalls: { edges: (records ?? []).map((node) => ({ node })) } } };
  const people = [{ id: 1, name: { last: 'Voorbeeld' }, phone: '0031201234567' }];
  const double = await crmDouble((path) => ({ body: path === '/graphql' ? graphql : { people } }));
  const pbx = await startThreecx({ settings: { speed: 100 } });
  opened.push(double, pbx);
  if (template) await pbx.installTemplate(templateXml, { values: { Address: double.url } });
  const options = readOptions(args);
  if (options === 'help') throw new Error('only help was asked for');
  const lines: string[] = [];
  const run = async () =>
    await runDemoCall({
      options,
      sandbox: { threecx: { url: pbx.url }, twenty: { url: double.url, apiKey: 'key' } },
      patienceMs: 300,
      print: (line) => lines.push(line),
    });
  return { run, lines, double, pbx };
}

describe('the demo call', () => {
  test('tells who was shown, what the hub said and what the CRM holds', async () => {
    const { run, lines, double } = await demo(['--from', '+31201234567', '--twice'], [RECORD]);
    await run();
    expect(lines).toEqual([
      'Ringing   +31201234567 calls extension 101',
      '3CX sees  Voorbeeld',
      'Ended     answered, each report sent 2 times; the hub said: HTTP 200, HTTP 200',
      'Record    Inbound call from +31 20 123 4567: INBOUND, ANSWERED, 4 s',
      'Person    Noor Voorbeeld',
      'Company   Voorbeeld Bakeries',
      'Location  Bakery Noord',
      'Agent     Anna Demo',
      `Link      ${double.url}/object/phoneCall/${RECORD.id}`,
    ]);
    const asked = double.received.find(({ path }) => path === '/graphql')?.body ?? '';
    expect(JSON.parse(asked)).toMatchObject({
      variables: { filter: { and: expect.arrayContaining([{ agentExtension: { eq: '101' } }]) } },
    });
  });

  test('names those between whom to decide', async () => {
    const shared = {
      ...RECORD,
      matchState: 'AMBIGUOUS',
      person: null,
      candidates: [{ name: 'Noor' }, { name: 'Sem' }],
    };
    const { run, lines } = await demo([], [shared]);
    await run();
    expect(lines).toContain('Person    to be settled between Noor, Sem');
  });

  test.each([
    ['no record lands', [], /No record of the call within 0.3 s/],
    ['the call of somebody else lands', [{ ...RECORD, callerId: '+442079460101' }], /No record of the call/],
    ['one call has two records', [RECORD, RECORD], /2 records/],
  ])('fails when %s', async (_, records, sentence) => {
    const { run } = await demo([], records);
    await expect(run()).rejects.toThrow(sentence);
  });

  test('fails with what to do when something is not running', async () => {
    const noTemplate = await demo([], [RECORD], false);
    await expect(noTemplate.run()).rejects.toThrow(/No CRM template is installed.*npm start/);
    const noHub = await demo([], [RECORD]);
    await noHub.double.close();
    await expect(noHub.run()).rejects.toThrow(/npm start/);
    const noPbx = await demo([], [RECORD]);
    await noPbx.pbx.close();
    await expect(noPbx.run()).rejects.toThrow(/3CX stand-in .* does not answer.*npm start/);
  });
});

describe('its arguments', () => {
  test('have defaults', () => {
    expect(readOptions([])).toEqual({
      number: '+31201234567',
      extension: '101',
      direction: 'inbound',
      answered: true,
      times: 1,
      text: false,
    });
  });

  test('let an outbound call be written either way round', () => {
    const outbound = { number: '+442079460101', extension: '103', direction: 'outbound' };
    expect(readOptions(['--direction', 'outbound', '--from', '103', '--to', '+442079460101'])).toMatchObject(outbound);
    expect(readOptions(['--direction', 'outbound', '--from', '+442079460101', '--to', '103'])).toMatchObject(outbound);
  });

  test('allow a withheld number', () => {
    expect(readOptions(['--from', '', '--missed'])).toMatchObject({ number: '', answered: false });
  });

  test.each([
    ['--direction=up', /inbound or outbound/],
    ['--to=+31201234567', /extension/],
    ['--loud', /--loud/],
  ])('refuse %s', (argument, sentence) => {
    expect(() => readOptions([argument])).toThrow(sentence);
  });
});
