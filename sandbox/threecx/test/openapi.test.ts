import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callLog, openPbx } from './pbx-client.ts';
import { createValidator, noDescription } from './openapi.ts';
import { templateXml } from './template-xml.ts';

const CALL_LOG = callLog()
  .replace(/=[^,)]*/g, '')
  .replace(/\?.*/, '')
  .replace(/(\w+)(?=[,)])/g, '$1={$1}');

/** Every operation of the stand-in that answers with a body, as requested and as described. */
const reads: [request: string, described: string][] = [
  ['/Defs?$select=Id', '/Defs'],
  ['/Defs/Pbx.GetSystemParameters()', '/Defs/Pbx.GetSystemParameters()'],
  ['/SystemStatus', '/SystemStatus'],
  ['/LicenseStatus', '/LicenseStatus'],
  ['/Users?$expand=Groups,ForwardingProfiles&$count=true', '/Users'],
  ['/Users(31)', '/Users({Id})'],
  ["/Users(Number='101')", '/Users(Number={Number})'],
  ['/Users(31)/ForwardingProfiles', '/Users({Id})/ForwardingProfiles'],
  ['/Users(31)/Groups', '/Users({Id})/Groups'],
  ['/Users/Pbx.GetFirstAvailableExtensionNumber()', '/Users/Pbx.GetFirstAvailableExtensionNumber()'],
  ['/Groups?$expand=Members,Rights', '/Groups'],
  ['/Groups(12)', '/Groups({Id})'],
  ['/Groups(12)/Members', '/Groups({Id})/Members'],
  ['/Groups(12)/Rights', '/Groups({Id})/Rights'],
  ['/Queues?$expand=Agents,Managers', '/Queues'],
  ["/Queues(Number='800')", '/Queues(Number={Number})'],
  ['/Queues(51)', '/Queues({Id})'],
  ['/Queues(51)/Agents', '/Queues({Id})/Agents'],
  ['/RingGroups?$expand=Members', '/RingGroups'],
  ['/Peers', '/Peers'],
  ["/Peers(Number='800')", '/Peers(Number={Number})'],
  ['/DidNumbers', '/DidNumbers'],
  ['/Trunks', '/Trunks'],
  ['/E164Settings', '/E164Settings'],
  ['/ActiveCalls', '/ActiveCalls'],
  ['/LastCdrAndChatMessageTimestamp', '/LastCdrAndChatMessageTimestamp'],
  [callLog(), CALL_LOG],
  ['/Recordings', '/Recordings'],
  ['/Recordings/Pbx.GetRecordingRepositorySettings()', '/Recordings/Pbx.GetRecordingRepositorySettings()'],
  ['/CrmIntegration', '/CrmIntegration'],
  [
    "/CrmIntegration/Pbx.GetCrmTemplateSource(name='Test CRM')",
    '/CrmIntegration/Pbx.GetCrmTemplateSource(name={name})',
  ],
  ['/CrmTemplates/Pbx.GeCrmtTemplates()', '/CrmTemplates/Pbx.GeCrmtTemplates()'],
  ['/ChatHistoryView', '/ChatHistoryView'],
];

const writes: [method: string, request: string, described: string, body: unknown, status: number][] = [
  ['POST', '/Users', '/Users', {}, 201],
  ['POST', '/Groups', '/Groups', { Name: 'Night shift' }, 201],
  ['PATCH', '/Users(31)', '/Users({Id})', { CurrentProfileName: 'Away' }, 204],
  ['POST', '/Users/Pbx.BatchDelete', '/Users/Pbx.BatchDelete', { ids: [999] }, 200],
  [
    'POST',
    '/Users/Pbx.GetDuplicatedEmails',
    '/Users/Pbx.GetDuplicatedEmails',
    { emails: ['anna.demo@example.com'] },
    200,
  ],
  ['POST', '/Users/Pbx.MakeCall', '/Users/Pbx.MakeCall', { dn: '101', destination: '102' }, 200],
  [
    'POST',
    '/Peers/Pbx.RetreivePeersByNumbers',
    '/Peers/Pbx.RetreivePeersByNumbers',
    { peersRequest: { DnNumbers: ['800', '101', '10007', '999'], IsReportPeers: false } },
    200,
  ],
  ['POST', '/CrmIntegration/Pbx.Test', '/CrmIntegration/Pbx.Test', { mode: 'PhoneExact', query: '+31201234567' }, 200],
  ['POST', '/Recordings/Pbx.TranscribeRecordings', '/Recordings/Pbx.TranscribeRecordings', { ids: [1] }, 204],
  ['GET', '/Users?$top=1000', '/Users', undefined, 400],
  ['GET', '/Users(999)', '/Users({Id})', undefined, 404],
  [
    'GET',
    '/Recordings/Pbx.DownloadRecording(recId=1)',
    '/Recordings/Pbx.DownloadRecording(recId={recId})',
    undefined,
    400,
  ],
];

const described = noDescription === undefined ? describe : describe.skip;

described(
  `answers are as the vendor describes them (skipped when ${noDescription ?? 'there is no description'})`,
  () => {
    let client: Awaited<ReturnType<typeof openPbx>>;
    let problems: ReturnType<typeof createValidator>;

    beforeAll(async () => {
      problems = createValidator();
      client = await openPbx({ settings: { transcriptAfter: 0 } });
      const { pbx } = client;
      const scenarios = ['queue', 'transfer', 'outbound', 'internal', 'voicemail', 'withheld', 'callback'] as const;
      await Promise.all(scenarios.map(async (scenario) => await pbx.play({ scenario }).done));
      await pbx.installTemplate(templateXml);
      const message = {
        FromName: 'Visitor',
        FromNo: '',
        IsExternal: true,
        Message: 'Hello',
        QueueNumber: '800',
      } as const;
      const from = { ParticipantEmail: 'visitor@example.com', ParticipantPhone: '', ProviderType: 'LiveChat' } as const;
      pbx.addChat([{ ...message, ...from, TimeSent: '2026-11-21T12:00:00Z' }]);
      pbx.play({ talkSeconds: 86_400 });
    });
    afterAll(async () => await client.pbx.close());

    test.each(reads)('GET %s', async (request, path) => {
      const { status, body } = await client.xapi(request);
      expect(status).toBe(200);
      if ('value' in (body as object)) expect((body as { value: unknown[] }).value).not.toEqual([]);
      expect(problems('GET', path, status, body)).toEqual([]);
    });

    test.each(writes)('%s %s', async (method, request, path, sent, expected) => {
      const { status, body } = await client.xapi(request, { method, body: sent });
      expect(status).toBe(expected);
      expect(problems(method, path, status, body)).toEqual([]);
    });

    test('an answer with a property that the description does not have is noticed', () => {
      expect(problems('GET', '/Users({Id})', 200, { Id: 1, Nickname: 'x' })).toEqual([
        expect.stringContaining('Nickname'),
      ]);
      expect(problems('GET', '/Users', 200, { value: [{ Id: 'x' }] })).not.toEqual([]);
    });
  },
);
