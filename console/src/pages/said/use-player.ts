import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { audioAddress, untilAudioIsHere } from '../../api/transcripts.ts';
import { useTenant } from '../../api/session.ts';

export type PlayerState = 'still' | 'fetching' | 'playing' | 'failed';

export interface Player {
  readonly state: PlayerState;
  /** Where it is, in seconds. */
  readonly at: number;
  readonly error: unknown;
  readonly toggle: () => void;
  readonly seek: (seconds: number) => void;
  readonly playFrom: (seconds: number) => void;
  readonly rate: number;
  readonly setRate: (rate: number) => void;
}

interface Wanted {
  readonly callId: string;
  readonly recordingId: string;
  readonly seconds: number;
}

/** Plays a recording. Nothing is asked for before somebody wants to hear it: each listening is an entry of a log. */
export function usePlayer({ callId, recordingId, seconds }: Wanted): Player {
  const source = audioAddress(useTenant(), callId, recordingId);
  const [state, setState] = useState<PlayerState>('still');
  const [at, setAt] = useState(0);
  const [error, setError] = useState<unknown>();
  const [rate, chooseRate] = useState(1);
  const audio = useRef<HTMLAudioElement>(undefined);
  const gone = useRef<AbortController>(undefined);

  const silence = useCallback(() => {
    gone.current?.abort();
    audio.current?.pause();
    audio.current?.removeAttribute('src');
    audio.current = undefined;
  }, []);
  useEffect(() => silence, [source, silence]);

  const load = useCallback(async (): Promise<HTMLAudioElement> => {
    if (audio.current !== undefined) return audio.current;
    const stop = new AbortController();
    gone.current = stop;
    await untilAudioIsHere(source, stop.signal);
    stop.signal.throwIfAborted();
    const made = new Audio(source);
    made.addEventListener('timeupdate', () => setAt(made.currentTime));
    made.addEventListener('pause', () => setState('still'));
    made.addEventListener('playing', () => setState('playing'));
    made.addEventListener('error', () => setState((now) => (audio.current === made ? 'failed' : now)));
    audio.current = made;
    return made;
  }, [source]);

  const play = useCallback(
    async (from: number): Promise<void> => {
      setState('fetching');
      setError(undefined);
      try {
        const loaded = await load();
        loaded.currentTime = from;
        loaded.playbackRate = rate;
        await loaded.play();
      } catch (problem) {
        // Who presses twice, or leaves, has stopped it; nobody has to be told.
        if (problem instanceof DOMException && problem.name === 'AbortError') return setState('still');
        setError(problem);
        setState('failed');
      }
    },
    [load, rate],
  );

  return useMemo(() => {
    const seek = (to: number) => {
      const place = Math.max(0, Math.min(to, seconds));
      setAt(place);
      if (audio.current !== undefined) audio.current.currentTime = place;
    };
    return {
      state,
      at,
      error,
      rate,
      seek,
      toggle: () => {
        if (state === 'playing') audio.current?.pause();
        else if (state === 'fetching') silence();
        else void play(at >= seconds ? 0 : at);
      },
      playFrom: (from) => {
        seek(from);
        if (state !== 'playing') void play(from);
      },
      setRate: (next) => {
        chooseRate(next);
        if (audio.current !== undefined) audio.current.playbackRate = next;
      },
    };
  }, [state, at, error, rate, seconds, play, silence]);
}
