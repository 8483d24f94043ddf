import { post as plainPost } from '../fixtures.ts';

/** What 3CX sends, in its own words: posts of the template, rows of the call log, participants of Call Control. Times are seconds after the start. */

export type Frame = { readonly at: number; readonly participant: Record<string, unknown> } | Gone;
type Gone = { readonly at: number; readonly gone: { readonly dn: string; readonly id: number } };

const START = Date.parse('2026-11-21T10:00:00Z');
export const CALLER = '+31201234567';
export const OTHER = '+442079460123';

/** Seconds after the start of the scenario. */
export function moment(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

const plain = (seconds: number): string => moment(seconds).replace('.000', '');

const people: Readonly<Record<string, [first: string, last: string]>> = {
  '101': ['Ada', 'Demo'],
  '102': ['Ben', 'Demo'],
  '103': ['Carla', 'Demo'],
};

type PostFacts = {
  agent: string;
  start: number;
  end: number;
  talk?: number;
  out?: boolean;
  number?: string;
  queue?: string;
};

export function post({ agent, start, end, talk = 0, out = false, number = '0031201234567', queue = '' }: PostFacts) {
  const [first, last] = people[agent] ?? ['', ''];
  const callType = out ? (talk > 0 ? 'Outbound' : 'Notanswered') : talk > 0 ? 'Inbound' : 'Missed';
  return {
    ...plainPost,
    callType,
    direction: out ? 'Outbound' : 'Inbound',
    number,
    agent,
    agentEmail: `${first.toLowerCase()}.demo@example.com`,
    agentFirstName: first,
    agentLastName: last,
    queue,
    seconds: `${talk}`,
    startUtc: plain(start),
    endUtc: plain(end),
  };
}

type RowFacts = {
  call?: number;
  segment: number;
  to: string;
  start: number;
  ring: number;
  talk?: number;
  type?: 'Extension' | 'Queue' | 'System' | 'External';
  direction?: 'Inbound' | 'Outbound';
  name?: string;
  from?: string;
  number?: string;
  reason?: string;
};

export function row(facts: RowFacts): Record<string, unknown> {
  const {
    call = 1264,
    segment,
    to,
    start,
    ring,
    talk = 0,
    type = 'Extension',
    direction = 'Inbound',
    reason = '',
  } = facts;
  const { number = CALLER, from = '10007' } = facts;
  const id = `00000000-01dc-9a8d-ff71-4b070000${call.toString(16).padStart(4, '0')}`;
  const name = facts.name ?? (people[to]?.join(' ') || '');
  return {
    MainCallHistoryId: id,
    CallHistoryId: id,
    CdrId: `${id}/${segment}`,
    CallId: call,
    SegmentId: segment,
    Indent: segment > 1 ? 1 : 0,
    StartTime: plain(start),
    SourceType: 13,
    SourceDn: from,
    SourceCallerId: from === '10007' ? number : from,
    SourceDisplayName: people[from]?.join(' ') ?? '',
    DestinationType: 0,
    DestinationDn: to,
    DestinationCallerId: type === 'External' ? number : to,
    DestinationDisplayName: name,
    ActionType: 0,
    ActionDnType: 0,
    actionDnDn: '',
    ActionDnCallerId: null,
    ActionDnDisplayName: '',
    RingingDuration: `PT${ring}S`,
    TalkingDuration: talk === 0 ? 'PT0S' : `PT${Math.floor(talk / 60)}M${talk % 60}S`,
    Answered: talk > 0,
    Direction: direction,
    CallType: type,
    Status: talk > 0 ? 'Answered' : type === 'Queue' ? 'Waiting' : 'Unanswered',
    Reason: reason,
    RecordingUrl: null,
    SrcRecId: null,
    DstRecId: null,
    Recordings: [],
    Transcription: null,
    Summary: null,
    SentimentScore: null,
    QualityReport: false,
    CallCost: 0,
    SubrowDescNumber: 0,
  };
}

type LegFacts = {
  dn: string;
  id: number;
  call?: number;
  number?: string;
  queue?: string;
  group?: string;
  party?: string;
};

export function leg(at: number, status: string, facts: LegFacts): Frame {
  const { dn, id, call = 1264, number = '+31201234567', queue = '', group = '', party = '10007' } = facts;
  const shared = queue || group;
  return {
    at,
    participant: {
      id,
      status,
      dn,
      party_caller_name: number,
      party_dn: party,
      party_caller_id: number,
      party_did: '',
      device_id: `sip:${dn}@127.0.0.1:5483;rinstance=c2a75fd2f1caea71`,
      party_dn_type: party === '10007' ? 'Wexternalline' : 'Wqueue',
      direct_control: false,
      originated_by_dn: 'ROUTER',
      originated_by_type: 'Wroutepoint',
      referred_by_dn: '',
      referred_by_type: 'None',
      on_behalf_of_dn: shared,
      on_behalf_of_type: queue !== '' ? 'Wqueue' : group !== '' ? 'Wringgroup' : 'None',
      callid: call,
      legid: id - 8000,
    },
  };
}

export const gone = (at: number, dn: string, id: number): Frame => ({ at, gone: { dn, id } });

export const steps = (...list: [seconds: number, what: string, more?: Record<string, unknown>][]) => ({
  version: 1,
  steps: list.map(([at, what, more = {}]) => ({ at: moment(at), what, ...more })),
});
