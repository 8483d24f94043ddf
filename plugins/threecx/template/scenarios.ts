import type { Config } from '../config.ts';
import { contactScenario, type Element, getRequest, type PostValue, postRequest, reportScenario } from './elements.ts';

type Passes = Pick<Config, 'datePasses' | 'textPasses'>;

/** Everything 3CX asks and reports. Scenario ids and variables are 3CX's own names. */
export function scenarios(passes: Passes): Element[] {
  return [
    contactScenario('', getRequest('[BaseUrl]/lookup?number=[Number]&direction=[CallDirection]')),
    contactScenario('LookupByEmail', getRequest('[BaseUrl]/lookup?email=[Email]')),
    contactScenario('SearchContacts', getRequest('[BaseUrl]/search?q=[EscapedSearchText]')),
    contactScenario(
      'CreateContactRecord',
      postRequest('[BaseUrl]/contact', '[CreateUnknown]!=True||[CallDirection]!=Inbound', [
        ['number', '[Number]', '1'],
      ]),
    ),
    contactScenario('CreateContactRecordFromClient', postRequest('[BaseUrl]/contact', '', wantedContact)),
    reportScenario('ReportCall', postRequest('[BaseUrl]/call', '[JournalCalls]!=True', finishedCall(passes))),
    reportScenario('ReportChat', postRequest('[BaseUrl]/chat', '[JournalChats]!=True', finishedChat(passes))),
  ];
}

const wantedContact: readonly PostValue[] = [
  ['firstName', '[FirstName]', '1'],
  ['lastName', '[LastName]', '1'],
  ['number', '[Number]', '1'],
  ['email', '[Email]', '1'],
  ['company', '[Company]', '1'],
];

const agent: readonly PostValue[] = [
  ['agent', '[Agent]', '1'],
  ['agentEmail', '[AgentEmail]', '1'],
  ['agentFirstName', '[AgentFirstName]', '1'],
  ['agentLastName', '[AgentLastName]', '1'],
  ['queue', '[QueueExtension]', '1'],
];

/** Dates are formatted here, because [DateTime] comes in whatever culture the PBX runs. */
function finishedCall({ datePasses, textPasses }: Passes): PostValue[] {
  return [
    ['callType', '[CallType]', '1'],
    ['direction', '[CallDirection]', '1'],
    ['number', '[Number]', '1'],
    ['name', '[Name]', '1'],
    ...agent,
    ['seconds', '[[[DurationTimespan].get_TotalSeconds()].ToString("F0")]', '1'],
    ['startUtc', utc('CallStartTimeUTC'), datePasses],
    ['endUtc', utc('CallEndTimeUTC'), datePasses],
    ['entityId', '[EntityId]', '1'],
    ['entityType', '[EntityType]', '1'],
    ['transcription', '[Transcription]', textPasses],
    ['summary', '[Summary]', textPasses],
    ['sentiment', '[Sentiment]', '1'],
    ['recordingUrl', '[RecordingUrl]', '1'],
  ];
}

function finishedChat({ datePasses, textPasses }: Passes): PostValue[] {
  return [
    ['number', '[Number]', '1'],
    ['email', '[Email]', '1'],
    ['name', '[Name]', '1'],
    ...agent,
    ['startUtc', utc('ChatStartTimeUTC'), datePasses],
    ['endUtc', utc('ChatEndTimeUTC'), datePasses],
    ['messages', '[ChatMessages]', textPasses],
    ['entityId', '[EntityId]', '1'],
  ];
}

function utc(variable: string): string {
  return `[[${variable}].ToString("yyyy-MM-ddTHH:mm:ssZ")]`;
}
