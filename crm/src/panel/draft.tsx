import { useEffect, useState } from 'react';
import { v4 as newId } from 'uuid';
import { AppPath, navigate } from 'twenty-sdk/front-component';

import type { PanelCallPage } from './answer.ts';
import { askDoor } from './ask-door.ts';
import { Faint, RecordLink, Section } from './parts.tsx';
import { useSetting } from './setting.ts';

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

type DraftProps = {
  readonly call: PanelCallPage;
  readonly plugin: string;
  /** The plugin that opens cases; null: nobody does. */
  readonly desk: string | null;
};

/** The case that comes of a call: the one it has, or the draft of one. */
export function Draft({ call, plugin, desk }: DraftProps) {
  const { texts } = useSetting();
  return (
    <Section title={texts.draft.title}>
      {call.serviceCase === null ? (
        <NewCase call={call} plugin={plugin} desk={desk} />
      ) : (
        <RecordLink object="serviceCase" id={call.serviceCase.id}>
          {call.serviceCase.name || texts.noSubject}
        </RecordLink>
      )}
    </Section>
  );
}

function NewCase({ call, plugin, desk }: DraftProps) {
  const { texts } = useSetting();
  const [draft, setDraft] = useState<CaseDraft | 'loading' | 'failed'>('loading');
  useEffect(() => {
    const gone = new AbortController();
    void askDoor<CaseDraft>(plugin, `/calls/draft?call=${call.id}`, undefined, gone.signal).then((outcome) => {
      if (!gone.signal.aborted) setDraft(outcome.kind === 'answer' ? outcome.answer : 'failed');
    });
    return () => gone.abort();
  }, [plugin, call.id, call.person?.id]);
  if (draft === 'loading') return <Faint>{texts.loading}</Faint>;
  if (draft === 'failed') return <Faint>{texts.problems.failed.title}</Faint>;
  return (
    <>
      <Facts draft={draft} />
      {desk === null ? <Faint>{texts.draft.noDesk}</Faint> : <OpenCase call={call} draft={draft} desk={desk} />}
    </>
  );
}

type Opening =
  | { readonly kind: 'ready' | 'opening' }
  | { readonly kind: 'refused'; /** By the hub, in English. */ readonly said: string };

/** Opens the case as the desk does: with a number, a journal, and once per call. */
function OpenCase({
  call,
  draft,
  desk,
}: {
  readonly call: PanelCallPage;
  readonly draft: CaseDraft;
  readonly desk: string;
}) {
  const { texts, look } = useSetting();
  const [opening, setOpening] = useState<Opening>({ kind: 'ready' });
  // The same for a click that is repeated because its answer was lost.
  const [requestId] = useState(() => newId());
  const open = async (): Promise<void> => {
    setOpening({ kind: 'opening' });
    const who = [draft.person, draft.company, draft.location].find((one) => one !== null)?.name;
    const subject = texts.draft.subject(who ?? call.phoneNumber ?? '');
    const body = { requestId, callId: call.id, fields: { ...draft.fields, subject } };
    const outcome = await askDoor<{ readonly caseId: string }>(desk, '/cases', body);
    if (outcome.kind === 'problem') return setOpening({ kind: 'refused', said: outcome.said });
    setOpening({ kind: 'ready' });
    const objectRecordId = outcome.answer.caseId;
    await navigate(AppPath.RecordShowPage, { objectNameSingular: 'serviceCase', objectRecordId });
  };
  return (
    <>
      <button type="button" style={look.button} disabled={opening.kind === 'opening'} onClick={() => void open()}>
        {texts.draft.open}
      </button>
      {opening.kind === 'refused' && <p role="alert">{[texts.draft.refused, opening.said].join(' ').trim()}</p>}
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
