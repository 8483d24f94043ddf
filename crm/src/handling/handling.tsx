import { useColorScheme, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';

import { lookOf } from '../panel/look.ts';
import { momentsFor } from '../panel/moments.ts';
import { Faint, Section, Tag } from '../panel/parts.tsx';
import { SettingProvider, useSetting } from '../panel/setting.ts';
import { textsFor } from '../panel/texts/index.ts';
import type { HandlingAnswer } from './answer.ts';
import { Journal } from './journal.tsx';
import { handlingTexts } from './texts.ts';
import { useHandling } from './use-handling.ts';

/** The tab "Handling" on the page of a case: who does what next, and everything that happened. */
export function Handling() {
  const scheme = useColorScheme();
  const locale = useLocale();
  const ids = useSelectedRecordIds();
  const texts = textsFor(locale);
  const look = lookOf(scheme);
  const setting = { look, texts, moments: momentsFor(locale, texts, new Date()) };
  return (
    <SettingProvider value={setting}>
      <div style={look.panel}>
        <Body caseId={ids.length === 1 ? ids[0] : undefined} locale={locale} />
      </div>
    </SettingProvider>
  );
}

function Body({ caseId, locale }: { readonly caseId: string | undefined; readonly locale: string }) {
  const { texts, look } = useSetting();
  const words = handlingTexts(locale);
  const { state, refresh, more } = useHandling(caseId);
  if (caseId === undefined) return <Faint>{texts.noRecord}</Faint>;
  if (state.kind === 'loading') {
    return (
      <div role="status">
        <Faint>{texts.loading}</Faint>
      </div>
    );
  }
  if (state.kind === 'problem') {
    const { title, advice } = texts.problems[state.problem];
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
  const { handling, journal } = state.answer;
  return (
    <>
      <Next handling={handling} locale={locale} />
      <Section title={words.journal}>
        <Journal entries={journal.entries} locale={locale} />
        {journal.next !== null &&
          (more === undefined ? (
            <Faint>{words.older}</Faint>
          ) : (
            <button type="button" style={look.button} onClick={more}>
              {words.more}
            </button>
          ))}
      </Section>
    </>
  );
}

function Next({ handling, locale }: { readonly handling: HandlingAnswer; readonly locale: string }) {
  const { look, moments } = useSetting();
  const words = handlingTexts(locale);
  const { status, isEnded, assignee, nextStep, nextStepAt, due, questions } = handling;
  return (
    <Section title={words.next}>
      <div style={look.main}>
        <Tag value={status} tone={isEnded ? 'gray' : 'blue'} />
        <span>{assignee === null ? words.nobody : words.inCharge(assignee.name)}</span>
      </div>
      {!isEnded && (
        <p style={look.side}>
          {nextStep ?? words.noNextStep}
          {nextStepAt !== null && ` · ${moments.moment(nextStepAt)}`}
        </p>
      )}
      {due.map(({ field, at }) => (
        <p key={field} style={Date.parse(at) < Date.now() ? { ...look.side, ...look.late } : look.side}>
          {words.fields[field] ?? field}: {moments.moment(at)}
        </p>
      ))}
      {questions.map(({ kind, at, who, subject }) => (
        <p key={`${kind}${at}`} style={look.side}>
          {words.questions[kind]} {[who, subject].filter((part) => part !== null).join(': ')} · {moments.moment(at)}
        </p>
      ))}
    </Section>
  );
}
