import type { CrmRecord, Transcript, TranscriptLine } from '@switchboard/core/contract';

/** What the record of a call shows of all its recordings. */
export function transcriptAsMarkdown(transcripts: readonly Transcript[]): string {
  return transcripts.map(({ lines }) => lines.map(paragraph).join('\n\n')).join('\n\n---\n\n');
}

const names: Readonly<Record<TranscriptLine['speaker'], string>> = { agent: 'Agent', caller: 'Caller', unknown: '' };

function paragraph({ speaker, fromMs, state, text }: TranscriptLine): string {
  const head = [fromMs === undefined ? '' : clock(fromMs), names[speaker]].filter((part) => part !== '').join(' ');
  return `${head === '' ? '' : `**${head}** `}${state === 'clear' ? plain(text) : '_[unclear]_'}`;
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What was said must not become links, headings or HTML on a record's page. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

/** What stands on the record of a call now. */
export function markdownOf(call: CrmRecord | undefined): string {
  const { transcript } = (call ?? {}) as { transcript?: unknown };
  const { markdown } = (transcript ?? {}) as { markdown?: unknown };
  return typeof markdown === 'string' ? markdown.trim() : '';
}
