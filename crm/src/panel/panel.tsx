import { useColorScheme, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';

import type { PanelAnswer, PanelObject } from './answer.ts';
import type { PanelProblem } from './reach-hub.ts';
import { CallPage } from './call-page.tsx';
import { Calls } from './calls.tsx';
import { Cases } from './cases.tsx';
import { Health } from './health.tsx';
import { lookOf } from './look.ts';
import { momentsFor } from './moments.ts';
import { Numbers } from './numbers.tsx';
import { Faint } from './parts.tsx';
import { SettingProvider, useSetting } from './setting.ts';
import { textsFor } from './texts/index.ts';
import { type PanelState, usePanel } from './use-panel.ts';

/** The panel "Switchboard" on the page of one record. */
export function Panel({ object }: { readonly object: PanelObject }) {
  const scheme = useColorScheme();
  const locale = useLocale();
  const ids = useSelectedRecordIds();
  const recordId = ids.length === 1 ? ids[0] : undefined;
  const { state, refresh } = usePanel(object, recordId);
  const look = lookOf(scheme);
  const texts = textsFor(locale);
  const setting = { look, texts, moments: momentsFor(locale, texts, new Date()) };
  return (
    <SettingProvider value={setting}>
      <div style={look.panel}>
        {recordId === undefined ? <Faint>{texts.noRecord}</Faint> : <Body state={state} refresh={refresh} />}
      </div>
    </SettingProvider>
  );
}

function Body({ state, refresh }: { readonly state: PanelState; readonly refresh: () => void }) {
  const { texts } = useSetting();
  if (state.kind === 'answer') return <Answer answer={state.answer} refresh={refresh} />;
  if (state.kind === 'problem') return <Problem problem={state.problem} refresh={refresh} />;
  return (
    <div role="status">
      <Faint>{texts.loading}</Faint>
    </div>
  );
}

function Answer({ answer, refresh }: { readonly answer: PanelAnswer; readonly refresh: () => void }) {
  const { texts, look, moments } = useSetting();
  const { telephony } = answer;
  return (
    <>
      {telephony !== null && <Numbers numbers={answer.numbers} plugin={telephony} />}
      {answer.call !== null && <CallPage call={answer.call} plugin={telephony} desk={answer.desk} refresh={refresh} />}
      <Calls calls={answer.calls} plugin={telephony} />
      <Cases cases={answer.cases} now={answer.at} />
      <Health health={answer.health} />
      <div style={look.header}>
        <span style={look.side} role="status">
          {texts.asOf(moments.moment(answer.at))}
        </span>
        <button type="button" style={look.button} onClick={refresh}>
          {texts.refresh}
        </button>
      </div>
    </>
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
