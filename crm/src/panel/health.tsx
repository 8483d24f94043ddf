import type { PanelHealth } from './answer.ts';
import type { Tone } from './look.ts';
import type { Moments } from './moments.ts';
import { Section } from './parts.tsx';
import { useSetting } from './setting.ts';
import type { Texts } from './texts/index.ts';

const TONES: Readonly<Record<PanelHealth['state'], Tone>> = { ok: 'green', warning: 'orange', failed: 'red' };

/** Whether the lists can be believed, one sentence per thing that has to work. */
export function Health({ health }: { readonly health: readonly PanelHealth[] }) {
  const { texts, look, moments } = useSetting();
  return (
    <Section title={texts.health}>
      <ul style={look.list}>
        {health.map((each) => (
          <li key={each.topic} style={{ ...look.main, padding: '4px 0', flexWrap: 'nowrap', alignItems: 'baseline' }}>
            <span style={{ ...look.tag(TONES[each.state]), whiteSpace: 'nowrap' }}>{texts.states[each.state]}</span>
            <span>{sentence(each, texts, moments)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** From here on a number stands for "this many or more". */
const COUNTED_UP_TO = 100;

function sentence(health: PanelHealth, texts: Texts, moments: Moments): string {
  if (health.topic === 'connection') return texts.connection[health.code];
  if (health.topic === 'copy') return copySentence(health, texts.copy, moments);
  if (health.topic === 'writes') {
    return health.code === 'sent' ? texts.writes.sent : texts.writes.behind(moments.moment(health.at));
  }
  if (health.code === 'none') return texts.refused.none;
  const { count } = health;
  return texts.refused.some(count < COUNTED_UP_TO ? `${count}` : `${COUNTED_UP_TO}+`, count === 1);
}

function copySentence(
  health: Extract<PanelHealth, { topic: 'copy' }>,
  texts: Texts['copy'],
  { moment }: Moments,
): string {
  if (health.code === 'missing') return texts.missing;
  return health.code === 'copying' ? texts.copying(health.percent) : texts[health.code](moment(health.at));
}
