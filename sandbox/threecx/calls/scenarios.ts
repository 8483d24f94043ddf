import type { Directory } from '../directory/directory.ts';
import { VOICEMAIL } from '../directory/seed.ts';
import type { Clock } from './clock.ts';
import { arrive, dial, lift } from './dial.ts';
import { ring, type RingOptions, type Rung } from './ring.ts';
import type { Play, scenarioNames } from './script.ts';
import { talk, type TalkOptions } from './talk.ts';
import type { Direction, Leg, LiveCall } from './types.ts';

/** Where scenarios are played: each call that one conducts is rung, ended, logged and reported by itself. */
export type Stage = {
  readonly clock: Clock;
  readonly directory: Directory;
  /** @param script returns when the call is over; `caller` is the side that began it */
  readonly conduct: (
    facts: { readonly direction: Direction; readonly number: string },
    begin: (call: LiveCall) => Leg,
    script: (call: LiveCall, caller: Leg) => Promise<void>,
  ) => Promise<void>;
};

type Scenario = (stage: Stage, play: Play) => Promise<void>;

const CUSTOMER = '+31201234567';
/** Several people of the demo's customers have it. */
const SHARED = '+493023125020';
/** Longer than anybody in a script waits. */
const PATIENCE = 120;

export const scenarios: Record<(typeof scenarioNames)[number], Scenario> = {
  inbound: async (stage, play) => await inbound(stage, play),
  shared: async (stage, play) => await inbound(stage, { ...play, number: play.number ?? SHARED }),
  withheld: async (stage, play) => await inbound(stage, { ...play, number: '' }),
  transfer: async (stage, play) =>
    await inbound(stage, play, { transfer: { to: play.transferTo, after: play.talkSeconds / 2 } }),
  missed: async (stage, play) =>
    await fromOutside(stage, play, async (call, caller) => void (await ringAgent(stage, call, caller, play, false))),
  outbound: async (stage, play) => await calling(stage, play, 'Outbound', play.ringSeconds),
  unanswered: async (stage, play) => await calling(stage, play, 'Outbound', null),
  internal: async (stage, play) =>
    await calling(stage, { ...play, number: play.number ?? play.transferTo }, 'Internal', play.ringSeconds),
  queue: async (stage, play) =>
    await fromOutside(stage, play, async (call, caller) => await queue(stage, call, caller, play)),
  'queue-abandoned': async (stage, play) =>
    await fromOutside(stage, play, async (call, caller) => void (await poll(stage, call, caller, play, ''))),
  'ring-group': async (stage, play) =>
    await fromOutside(stage, play, async (call, caller) => await ringGroup(stage, call, caller, play)),
  voicemail: async (stage, play) =>
    await fromOutside(stage, play, async (call, caller) => await voicemail(stage, call, caller, play)),
  callback,
  overlap,
};

async function fromOutside(
  { conduct }: Stage,
  { number = CUSTOMER }: Play,
  script: (call: LiveCall, caller: Leg) => Promise<void>,
): Promise<void> {
  await conduct({ direction: 'Inbound', number }, arrive, script);
}

async function inbound(stage: Stage, play: Play, more: Partial<TalkOptions> = {}): Promise<void> {
  await fromOutside(stage, play, async (call, caller) => {
    const rung = await ringAgent(stage, call, caller, play, true);
    await talkIfAnswered(stage, call, caller, rung, { seconds: play.talkSeconds, ...more });
  });
}

async function ringAgent({ clock }: Stage, call: LiveCall, caller: Leg, play: Play, picksUp: boolean): Promise<Rung> {
  const { agent, ringSeconds } = play;
  return await ring(clock, call, caller, {
    targets: [agent],
    seconds: picksUp ? PATIENCE : ringSeconds,
    pickUp: picksUp ? { dn: agent, after: ringSeconds } : undefined,
  });
}

async function calling(stage: Stage, play: Play, direction: Direction, pickUpAfter: number | null): Promise<void> {
  const { clock, conduct } = stage;
  const { agent, number = CUSTOMER, ringSeconds, talkSeconds } = play;
  await conduct(
    { direction, number },
    (call) => lift(call, agent, 'Dialing'),
    async (call, caller) => {
      const rung = await dial(clock, call, caller, { seconds: ringSeconds + 1, pickUpAfter });
      await talkIfAnswered(stage, call, caller, rung, { seconds: talkSeconds });
    },
  );
}

async function talkIfAnswered({ clock }: Stage, call: LiveCall, caller: Leg, rung: Rung, options: TalkOptions) {
  if (rung.answered !== undefined) await talk(clock, call, [caller, rung.answered], options);
}

