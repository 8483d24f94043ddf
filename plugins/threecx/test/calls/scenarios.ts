import { CALLER, type Frame, gone, leg, moment, OTHER, post, row, steps } from './wire.ts';

/** What 3CX sends in each kind of call, and the one record per real call that must come of it. */

export type Scenario = {
  readonly name: string;
  readonly posts: readonly Record<string, unknown>[];
  readonly rows: readonly Record<string, unknown>[];
  readonly frames: readonly Frame[];
  /** One record per real call. */
  readonly records: readonly Record<string, unknown>[];
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'inbound, answered',
    posts: [post({ agent: '102', start: 0, end: 65, talk: 60 })],
    rows: [row({ segment: 1, to: '102', start: 0, ring: 5, talk: 60 })],
    frames: [
      leg(0, 'Ringing', { dn: '102', id: 8001 }),
      leg(0, 'Ringing', { dn: '102', id: 8001 }),
      leg(5, 'Connected', { dn: '102', id: 8001 }),
      gone(65, '102', 8001),
    ],
    records: [
      {
        name: 'Inbound call from +31 20 123 4567',
        direction: 'INBOUND',
        outcome: 'ANSWERED',
        startedAt: moment(0),
        answeredAt: moment(5),
        endedAt: moment(65),
        durationSeconds: 60,
        waitSeconds: 5,
        phoneNumber: CALLER,
        agentExtension: '102',
        agentName: 'Ben Demo',
        agentEmail: 'ben.demo@example.com',
        journey: steps(
          [0, 'rang', { number: '102', name: 'Ben Demo', seconds: 5, answered: true }],
          [5, 'answered', { number: '102', name: 'Ben Demo', seconds: 60 }],
          [65, 'ended'],
        ),
      },
    ],
  },
  {
    name: 'outbound, answered',
    posts: [post({ agent: '102', start: 0, end: 42, talk: 30, out: true })],
    rows: [
      row({
        segment: 1,
        to: '10007',
        from: '102',
        start: 0,
        ring: 12,
        talk: 30,
        type: 'External',
        direction: 'Outbound',
      }),
    ],
    frames: [
      leg(0, 'Ringing', { dn: '102', id: 8001 }),
      leg(0, 'Dialing', { dn: '102', id: 8001 }),
      leg(12, 'Connected', { dn: '102', id: 8001 }),
      gone(42, '102', 8001),
    ],
    records: [
      {
        name: 'Outbound call to +31 20 123 4567',
        direction: 'OUTBOUND',
        outcome: 'ANSWERED',
        startedAt: moment(0),
        answeredAt: moment(12),
        endedAt: moment(42),
        durationSeconds: 30,
        agentExtension: '102',
        journey: steps(
          [0, 'dialled', { number: '102', name: 'Ben Demo', seconds: 12, answered: true }],
          [12, 'answered', { number: '102', name: 'Ben Demo', seconds: 30 }],
          [42, 'ended'],
        ),
      },
    ],
  },
  {
    name: 'outbound, nobody there',
    posts: [post({ agent: '102', start: 0, end: 20, out: true })],
    rows: [row({ segment: 1, to: '10007', from: '102', start: 0, ring: 20, type: 'External', direction: 'Outbound' })],
    frames: [leg(0, 'Dialing', { dn: '102', id: 8001 }), gone(20, '102', 8001)],
    records: [
      { direction: 'OUTBOUND', outcome: 'NOT_ANSWERED', durationSeconds: 0, waitSeconds: 20, agentExtension: '102' },
    ],
  },
  {
    name: 'missed',
    posts: [post({ agent: '102', start: 0, end: 15 })],
    rows: [row({ segment: 1, to: '102', start: 0, ring: 15 })],
    frames: [leg(0, 'Ringing', { dn: '102', id: 8001 }), gone(15, '102', 8001)],
    records: [
      {
        name: 'Missed call from +31 20 123 4567',
        outcome: 'MISSED',
        endedAt: moment(15),
        durationSeconds: 0,
        waitSeconds: 15,
        agentExtension: '102',
        journey: steps([0, 'rang', { number: '102', name: 'Ben Demo', seconds: 15, answered: false }], [15, 'ended']),
      },
    ],
  },
  {
    name: 'queue that rings three agents in two rounds, answered by one',
    posts: [
      post({ agent: '101', start: 22, end: 29, queue: '800' }),
      post({ agent: '103', start: 22, end: 29, queue: '800' }),
      post({ agent: '102', start: 22, end: 89, talk: 60, queue: '800' }),
    ],
    rows: [
      row({ segment: 1, to: '800', name: 'Support', start: 0, ring: 29, type: 'Queue' }),
      ...['101', '102', '103'].map((to, index) =>
        row({ segment: 2 + index, to, start: 2, ring: 20, reason: 'Polling' }),
      ),
      row({ segment: 5, to: '101', start: 22, ring: 7, reason: 'Polling' }),
      row({ segment: 6, to: '102', start: 22, ring: 7, talk: 60 }),
      row({ segment: 7, to: '103', start: 22, ring: 7, reason: 'Polling' }),
    ],
    frames: [
      ...['101', '102', '103'].map((dn, index) => leg(2, 'Ringing', { dn, id: 8001 + index, queue: '800' })),
      ...['101', '102', '103'].map((dn, index) => gone(22, dn, 8001 + index)),
      ...['101', '102', '103'].map((dn, index) => leg(22, 'Ringing', { dn, id: 8011 + index, queue: '800' })),
      leg(29, 'Connected', { dn: '102', id: 8012, queue: '800' }),
      gone(29, '101', 8011),
      gone(29, '103', 8013),
      gone(89, '102', 8012),
    ],
    records: [
      {
        outcome: 'ANSWERED',
        startedAt: moment(0),
        answeredAt: moment(29),
        endedAt: moment(89),
        durationSeconds: 60,
        waitSeconds: 29,
        queue: '800',
        agentExtension: '102',
        agentName: 'Ben Demo',
        agentEmail: 'ben.demo@example.com',
        journey: steps(
          [0, 'queue', { number: '800', name: 'Support', seconds: 29 }],
          [2, 'rang', { number: '101', name: 'Ada Demo', seconds: 20, via: '800', answered: false }],
          [2, 'rang', { number: '102', name: 'Ben Demo', seconds: 20, via: '800', answered: false }],
          [2, 'rang', { number: '103', name: 'Carla Demo', seconds: 20, via: '800', answered: false }],
          [22, 'rang', { number: '101', name: 'Ada Demo', seconds: 7, via: '800', answered: false }],
          [22, 'rang', { number: '102', name: 'Ben Demo', seconds: 7, via: '800', answered: true }],
          [22, 'rang', { number: '103', name: 'Carla Demo', seconds: 7, via: '800', answered: false }],
          [29, 'answered', { number: '102', name: 'Ben Demo', seconds: 60 }],
          [89, 'ended'],
        ),
      },
    ],
  },
  {
    name: 'queue that nobody answers',
    posts: ['101', '102', '103'].map((agent) => post({ agent, start: 2, end: 22, queue: '800' })),
    rows: [
      row({ segment: 1, to: '800', name: 'Support', start: 0, ring: 22, type: 'Queue' }),
      ...['101', '102', '103'].map((to, index) =>
        row({ segment: 2 + index, to, start: 2, ring: 20, reason: 'Polling' }),
      ),
    ],
    frames: [
      ...['101', '102', '103'].map((dn, index) => leg(2, 'Ringing', { dn, id: 8001 + index, queue: '800' })),
      ...['101', '102', '103'].map((dn, index) => gone(22, dn, 8001 + index)),
    ],
    records: [{ outcome: 'MISSED', queue: '800', agentExtension: undefined, agentEmail: undefined, waitSeconds: 22 }],
  },
  {
    name: 'transfer',
    posts: [post({ agent: '102', start: 0, end: 37, talk: 32 }), post({ agent: '103', start: 35, end: 97, talk: 60 })],
    rows: [
      row({ segment: 1, to: '102', start: 0, ring: 5, talk: 32 }),
      row({ segment: 2, to: '103', start: 37, ring: 0, talk: 60 }),
    ],
    frames: [
      leg(0, 'Ringing', { dn: '102', id: 8001 }),
      leg(5, 'Connected', { dn: '102', id: 8001 }),
      leg(35, 'Ringing', { dn: '103', id: 8002 }),
      leg(37, 'Connected', { dn: '103', id: 8002 }),
      gone(37, '102', 8001),
      gone(97, '103', 8002),
    ],
    records: [
      {
        outcome: 'ANSWERED',
        durationSeconds: 92,
        agentExtension: '103',
        agentName: 'Carla Demo',
        agentEmail: 'carla.demo@example.com',
        journey: steps(
          [0, 'rang', { number: '102', name: 'Ben Demo', seconds: 5, answered: true }],
          [5, 'answered', { number: '102', name: 'Ben Demo', seconds: 32 }],
          [37, 'transferred', { number: '103', name: 'Carla Demo' }],
          [37, 'rang', { number: '103', name: 'Carla Demo', seconds: 0, answered: true }],
          [37, 'answered', { number: '103', name: 'Carla Demo', seconds: 60 }],
          [97, 'ended'],
        ),
      },
    ],
  },
  {
    name: 'ring group, whose members the call log hides',
    posts: [
      post({ agent: '101', start: 0, end: 8 }),
      post({ agent: '102', start: 0, end: 38, talk: 30 }),
      post({ agent: '103', start: 0, end: 8 }),
    ],
    rows: [
      row({ segment: 1, to: '810', name: 'Front desk', start: 0, ring: 8, type: 'System' }),
      row({ segment: 2, to: '102', start: 0, ring: 8, talk: 30 }),
    ],
    frames: [
      ...['101', '102', '103'].map((dn, index) => leg(0, 'Ringing', { dn, id: 8001 + index, group: '810' })),
      leg(8, 'Connected', { dn: '102', id: 8002, group: '810' }),
      gone(8, '101', 8001),
      gone(8, '103', 8003),
      gone(38, '102', 8002),
    ],
    records: [
      {
        outcome: 'ANSWERED',
        agentExtension: '102',
        durationSeconds: 30,
        journey: steps(
          [0, 'group', { number: '810', name: 'Front desk', seconds: 8 }],
          [0, 'rang', { number: '101', name: 'Ada Demo', seconds: 8, via: '810', answered: false }],
          [0, 'rang', { number: '102', name: 'Ben Demo', seconds: 8, via: '810', answered: true }],
          [0, 'rang', { number: '103', name: 'Carla Demo', seconds: 8, via: '810', answered: false }],
          [8, 'answered', { number: '102', name: 'Ben Demo', seconds: 30 }],
          [38, 'ended'],
        ),
      },
    ],
  },
  {
    name: 'voicemail',
    posts: [post({ agent: '102', start: 0, end: 20 })],
    rows: [
      row({ segment: 1, to: '102', start: 0, ring: 20, reason: 'NoAnswer' }),
      row({
        segment: 2,
        to: '666',
        name: 'Voicemail',
        start: 20,
        ring: 0,
        talk: 25,
        type: 'System',
        reason: 'NoAnswer',
      }),
    ],
    frames: [leg(0, 'Ringing', { dn: '102', id: 8001 }), gone(20, '102', 8001)],
    records: [
      {
        outcome: 'MISSED',
        durationSeconds: 0,
        endedAt: moment(45),
        agentExtension: '102',
        journey: steps(
          [0, 'rang', { number: '102', name: 'Ben Demo', seconds: 20, answered: false }],
          [20, 'voicemail', { number: '666', name: 'Voicemail', seconds: 25 }],
          [45, 'ended'],
        ),
      },
    ],
  },
  {
    name: 'callback: the queue calls its agent and then the caller',
    posts: [post({ agent: '102', start: 95, end: 160, talk: 60, out: true, queue: '800' })],
    rows: [
      row({ segment: 1, to: '800', name: 'Support', start: 0, ring: 30, type: 'Queue', reason: 'CallbackRequested' }),
      row({
        call: 1265,
        segment: 1,
        to: '102',
        from: '800',
        start: 90,
        ring: 5,
        talk: 70,
        direction: 'Outbound',
        reason: 'Callback',
      }),
      row({
        call: 1265,
        segment: 2,
        to: '10007',
        from: '102',
        start: 95,
        ring: 5,
        talk: 60,
        type: 'External',
        direction: 'Outbound',
      }),
    ],
    frames: [
      leg(90, 'Ringing', { dn: '102', id: 8001, call: 1265, queue: '800', party: '800', number: '800' }),
      leg(95, 'Connected', { dn: '102', id: 8001, call: 1265, queue: '800', party: '800', number: '800' }),
      leg(100, 'Connected', { dn: '102', id: 8001, call: 1265 }),
      gone(160, '102', 8001),
    ],
    records: [
      { outcome: 'MISSED', direction: 'INBOUND', queue: '800', followedUpAt: moment(100), followUpSeconds: 70 },
      {
        outcome: 'ANSWERED',
        direction: 'OUTBOUND',
        durationSeconds: 60,
        agentExtension: '102',
        answeredAt: moment(100),
      },
    ],
  },
  {
    name: 'two overlapping calls of one agent',
    posts: [
      post({ agent: '102', start: 0, end: 95, talk: 90 }),
      post({ agent: '102', start: 30, end: 62, talk: 30, number: '00442079460123' }),
    ],
    rows: [
      row({ segment: 1, to: '102', start: 0, ring: 5, talk: 90 }),
      row({ call: 1265, segment: 1, to: '102', start: 30, ring: 2, talk: 30, number: OTHER }),
    ],
    frames: [
      leg(0, 'Ringing', { dn: '102', id: 8001 }),
      leg(5, 'Connected', { dn: '102', id: 8001 }),
      leg(30, 'Ringing', { dn: '102', id: 8002, call: 1265, number: OTHER }),
      leg(32, 'Connected', { dn: '102', id: 8002, call: 1265, number: OTHER }),
      gone(62, '102', 8002),
      gone(95, '102', 8001),
    ],
    records: [
      { outcome: 'ANSWERED', phoneNumber: CALLER, durationSeconds: 90, agentExtension: '102' },
      { outcome: 'ANSWERED', phoneNumber: OTHER, durationSeconds: 30, agentExtension: '102' },
    ],
  },
  {
    name: 'missed, then the caller gets through',
    posts: [post({ agent: '102', start: 0, end: 15 }), post({ agent: '103', start: 600, end: 665, talk: 60 })],
    rows: [
      row({ segment: 1, to: '102', start: 0, ring: 15 }),
      row({ call: 1266, segment: 1, to: '103', start: 600, ring: 5, talk: 60 }),
    ],
    frames: [
      leg(0, 'Ringing', { dn: '102', id: 8001 }),
      gone(15, '102', 8001),
      leg(600, 'Ringing', { dn: '103', id: 8002, call: 1266 }),
      leg(605, 'Connected', { dn: '103', id: 8002, call: 1266 }),
      gone(665, '103', 8002),
    ],
    records: [
      { outcome: 'MISSED', followedUpAt: moment(605), followUpSeconds: 590 },
      { outcome: 'ANSWERED', agentExtension: '103' },
    ],
  },
];
