import type { Contact } from '../engine/reply.ts';
import type { Variables } from '../engine/values.ts';
import { type Extension, extension } from './extensions.ts';
import { type CallScript, type ChatScript, sampleText, type Said } from './script.ts';

/** What 3CX knows about a call at one of its agents: the variables of `ReportCall`. */
export type CallReport = Variables & { readonly Agent: string; readonly CallType: string };

export type CallFacts = {
  readonly script: CallScript;
  /** The other side's number as the template wants it. */
  readonly number: string;
  readonly startedAt: Date;
  /** Whom 3CX showed while it rang. */
  readonly shown: Contact | undefined;
};

/** The posts of a call in the order in which 3CX makes them: one per agent that rang, then the one with the text. */
export function reportsOf(facts: CallFacts): CallReport[] {
  const { script } = facts;
  const target = script.direction === 'inbound' ? script.to : script.from;
  const others = script.agents.filter((number) => number !== target);
  const reports = [...others.map((number) => reportAt(number, false, facts)), reportAt(target, script.answered, facts)];
  const words = wordsOf(script);
  return words === undefined ? reports : [...reports, { ...reportAt(target, script.answered, facts), ...words }];
}

function reportAt(
  number: string,
  answered: boolean,
  { script, number: party, startedAt, shown }: CallFacts,
): CallReport {
  const { direction, queue, ringSeconds, seconds } = script;
  const talked = answered ? seconds : 0;
  const establishedAt = new Date(startedAt.getTime() + ringSeconds * 1000);
  return {
    ...noWords,
    ...agentVariables(extension(number)),
    CallType: callType(direction, answered),
    CallDirection: direction === 'inbound' ? 'Inbound' : 'Outbound',
    Number: party,
    Name: shown === undefined ? '' : `${shown['FirstName'] ?? ''} ${shown['LastName'] ?? ''}`.trim(),
    EntityId: shown?.['EntityId'] ?? '',
    EntityType: shown?.['EntityType'] ?? '',
    QueueExtension: queue,
    DurationTimespan: { totalSeconds: talked },
    Duration: { totalSeconds: talked },
    CallStartTimeUTC: startedAt,
    CallEstablishedTimeUTC: answered ? establishedAt : null,
    CallEndTimeUTC: new Date(establishedAt.getTime() + talked * 1000),
    DateTime: startedAt,
  };
}

export function chatReport(script: ChatScript, endedAt: Date): Variables {
  return {
    ...agentVariables(extension(script.to)),
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

function wordsOf({ text, answered }: CallScript): Variables | undefined {
  if (text === false || !answered) return undefined;
  const said: Said = text === true ? sampleText : text;
  return {
    Transcription: said.transcription,
    Summary: said.summary,
    Sentiment: said.sentiment,
    RecordingUrl: said.recordingUrl,
  };
}
