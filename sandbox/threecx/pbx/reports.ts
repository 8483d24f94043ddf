import type { Contact } from '../engine/reply.ts';
import type { Variables } from '../engine/values.ts';
import type { Extension } from './extensions.ts';
import { type CallScript, type ChatScript, type Said, saidIn } from './script.ts';

/** What 3CX knows about a call at one of its agents: the variables of `ReportCall`. */
export type CallReport = Variables & { readonly Agent: string; readonly CallType: string };

export type AgentOf = (number: string) => Extension;

export type CallFacts = {
  readonly script: CallScript;
  /** The other side's number as the template wants it. */
  readonly number: string;
  readonly startedAt: Date;
  /** Whom 3CX showed while it rang. */
  readonly shown: Contact | undefined;
  readonly agentOf: AgentOf;
};

/** The posts of a call in the order in which 3CX makes them: one per agent that rang, then the one with the text. */
export function reportsOf({ script, number, startedAt, shown, agentOf }: CallFacts): CallReport[] {
  const target = script.direction === 'inbound' ? script.to : script.from;
  const others = script.agents.filter((one) => one !== target);
  const at = (agent: string, answered: boolean, words: Variables = {}) => {
    const establishedAt = new Date(startedAt.getTime() + script.ringSeconds * 1000);
    const endedAt = new Date(establishedAt.getTime() + (answered ? script.seconds * 1000 : 0));
    const { direction, queue } = script;
    const times = { startedAt, establishedAt: answered ? establishedAt : null, endedAt };
    return callReport({ agent: agentOf(agent), direction, number, queue, shown, words, ...times });
  };
  const reports = [...others.map((one) => at(one, false)), at(target, script.answered)];
  const said = saidIn(script);
  return said === undefined ? reports : [...reports, at(target, script.answered, wordsOf(said))];
}

export type ReportFacts = {
  readonly agent: Extension;
  readonly direction: CallScript['direction'];
  readonly number: string;
  readonly queue: string;
  readonly startedAt: Date;
  /** Null when this agent did not take the call. */
  readonly establishedAt: Date | null;
  readonly endedAt: Date;
  readonly shown: Contact | undefined;
  readonly words: Variables;
};

/** The variables of one post. */
export function callReport({ agent, direction, shown, words, ...facts }: ReportFacts): CallReport {
  const { number, queue, startedAt, establishedAt, endedAt } = facts;
  const talked = establishedAt === null ? 0 : (endedAt.getTime() - establishedAt.getTime()) / 1000;
  return {
    ...noWords,
    ...agentVariables(agent),
    CallType: callType(direction, establishedAt !== null),
    CallDirection: direction === 'inbound' ? 'Inbound' : 'Outbound',
    Number: number,
    Name: shown === undefined ? '' : `${shown['FirstName'] ?? ''} ${shown['LastName'] ?? ''}`.trim(),
    EntityId: shown?.['EntityId'] ?? '',
    EntityType: shown?.['EntityType'] ?? '',
    QueueExtension: queue,
    DurationTimespan: { totalSeconds: talked },
    Duration: { totalSeconds: talked },
    CallStartTimeUTC: startedAt,
    CallEstablishedTimeUTC: establishedAt,
    CallEndTimeUTC: endedAt,
    DateTime: startedAt,
    ...words,
  };
}

export function chatReport(script: ChatScript, endedAt: Date, agentOf: AgentOf): Variables {
  return {
    ...agentVariables(agentOf(script.to)),
    Number: script.number,
    Email: script.email,
    Name: script.name,
    QueueExtension: script.queue,
    ChatStartTimeUTC: new Date(endedAt.getTime() - script.minutes * 60_000),
    ChatEndTimeUTC: endedAt,
    ChatMessages: script.messages,
    EntityId: '',
    EntityType: '',
  };
}

function callType(direction: CallScript['direction'], answered: boolean): string {
  if (direction === 'inbound') return answered ? 'Inbound' : 'Missed';
  return answered ? 'Outbound' : 'Notanswered';
}

function agentVariables({ number, firstName, lastName, email }: Extension) {
  return { Agent: number, AgentFirstName: firstName, AgentLastName: lastName, AgentEmail: email };
}

const noWords: Variables = { Transcription: '', Summary: '', Sentiment: '', RecordingUrl: '' };

/** The same text in the words of `ReportCall`. */
export function wordsOf({ transcription, summary, sentiment, recordingUrl }: Said): Variables {
  return { Transcription: transcription, Summary: summary, Sentiment: sentiment, RecordingUrl: recordingUrl };
}
