import { Asked } from '../panel/asked.tsx';
import { OneRecord } from '../panel/one-record.tsx';
import { Faint, Section, Tag } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import type { HandlingAnswer } from './answer.ts';
import { Journal } from './journal.tsx';
import { handlingTexts } from './texts.ts';
import { useHandling } from './use-handling.ts';

/** The tab "Handling" on the page of a case: who does what next, and everything that happened. */
export const Handling = () => <OneRecord>{(caseId) => <Body key={caseId} caseId={caseId} />}</OneRecord>;

function Body({ caseId }: { readonly caseId: string }) {
  const { look, locale } = useSetting();
  const words = handlingTexts(locale);
  const { state, refresh, more } = useHandling(caseId);
  return (
    <Asked state={state} refresh={refresh}>
      {({ handling, journal }) => (
        <>
          <Next handling={handling} />
          <Section title={words.journal}>
            <Journal entries={journal.entries} />
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
      )}
    </Asked>
  );
}

function Next({ handling }: { readonly handling: HandlingAnswer }) {
  const { look, moments, locale } = useSetting();
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