async function queue(stage: Stage, call: LiveCall, caller: Leg, play: Play): Promise<void> {
  const rung = await poll(stage, call, caller, play, play.agent);
  await talkIfAnswered(stage, call, caller, rung, { seconds: play.talkSeconds });
}

/** The caller waits in the queue while its agents are rung, round after round; only in the last one somebody answers. */
async function poll(
  { clock, directory }: Stage,
  call: LiveCall,
  caller: Leg,
  play: Play,
  answering: string,
): Promise<Rung> {
  const { queue: dn, rounds, ringSeconds, agents } = play;
  const waiting = call.addLeg({ dn, kind: 'queue', status: 'Connected', party: call.outside() });
  const members = agents ?? directory.queues.find((one) => one.Number === dn)?.agents ?? [];
  const targets = members.filter((member) => directory.users.byNumber(member)?.QueueStatus !== 'LoggedOut');
  if (answering !== '' && !targets.includes(answering)) targets.push(answering);
  let rung: Rung = { why: 'timeout' };
  for (let round = 1; round <= rounds && rung.answered === undefined && rung.why === 'timeout'; round += 1) {
    const last = round === rounds && answering !== '';
    const options: RingOptions = { targets, seconds: last ? PATIENCE : ringSeconds, via: dn, reason: 'Polling' };
    const pickUp = last ? { dn: answering, after: ringSeconds } : undefined;
    rung = await ring(clock, call, caller, { ...options, pickUp });
  }
  call.endLeg(waiting);
  return rung;
}

async function ringGroup(stage: Stage, call: LiveCall, caller: Leg, play: Play): Promise<void> {
  const { ringGroup: dn, agents, agent, ringSeconds, talkSeconds } = play;
  const group = call.addLeg({ dn, kind: 'ringGroup', status: 'Ringing', party: call.outside() });
  const members = agents ?? stage.directory.ringGroups.find((one) => one.Number === dn)?.members ?? [];
  const targets = [...new Set([...members, agent])];
  const pickUp = { dn: agent, after: ringSeconds };
  const rung = await ring(stage.clock, call, caller, { targets, seconds: PATIENCE, pickUp, via: dn });
  call.endLeg(group);
  await talkIfAnswered(stage, call, caller, rung, { seconds: talkSeconds });
}

async function voicemail(stage: Stage, call: LiveCall, caller: Leg, play: Play): Promise<void> {
  const rung = await ringAgent(stage, call, caller, play, false);
  if (rung.answered !== undefined)
    return await talkIfAnswered(stage, call, caller, rung, { seconds: play.talkSeconds });
  if (rung.why === 'abandoned') return;
  const party = call.outside();
  const box = call.addLeg({ dn: VOICEMAIL, kind: 'voicemail', status: 'Connected', party, reason: 'NoAnswer' });
  call.connect(caller, box);
  await talk(stage.clock, call, [caller, box], { seconds: play.talkSeconds });
}

/** The caller leaves the queue with the wish to be called; the queue calls an agent first, then the caller. */
async function callback(stage: Stage, play: Play): Promise<void> {
  const { clock, conduct } = stage;
  const { number = CUSTOMER, queue: dn, agent, ringSeconds, talkSeconds } = play;
  await fromOutside(stage, play, async (call) => {
    const waiting = call.addLeg({ dn, kind: 'queue', status: 'Connected', party: call.outside() });
    await call.next(clock.lasts(ringSeconds));
    call.endLeg(waiting, { reason: 'CallbackRequested' });
  });
  if (!(await clock.sleep(ringSeconds))) return;
  const fromQueue = (call: LiveCall) =>
    call.addLeg({ dn, kind: 'queue', status: 'Dialing', party: call.outside(), isDestination: false });
  await conduct({ direction: 'Outbound', number }, fromQueue, async (call, caller) => {
    const options = { targets: [agent], seconds: PATIENCE, via: dn, reason: 'Callback' };
    const rung = await ring(clock, call, caller, { ...options, pickUp: { dn: agent, after: ringSeconds } });
    if (rung.answered === undefined) return;
    call.endLeg(caller);
    const there = await dial(clock, call, rung.answered, { seconds: PATIENCE, pickUpAfter: ringSeconds });
    await talkIfAnswered(stage, call, rung.answered, there, { seconds: talkSeconds });
  });
}

/** A second caller reaches the agent while the first one is still there, and leaves before. */
async function overlap(stage: Stage, play: Play): Promise<void> {
  const second = async () => {
    if (!(await stage.clock.sleep(play.ringSeconds + play.talkSeconds / 3))) return;
    await inbound(stage, {
      ...play,
      number: SHARED,
      ringSeconds: play.ringSeconds / 2,
      talkSeconds: play.talkSeconds / 3,
    });
  };
  await Promise.all([inbound(stage, play), second()]);
}
