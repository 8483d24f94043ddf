import { describe, expect, test } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { plugin } from '../plugin.ts';
import { template } from '../routes/template.ts';
import type { Config } from '../config.ts';
import { fakeContext, KEY, request } from './fake-context.ts';

type Node = { [name: string]: unknown };

async function download(settings: Partial<Config> = {}) {
  const context = fakeContext({}, settings);
  const reply = await template.handle(context, request('/template.xml'), new AbortController().signal);
  const xml = reply.body as string;
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    parseTagValue: false,
    isArray: (name, _path, _leaf, isAttribute) =>
      !isAttribute && ['Parameter', 'Scenario', 'Value', 'Variable', 'Output'].includes(name),
  });
  const { Crm } = parser.parse(xml) as { Crm: Node };
  const scenarios = new Map(
    (Crm['Scenarios'] as { Scenario: Node[] }).Scenario.map((one) => [one['Id'] as string, one]),
  );
  return { reply, xml, crm: Crm, scenarios, requestOf: (id: string) => scenarios.get(id)?.['Request'] as Node };
}

const valuesOf = (node: Node) =>
  (node['PostValues'] as { Value: { Key: string; Passes: string; '#text': string }[] }).Value;

describe('the template', () => {
  test('is well-formed, a download, and without the key', async () => {
    const { reply, xml, crm } = await download();
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(reply.headers).toMatchObject({ 'content-disposition': 'attachment; filename="switchboard-demo.xml"' });
    expect(xml).not.toContain(KEY);
    expect(crm).toMatchObject({ Country: 'NL', SupportsTranscription: 'true', Number: { Prefix: 'Zeros' } });
  });

  test('has all scenarios, each calling a door of the plugin with the key', async () => {
    const { scenarios } = await download();
    expect([...scenarios.keys()]).toEqual([
      '',
      'LookupByEmail',
      'SearchContacts',
      'CreateContactRecord',
      'CreateContactRecordFromClient',
      'ReportCall',
      'ReportChat',
    ]);
    const doors = [
      ...(plugin.webhooks ?? []).map(({ path }) => `Post ${path}`),
      ...(plugin.routes ?? []).map((route) => `${route.method === 'GET' ? 'Get' : 'Post'} ${route.path}`),
    ];
    for (const scenario of scenarios.values()) {
      const asked = scenario['Request'] as Node;
      const path = /^\[BaseUrl\](\/\w+)/.exec(asked['Url'] as string)?.[1];
      expect(doors).toContain(`${String(asked['RequestType'])} ${path}`);
      expect(asked['Headers']).toMatchObject({ Value: [{ Key: 'Authorization', '#text': 'Bearer [ApiKey]' }] });
    }
  });

  test('takes every variable of a contact from the reply it is in', async () => {
    const { scenarios } = await download();
    for (const id of ['', 'LookupByEmail', 'SearchContacts', 'CreateContactRecord', 'CreateContactRecordFromClient']) {
      const { Rules, Variables, Outputs } = scenarios.get(id) as {
        Rules: Node;
        Variables: { Variable: Node[] };
        Outputs: { Output: Node[] };
      };
      expect(Rules).toMatchObject({ Rule: { '#text': 'matches.id' } });
      const names = Variables.Variable.map(({ Name }) => `[${String(Name)}]`);
      expect(Outputs.Output.map(({ Value }) => Value)).toEqual(names);
    }
  });

  test('reports without rules, variables or outputs, which would stop journaling on some builds', async () => {
    const { scenarios } = await download();
    expect(Object.keys(scenarios.get('ReportCall') as Node)).toEqual(['Request', 'Id', 'Type']);
    expect(Object.keys(scenarios.get('ReportChat') as Node)).toEqual(['Request', 'Id', 'Type']);
  });

  test('posts every field that the plugin reads, dates in UTC', async () => {
    const { requestOf } = await download();
    const values = valuesOf(requestOf('ReportCall'));
    expect(values.map(({ Key }) => Key)).toEqual(
      expect.arrayContaining([
        'callType',
        'direction',
        'number',
        'agent',
        'agentEmail',
        'queue',
        'seconds',
        'startUtc',
        'endUtc',
        'transcription',
      ]),
    );
    expect(values.find(({ Key }) => Key === 'startUtc')?.['#text']).toBe(
      '[[CallStartTimeUTC].ToString("yyyy-MM-ddTHH:mm:ssZ")]',
    );
    expect(requestOf('ReportCall')['SkipIf']).toBe('[JournalCalls]!=True');
  });

  test('follows the settings', async () => {
    const { crm, requestOf, xml } = await download({
      numberPrefix: 'Plus',
      createUnknown: true,
      datePasses: '2',
      textPasses: '0',
    });
    expect(crm['Number']).toMatchObject({ Prefix: 'Plus' });
    const passes = Object.fromEntries(valuesOf(requestOf('ReportCall')).map(({ Key, Passes }) => [Key, Passes]));
    expect(passes).toMatchObject({ startUtc: '2', endUtc: '2', transcription: '0', summary: '0', number: '1' });
    expect(xml).toContain(
      'Name="CreateUnknown" Type="Boolean" Parent="" Editor="String" Title="Create unknown callers" Default="True"',
    );
    expect(xml).toContain('Default="https://hub.example.com/hooks/demo/threecx"');
  });
});
