export const operations = {
  title: 'Status',
  intro: 'Is all well? Read from top to bottom.',
  verdicts: {
    ok: 'All is well',
    warning: 'Something needs a look',
    failed: 'Something is out of order',
  },
  crm: 'Twenty',
  crmStates: {
    running: 'Connected',
    resting: 'Resting after a failure',
    ended: 'No worker looks after this workspace',
    none: 'Not connected',
  },
  crmNone: 'This workspace is not connected to Twenty yet.',
  crmEnded: 'Nothing is written to Twenty until a worker runs: npm run worker.',
  breaker: 'Twenty does not answer; the hub tries again by itself.',
  outboxNone: 'Everything the hub knows stands in Twenty.',
  outboxSome: (count: number) =>
    count === 1 ? '1 change waits to be written.' : `${count} changes wait to be written.`,
  outboxOld: (age: string) => `The oldest has waited for ${age}.`,
  parked: (count: number) =>
    count === 0
      ? 'Twenty refused nothing.'
      : count === 1
        ? 'Twenty refused 1 change.'
        : `Twenty refused ${count} changes.`,
  budget: 'Calls to Twenty',
  budgetUnit: 'calls a minute',
  budgetHint: (used: number, limit: number) => `${used} of ${limit} allowed calls in the last minute`,
  budgetFree: (used: number) => `${used} calls in the last minute, without a limit`,
  budgetNone: 'No call was needed in the last half hour.',
  budgetSource: {
    configured: 'The limit is the one that was configured.',
    told: 'Twenty told the limit.',
    guessed: 'The limit was learnt from what Twenty refused.',
  },
  credentials: { apiKey: 'API key', application: 'Switchboard app' } as Readonly<Record<string, string>>,
  mirror: 'Copy of your records',
  mirrorHint: 'Lookups and pages read this copy, so that they never wait for Twenty.',
  mirrorColumns: {
    object: 'Object',
    state: 'State',
    fresh: 'Complete up to',
    heard: 'Last told by Twenty',
    records: 'Records',
  },
  mirrorFresh: 'Fresh',
  mirrorBehind: 'Behind',
  mirrorCopying: (percent: number) => `Copying, ${percent} %`,
  mirrorNone: 'Nothing is copied yet.',
  mirrorSummary: (fresh: number, all: number) => `${fresh} of ${all} objects are fresh.`,
  copyLeft: (minutes: number) => (minutes <= 1 ? 'About a minute left.' : `About ${minutes} minutes left.`),
  work: 'Work in the queue',
  workNone: 'Nothing waits',
  workSome: (count: number) => (count === 1 ? '1 job waits' : `${count} jobs wait`),
  workOldest: (age: string) => `The oldest is due for ${age}.`,
  workRunning: (count: number) => (count === 1 ? '1 runs now.' : `${count} run now.`),
  dead: (count: number) =>
    count === 0
      ? 'Nothing gave up.'
      : count === 1
        ? '1 job gave up and waits for you.'
        : `${count} jobs gave up and wait for you.`,
  links: 'Plugins',
  linksNone: 'No plugin is enabled yet.',
  linkStates: { open: 'connected live', closed: 'no live connection', none: 'ready' },
  pluginsOf: (enabled: number, all: number) => (all === 0 ? 'None' : `${enabled} of ${all} enabled`),
  traffic: 'Deliveries, last 24 hours',
  trafficNone: 'Nothing came in or went out in the last 24 hours.',
  trafficLabel: (all: number, failed: number) =>
    `${all} deliveries in the last 24 hours, ${failed} of them failed or were rejected`,
  jobs: {
    title: 'Jobs',
    intro: 'What is under way, oldest first: what runs, waits, is tried again or is set for later.',
    list: 'Under way',
    gaveUp: 'What gave up',
    hub: 'Switchboard itself',
    lanes: {
      live: { name: 'Somebody waits for it', hint: 'Ringing calls and the like go before everything else.' },
      normal: { name: 'Everyday work', hint: 'Calls, mails and records as they come.' },
      bulk: { name: 'In the background', hint: 'Imports and copies, without holding up the rest.' },
    },
    count: (count: number) => (count === 0 ? 'Nothing to do' : count === 1 ? '1 job' : `${count} jobs`),
    states: { running: 'runs', waiting: 'waits', retrying: 'tried again', scheduled: 'set for later' },
    paused: 'plugin paused',
    when: { running: 'runs since', waiting: 'due since', retrying: 'next try', scheduled: 'starts' },
    attempts: (made: number, most: number) => `${made} of ${most}`,
    columns: { state: 'State', job: 'Job', when: 'When', attempts: 'Tries', error: 'Last error' },
    none: 'Nothing is under way',
    noneHint:
      'Work stands here from the moment it is stored until it is done, mostly for less than a second. What fails is tried again for about a day; what gives up then is listed under “Needs a hand”.',
    noMatchHint: 'No job is like that now. Take a filter away to see the others.',
  },
};
