import { useState } from 'react';

import type { PanelCallPage, PanelName } from './answer.ts';
import { askDoor } from './ask-door.ts';
import { Draft } from './draft.tsx';
import { Journey } from './journey.tsx';
import { Faint, RecordLink, Section, Tag } from './parts.tsx';
import { Listen } from './recordings.tsx';
import { useSetting } from './setting.ts';

type CallPageProps = {
  readonly call: PanelCallPage;
  readonly plugin: string | null;
  /** The plugin that opens cases. */
  readonly desk: string | null;
  /** Asks the hub again: something was changed. */
  readonly refresh: () => void;
};

/** What the page of a call tells and lets do: who it was, its way, its recording, the case that comes of it. */
export function CallPage({ call, plugin, desk, refresh }: CallPageProps) {
  const { texts, look } = useSetting();
  const wasTalk = call.durationSeconds !== null && call.durationSeconds > 0;
  return (
    <>
      <Section title={texts.callPage.who}>
        <Who call={call} />
        {plugin !== null && call.candidates.length > 0 && <Choice call={call} plugin={plugin} refresh={refresh} />}
      </Section>
      {call.steps.length > 0 && (
        <Section title={texts.callPage.journey}>
          <Journey steps={call.steps} />
        </Section>
      )}
      {plugin !== null && wasTalk && (
        <Section title={texts.recordings.title}>
          <div style={look.main}>
            {call.consent.map((rule) => (
              <Tag key={rule} value={rule} tone={rule === 'FORBIDDEN' ? 'red' : 'gray'} />
            ))}
          </div>
          <Listen plugin={plugin} callId={call.id} />
          {call.summary !== null && <Faint>{call.summary}</Faint>}
        </Section>
      )}
      {plugin !== null && <Draft call={call} plugin={plugin} desk={desk} />}
    </>
  );
}

function Who({ call }: { readonly call: PanelCallPage }) {
  const { texts, look } = useSetting();
  const links = [
    ['person', call.person],
    ['company', call.company],
    ['location', call.location],
  ] as const;
  const known = links.filter((link): link is [(typeof link)[0], PanelName] => link[1] !== null);
  return (
    <>
      {known.length === 0 && <Faint>{texts.callPage.nobody}</Faint>}
      <div style={look.main}>
        {known.map(([object, { id, name }]) => (
          <RecordLink key={object} object={object} id={id}>
            {name}
          </RecordLink>
        ))}
        <Tag value={call.matchState} tone={call.matchState === 'AMBIGUOUS' ? 'orange' : 'gray'} />
      </div>
    </>
  );
}

type ChoiceState = { readonly kind: 'open' | 'saving' | 'saved' } | { readonly kind: 'failed'; readonly said: string };

/** Several people have the number: the member says who it was, and the number stands for that person from then on. */
function Choice({ call, plugin, refresh }: Pick<CallPageProps, 'call' | 'refresh'> & { readonly plugin: string }) {
  const { texts, look } = useSetting();
  const [state, setState] = useState<ChoiceState>({ kind: 'open' });
  const pick = async (personId: string): Promise<void> => {
    setState({ kind: 'saving' });
    const outcome = await askDoor(plugin, '/calls/settle', { callId: call.id, personId });
    setState(outcome.kind === 'answer' ? { kind: 'saved' } : { kind: 'failed', said: outcome.said });
    if (outcome.kind === 'answer') refresh();
  };
  if (state.kind === 'saved') return <p role="status">{texts.callPage.picked}</p>;
  return (
    <div role="group" aria-label={texts.callPage.choose}>
      <Faint>{texts.callPage.choose}</Faint>
      <div style={look.main}>
        {call.candidates.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            style={look.button}
            disabled={state.kind === 'saving'}
            onClick={() => void pick(id)}
          >
            {name}
          </button>
        ))}
      </div>
      {state.kind === 'failed' && <p role="alert">{[texts.problems.failed.title, state.said].join(' ')}</p>}
    </div>
  );
}
