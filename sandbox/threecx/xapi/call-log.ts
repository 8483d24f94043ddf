import { textOf, textView } from '../ledger/recordings.ts';
import type { LogRow } from '../ledger/rows.ts';
import { ODataError } from './odata/errors.ts';
import type { Literal } from './odata/path.ts';
import { type Query, shape } from './odata/query.ts';
import { ok, type Operation } from './odata/router.ts';
import type { XapiParts } from './parts.ts';

/** Every one of them is required. */
const ARGUMENTS = [
  'periodFrom',
  'periodTo',
  'sourceType',
  'sourceFilter',
  'destinationType',
  'destinationFilter',
  'callsType',
  'callTimeFilterType',
  'callTimeFilterFrom',
  'callTimeFilterTo',
  'hidePcalls',
];
const SIGNATURE = ARGUMENTS.map((name) => `${name}={${name}}`).join(',');

/** Asked for in an order, the log leaves out what is that new. */
const UNSORTED_MS = 60_000;

/** The call log, for owners of the system only. */
export function callLogOperations({ ledger, clock, settings, chats }: XapiParts): Operation[] {
  function view(row: LogRow) {
    const { leg, ...own } = row;
    const recordings = ledger.recordingsOf(row);
    const [recording] = recordings;
    const words = textView(recording && textOf(recording, clock.now()));
    const agentCalled = leg.kind === 'extension';
    return {
      ...own,
      RecordingUrl: recording === undefined ? null : recordingPath(recording.agent, recording.id),
      SrcRecId: agentCalled ? null : (recording?.id ?? null),
      DstRecId: agentCalled ? (recording?.id ?? null) : null,
      ...(settings.since(10) ? { Recordings: recordings.map(({ id }) => ({ Id: id, ...words })) } : {}),
      ...words,
    };
  }

  function log(args: Readonly<Record<string, Literal>>, query: Query) {
    const { from, to, hidePcalls } = periodOf(args);
    const hidesPolling = hidePcalls && settings.current().hidePcallsHides === 'polling';
    const newest = query.orderBy === undefined ? to : Math.min(to, clock.now() - UNSORTED_MS);
    const rows = ledger.rows().filter(({ leg, Reason }) => {
      if (hidesPolling && Reason === 'Polling') return false;
      return leg.startedAt >= from && leg.startedAt < newest;
    });
    // Newest first, as the admin console shows it; report functions take pages of any size.
    const page = rows.toReversed().slice(query.skip, query.top === undefined ? undefined : query.skip + query.top);
    const count = query.count ? { '@odata.count': rows.length } : {};
    return { ...count, value: page.map((row) => shape(view(row), query, [])) };
  }

  return [
    {
      method: 'GET',
      path: '/LastCdrAndChatMessageTimestamp',
      since: 7,
      role: 'owner',
      handle() {
        const last = ledger.rows().reduce((newest, { leg }) => Math.max(newest, leg.startedAt), 0);
        return ok({
          value: [{ LastCdrStartedAt: new Date(last).toISOString(), LastChatMessageTimeSent: chats.lastSentAt() }],
        });
      },
    },
    {
      method: 'GET',
      path: `/ReportCallLogData/Pbx.GetCallLogData(${SIGNATURE})`,
      role: 'owner',
      handle: ({ args, query }) => ok(log(args, query)),
    },
    {
      method: 'GET',
      path: `/ReportCallLogData/Pbx.GetOldCallLogData(${SIGNATURE})`,
      role: 'owner',
      handle: ({ args }) => (periodOf(args), ok({ value: [] })),
    },
  ];
}

/** @throws ODataError 500 for wrong types, as the real one does */
function periodOf(args: Readonly<Record<string, Literal>>): { from: number; to: number; hidePcalls: boolean } {
  const [from, to] = [args['periodFrom'], args['periodTo']].map((time) => Date.parse(String(time)));
  const numbers = ['sourceType', 'destinationType', 'callsType', 'callTimeFilterType'].map((name) => args[name]);
  const texts = ['sourceFilter', 'destinationFilter', 'callTimeFilterFrom', 'callTimeFilterTo'].map(
    (name) => args[name],
  );
  const hidePcalls = args['hidePcalls'];
  const fitting =
    numbers.every((one) => typeof one === 'number') &&
    texts.every((one) => typeof one === 'string') &&
    typeof hidePcalls === 'boolean';
  if (!fitting || from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to))
    throw new ODataError(500, 'An error has occurred.');
  return { from, to, hidePcalls };
}

/** A path inside the PBX, no link. */
export function recordingPath(agent: string, id: number): string {
  return `${agent}/${agent}(${id}).wav`;
}
