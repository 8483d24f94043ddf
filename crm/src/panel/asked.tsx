import type { ReactNode } from 'react';

import { Faint } from './parts.tsx';
import type { PanelProblem } from './reach-hub.ts';
import { useSetting } from './setting.ts';
import type { AskedState } from './use-asked.ts';

type AskedProps<Answer> = {
  readonly state: AskedState<Answer>;
  readonly refresh: () => void;
  readonly children: (answer: Answer) => ReactNode;
};

/** What the hub answered, or why there is nothing to show. */
export function Asked<Answer>({ state, refresh, children }: AskedProps<Answer>) {
  const { texts } = useSetting();
  if (state.kind === 'answer') return children(state.answer);
  if (state.kind === 'problem') return <Problem problem={state.problem} refresh={refresh} />;
  return (
    <div role="status">
      <Faint>{texts.loading}</Faint>
    </div>
  );
}

function Problem({ problem, refresh }: { readonly problem: PanelProblem; readonly refresh: () => void }) {
  const { texts, look } = useSetting();
  const { title, advice } = texts.problems[problem];
  return (
    <div role="alert">
      <p style={look.alert}>{title}</p>
      <p style={{ ...look.faint, marginBottom: '8px' }}>{advice}</p>
      <button type="button" style={look.button} onClick={refresh}>
        {texts.tryAgain}
      </button>
    </div>
  );
}
