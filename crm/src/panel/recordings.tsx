import { useEffect, useState } from 'react';

import { askDoor, type DoorOutcome } from './ask-door.ts';
import { type AudioState, loadAudio } from './load-audio.ts';
import { Faint } from './parts.tsx';
import { useSetting } from './setting.ts';

type Recording = {
  readonly id: number;
  readonly startedAt: string;
  readonly seconds: number;
  readonly extension: string;
  readonly audio: 'held' | 'linked' | 'gone';
};

type Place = { readonly plugin: string; readonly callId: string };

/** Below the button's neighbours, where they stand in a row. */
const OWN_LINE = { flexBasis: '100%' } as const;

/** A button that finds the recordings of a call and plays them. Nothing is asked before it is pressed: each playback is a line in a log. */
export function Listen({ plugin, callId }: Place) {
  const { texts, look } = useSetting();
  const [isOpen, setOpen] = useState(false);
  const [outcome, setOutcome] = useState<DoorOutcome<{ readonly recordings: readonly Recording[] }>>();
  useEffect(() => {
    if (!isOpen) return undefined;
    const gone = new AbortController();
    void askDoor<{ recordings: readonly Recording[] }>(
      plugin,
      `/recordings?callId=${callId}`,
      undefined,
      gone.signal,
    ).then((found) => {
      if (!gone.signal.aborted) setOutcome(found);
    });
    return () => gone.abort();
  }, [isOpen, plugin, callId]);
  if (!isOpen) {
    return (
      <button type="button" style={look.button} onClick={() => setOpen(true)}>
        {texts.recordings.listen}
      </button>
    );
  }
  if (outcome === undefined) return <Status>{texts.recordings.looking}</Status>;
  if (outcome.kind === 'problem') {
    const isForbidden = outcome.problem === 'forbidden';
    return <Status>{isForbidden ? texts.recordings.forbidden : texts.problems[outcome.problem].title}</Status>;
  }
  const { recordings } = outcome.answer;
  if (recordings.length === 0) return <Status>{texts.recordings.none}</Status>;
  return (
    <ul style={{ ...look.list, ...OWN_LINE }}>
      {recordings.map((each) => (
        <li key={each.id}>
          <Player place={{ plugin, callId }} recording={each} isOnly={recordings.length === 1} />
        </li>
      ))}
    </ul>
  );
}

type PlayerProps = { readonly place: Place; readonly recording: Recording; readonly isOnly: boolean };

function Player({ place: { plugin, callId }, recording, isOnly }: PlayerProps) {
  const { texts, moments } = useSetting();
  const { id, startedAt, seconds, extension } = recording;
  const [state, setState] = useState<AudioState>({ kind: 'loading' });
  useEffect(() => {
    const gone = new AbortController();
    void loadAudio({ plugin, callId, id }, gone.signal, setState);
    return () => gone.abort();
  }, [plugin, callId, id]);
  const label = texts.recordings.of(moments.moment(startedAt), extension, moments.duration(seconds));
  if (state.kind === 'problem') return <Status>{texts.problems[state.problem].title}</Status>;
  if (state.kind !== 'ready') return <Status>{texts.recordings.states[state.kind]}</Status>;
  return (
    <div>
      <Faint>{label}</Faint>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what was said stands in the transcript, if anywhere */}
      <audio controls autoPlay={isOnly} src={state.source} aria-label={label} style={{ width: '100%' }} />
    </div>
  );
}

function Status({ children }: { readonly children: string }) {
  return (
    <div role="status" style={OWN_LINE}>
      <Faint>{children}</Faint>
    </div>
  );
}
