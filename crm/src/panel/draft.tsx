import { useEffect, useState } from 'react';
import { AppPath, navigate } from 'twenty-sdk/front-component';

import type { PanelCallPage } from './answer.ts';
import { askDoor } from './ask-door.ts';
import { Faint, RecordLink, Section } from './parts.tsx';
import { useSetting } from './setting.ts';
import { openCase } from './twenty.ts';

/** What a case of this call would begin with, as the plugin drafts it. */
type CaseDraft = {
  readonly person: { readonly name: string } | null;
  readonly company: { readonly name: string } | null;
  readonly location: { readonly name: string } | null;
  readonly assets: readonly { readonly id: string; readonly name: string }[];
  readonly malfunctions: readonly { readonly id: string; readonly name: string }[];
  readonly contract: {
    readonly name: string;
    readonly serviceLevel: string;
    readonly responseMinutes: number | null;
    readonly resolveMinutes: number | null;
  } | null;
  readonly protocol: { readonly name: string } | null;
  readonly previousCallCount: number;
  readonly fields: Readonly<Record<string, unknown>>;
};

type DraftProps = { readonly call: PanelCallPage; readonly plugin: string };

/** The case that comes of a call: the one it has, or the draft of one. */
export function Draft({ call, plugin }: DraftProps) {
  const { texts } = useSetting();
  return (
    <Section title={texts.draft.title}>
      {call.serviceCase === null ? (
        <NewCase call={call} plugin={plugin} />
      ) : (
        <RecordLink object="serviceCase" id={call.serviceCase.id}>
          {call.serviceCase.name || texts.noSubject}
        </RecordLink>
      )}
    </Section>
  );
}

function NewCase({ call, plugin }: DraftProps) {
  const { texts, look } = useSetting();
  const [draft, setDraft] = useState<CaseDraft | 'loading' | 'failed'>('loading');
  const [progress, setProgress] = useState<'ready' | 'opening' | 'refused'>('ready');
  useEffect(() => {
    const gone = new AbortController();
    void askDoor<CaseDraft>(plugin, `/calls/draft?call=${call.id}`, undefined, gone.signal).then((outcome) => {
      if (!gone.signal.aborted) setDraft(outcome.kind === 'answer' ? outcome.answer : 'failed');
    });
    return () => gone.abort();
  }, [plugin, call.id, call.person?.id]);
  if (draft === 'loading') return <Faint>{texts.loading}</Faint>;
  if (draft === 'failed') return <Faint>{texts.problems.failed.title}</Faint>;

  const open = async (): Promise<void> => {
    setProgress('opening');
    const who = [draft.person, draft.company, draft.location].find((one) => one !== null)?.name;
    const subject = texts.draft.subject(who ?? call.phoneNumber ?? '');
    const status = { status: 'NEW', openedAt: call.startedAt ?? new Date().toISOString() };
    const id = await openCase({ ...draft.fields, ...status, name: subject, subject }, call.id);
    setProgress(id === undefined ? 'refused' : 'ready');
    if (id === undefined) return;
    await navigate(AppPath.RecordShowPage, { objectNameSingular: 'serviceCase', objectRecordId: id });
  };

  return (
    <>
      <Facts draft={draft} />
      <button type="button" style={look.button} disabled={progress === 'opening'} onClick={() => void open()}>
        {texts.draft.open}
      </button>
      {progress === 'refused' && <p role="alert">{texts.draft.refused}</p>}
    </>
  );
}

function Facts({ draft }: { readonly draft: CaseDraft }) {
  const { texts, look } = useSetting();
  const { contract, protocol, previousCallCount } = draft;
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(', ');
  const lines = [
    [texts.draft.location, draft.location?.name ?? ''],
    [texts.draft.assets, names(draft.assets.slice(0, 5))],
    [texts.draft.malfunctions, names(draft.malfunctions.slice(0, 5))],
    [texts.draft.contract, contract === null ? '' : contractLine(contract)],
    [texts.draft.protocol, protocol?.name ?? ''],
    [texts.draft.previousCalls, previousCallCount === 0 ? '' : String(previousCallCount)],
  ] as const;
  return (
    <dl style={{ ...look.list, marginBottom: '8px' }}>
      {lines
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <div key={label} style={look.main}>
            <dt style={look.side}>{label}</dt>
            <dd style={{ margin: 0 }}>{value}</dd>
          </div>
        ))}
    </dl>
  );

  function contractLine({ name, serviceLevel, responseMinutes, resolveMinutes }: NonNullable<CaseDraft['contract']>) {
    const level = texts.values[serviceLevel] ?? serviceLevel;
    const times = [
      responseMinutes === null ? '' : texts.draft.respond(responseMinutes),
      resolveMinutes === null ? '' : texts.draft.resolve(resolveMinutes),
    ];
    return [name, level, ...times].filter((part) => part !== '').join(' · ');
  }
}
