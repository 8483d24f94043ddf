import type { Transcript, TranscriptLine } from '@switchboard/core/contract';

/** A transcript as programs and people take it elsewhere. */

const names: Readonly<Record<TranscriptLine['speaker'], string>> = { agent: 'Agent', caller: 'Caller', unknown: '' };

const wordsOf = ({ state, text }: TranscriptLine): string => (state === 'clear' ? text : '[unclear]');

export function asText({ lines }: Transcript): string {
  return lines.map((line) => `${headOf(line)}${wordsOf(line)}\n`).join('');
}

function headOf({ fromMs, speaker }: TranscriptLine): string {
  const head = [fromMs === undefined ? '' : clock(fromMs).slice(0, 8), names[speaker]].filter((part) => part !== '');
  return head.length === 0 ? '' : `${head.join(' ')}: `;
}

/** WebVTT: captions for players, with the speakers as voices. */
export function asVtt({ lines }: Transcript): string {
  const cues = lines.flatMap((line) => {
    const { fromMs, toMs, speaker, number } = line;
    if (fromMs === undefined || toMs === undefined) return [];
    const voice = names[speaker] === '' ? '' : `<v ${names[speaker]}>`;
    return [`${number + 1}\n${clock(fromMs)} --> ${clock(toMs)}\n${voice}${escaped(wordsOf(line))}\n`];
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}

/** Neither tags nor the arrow of a time may come from what was said. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `hh:mm:ss.mmm` */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}.${String(ms % 1000).padStart(3, '0')}`;
}

export function asJson({
  callId,
  recordingId,
  engine,
  model,
  language,
  seconds,
  startedAt,
  lines,
}: Transcript): string {
  const shown = lines.map(({ number, speaker, fromMs, toMs, state, text, confidence, correction }) => ({
    number,
    speaker,
    fromMs,
    toMs,
    state,
    text,
    confidence,
    ...(correction === undefined ? {} : { original: correction.original, correctedAt: correction.at }),
  }));
  return `${JSON.stringify({ callId, recordingId, startedAt, seconds, language, engine, model, lines: shown }, undefined, 2)}\n`;
}
