import type { PanelCall } from '../panel/answer.ts';
import { Asked } from '../panel/asked.tsx';
import { CallLines } from '../panel/calls.tsx';
import type { Tone } from '../panel/look.ts';
import { OneRecord } from '../panel/one-record.tsx';
import { Section } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import { usePanel } from '../panel/use-panel.ts';
import type { Mail } from './answer.ts';
import { useDoor } from './doors.ts';
import { ConsoleLink, Lines } from './parts.tsx';
import { useWords } from './texts/index.ts';
import type { DeskTexts } from './texts/texts.ts';

/** The tab "Calls" on the page of a case: all of them, also those of cases that were merged into it. */
export const CallsTab = () => <OneRecord>{(caseId) => <CaseCalls caseId={caseId} />}</OneRecord>;

function CaseCalls({ caseId }: { readonly caseId: string }) {
  const words = useWords();
  const panel = usePanel('serviceCase', caseId);
  const { state, refresh } = useDoor<{ readonly calls: readonly PanelCall[] }>(`/cases/one?id=${caseId}`);
  const plugin = panel.state.kind === 'answer' ? panel.state.answer.telephony : null;
  return (
    <Asked state={state} refresh={refresh}>
      {({ calls }) => (
        <Section title={words.calls}>
          <CallLines calls={calls.toSorted(newestFirst)} none={words.callsNone} plugin={plugin} />
        </Section>
      )}
    </Asked>
  );
}

function newestFirst(one: PanelCall, other: PanelCall): number {
  return (other.startedAt ?? '').localeCompare(one.startedAt ?? '');
}

/** The tab "Mails" on the page of a case: what the member may see of them, as in the console. */
export const MailsTab = () => <OneRecord>{(caseId) => <CaseMails caseId={caseId} />}</OneRecord>;

function CaseMails({ caseId }: { readonly caseId: string }) {
  const { look } = useSetting();
  const words = useWords();
  const panel = usePanel('serviceCase', caseId);
  const { state, refresh } = useDoor<{ readonly mails: readonly Mail[] }>(`/cases/mails?caseId=${caseId}`, 'mail');
  return (
    <Asked state={state} refresh={refresh}>
      {({ mails }) => (
        <Section title={words.mails}>
          <Lines of={mails} none={words.mailsNone}>
            {(mail) => <MailLine mail={mail} />}
          </Lines>
          {panel.state.kind === 'answer' && (
            <div style={{ marginTop: '8px' }}>
              <ConsoleLink workspace={panel.state.answer.workspace} path={`cases/${caseId}#mails`}>
                {words.write}
              </ConsoleLink>
              <p style={look.side}>{words.writeHint}</p>
            </div>
          )}
        </Section>
      )}
    </Asked>
  );
}

const TONES: Readonly<Record<keyof DeskTexts['mailStates'], Tone>> = {
  received: 'blue',
  waiting: 'gray',
  sent: 'green',
  failed: 'red',
  partly: 'orange',
};

function MailLine({ mail }: { readonly mail: Mail }) {
  const { look, moments, texts } = useSetting();
  const words = useWords();
  const state = stateOf(mail);
  const people = mail.kind === 'received' ? [mail.from] : mail.to;
  const facts = [
    people.map(({ name, address }) => name || address).join(', '),
    moments.moment(mail.at),
    mail.attachments === 0 ? '' : words.attachments(mail.attachments),
  ];
  return (
    <>
      <div style={look.main}>
        <strong>{mail.subject || texts.noSubject}</strong>
        <span style={look.tag(TONES[state])}>{words.mailStates[state]}</span>
      </div>
      <div style={look.side}>{facts.filter((fact) => fact !== '').join(' · ')}</div>
      <div style={{ overflowWrap: 'anywhere' }}>{mail.excerpt}</div>
    </>
  );
}

function stateOf({ kind, recipients }: Mail): keyof DeskTexts['mailStates'] {
  if (kind === 'received') return 'received';
  const failed = recipients.filter(({ state }) => state === 'failed' || state === 'bounced').length;
  if (failed > 0) return failed === recipients.length ? 'failed' : 'partly';
  return recipients.length > 0 && recipients.every(({ state }) => state === 'accepted') ? 'sent' : 'waiting';
}
