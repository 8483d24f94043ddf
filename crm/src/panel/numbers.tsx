import type { PanelNumber } from './answer.ts';
import { Faint, Section } from './parts.tsx';
import { useSetting } from './setting.ts';
import { type PhoneState, usePhone } from './use-phone.ts';

type NumbersProps = { readonly numbers: readonly PanelNumber[]; readonly plugin: string };

/** Numbers that the member can call from the own telephone, and what becomes of it. */
export function Numbers({ numbers, plugin }: NumbersProps) {
  const { texts, look } = useSetting();
  const { state, call, hangUp } = usePhone(plugin);
  if (numbers.length === 0) return null;
  const isBusy = state.kind === 'asking' || state.kind === 'ringing' || state.kind === 'dialling';
  return (
    <Section title={texts.phone.title}>
      <ul style={look.list}>
        {numbers.map((each) => (
          <li key={each.number} style={look.row}>
            <div style={look.main}>
              <span>{[each.number, each.name].filter((part) => part !== null).join(' · ')}</span>
              {each.barred === null ? (
                <button
                  type="button"
                  style={look.button}
                  disabled={isBusy}
                  aria-label={texts.phone.callNumber(each.number)}
                  onClick={() => void call(each.number)}
                >
                  {texts.phone.call}
                </button>
              ) : (
                <span style={look.side}>{texts.phone.barred[each.barred]}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Progress state={state} hangUp={hangUp} />
    </Section>
  );
}

type ProgressProps = { readonly state: PhoneState; readonly hangUp: (callId: string) => Promise<void> };

function Progress({ state, hangUp }: ProgressProps) {
  const { texts, look } = useSetting();
  if (state.kind === 'idle') return null;
  if (state.kind === 'refused') {
    return (
      <div role="alert" style={{ marginTop: '8px' }}>
        <p style={look.alert}>{texts.phone.refused}</p>
        {state.said !== '' && <Faint>{state.said}</Faint>}
      </div>
    );
  }
  const { callId } = state.kind === 'over' ? {} : state;
  return (
    <div role="status" style={{ ...look.main, marginTop: '8px' }}>
      <span>{texts.phone.states[state.kind](state.number)}</span>
      {callId !== undefined && (
        <button type="button" style={look.button} onClick={() => void hangUp(callId)}>
          {texts.phone.hangUp}
        </button>
      )}
    </div>
  );
}
