import type { PanelAnswer, PanelObject } from './answer.ts';
import { Asked } from './asked.tsx';
import { CallPage } from './call-page.tsx';
import { Calls } from './calls.tsx';
import { Cases } from './cases.tsx';
import { Health } from './health.tsx';
import { Numbers } from './numbers.tsx';
import { OneRecord } from './one-record.tsx';
import { useSetting } from './setting.ts';
import { usePanel } from './use-panel.ts';

/** The panel "Switchboard" on the page of one record. */
export const Panel = ({ object }: { readonly object: PanelObject }) => (
  <OneRecord>{(recordId) => <Body object={object} recordId={recordId} />}</OneRecord>
);

function Body({ object, recordId }: { readonly object: PanelObject; readonly recordId: string }) {
  const { state, refresh } = usePanel(object, recordId);
  return (
    <Asked state={state} refresh={refresh}>
      {(answer) => <Answer answer={answer} refresh={refresh} />}
    </Asked>
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
