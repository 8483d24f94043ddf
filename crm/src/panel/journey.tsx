import type { PanelStep } from './answer.ts';
import { useSetting } from './setting.ts';

/** The way of a call, one line per station. */
export function Journey({ steps }: { readonly steps: readonly PanelStep[] }) {
  const { texts, look, moments } = useSetting();
  return (
    <ol style={look.list}>
      {steps.map((step, index) => (
        // The steps of a call have no ids, and never change places.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} style={{ ...look.main, padding: '2px 0' }}>
          <span style={look.side}>{moments.clock(step.at)}</span>
          <span>{sentence(step)}</span>
          {step.seconds !== null && step.seconds > 0 && <span style={look.side}>{moments.duration(step.seconds)}</span>}
        </li>
      ))}
    </ol>
  );

  function sentence({ what, who, answered }: PanelStep): string {
    const say = what === 'rang' && answered === false ? texts.journey.rangInVain : texts.journey.steps[what];
    return say === undefined ? [what, who].join(' ').trim() : say(who);
  }
}
