import type { PanelCase, PanelList } from './answer.ts';
import type { Tone } from './look.ts';
import { Faint, RecordLink, Section, Tag } from './parts.tsx';
import { useSetting } from './setting.ts';

/** As in the lists of Twenty. */
const PRIORITY_TONES: Readonly<Record<string, Tone>> = { NORMAL: 'blue', HIGH: 'orange', URGENT: 'red' };
const STATUS_TONES: Readonly<Record<string, Tone>> = {
  NEW: 'blue',
  OPEN: 'sky',
  IN_PROGRESS: 'purple',
  WAITING_FOR_CUSTOMER: 'yellow',
  WAITING_FOR_OTHERS: 'orange',
};

type CasesProps = { readonly cases: PanelList<PanelCase> | null; readonly now: string };

export function Cases({ cases, now }: CasesProps) {
  const { texts, look } = useSetting();
  return (
    <Section title={texts.cases}>
      {cases === null && <Faint>{texts.mayNotSeeCases}</Faint>}
      {cases?.items.length === 0 && <Faint>{texts.noCases}</Faint>}
      {cases !== null && cases.items.length > 0 && (
        <ul style={look.list}>
          {cases.items.map((each) => (
            <Case key={each.id} case={each} now={now} />
          ))}
        </ul>
      )}
      {cases?.hasMore === true && <Faint>{texts.moreCases}</Faint>}
    </Section>
  );
}

function Case({ case: each, now }: { readonly case: PanelCase; readonly now: string }) {
  const { texts, look } = useSetting();
  const title = [each.number, each.subject ?? texts.noSubject].filter((part) => part !== null).join(' ');
  return (
    <li style={look.row}>
      <div style={look.main}>
        <RecordLink object="serviceCase" id={each.id}>
          {title}
        </RecordLink>
        <Tag value={each.status} tone={STATUS_TONES[each.status ?? ''] ?? 'gray'} />
        <Tag value={each.priority} tone={PRIORITY_TONES[each.priority ?? ''] ?? 'gray'} />
      </div>
      {each.dueAt !== null && <Due at={each.dueAt} now={now} />}
    </li>
  );
}

function Due({ at, now }: { readonly at: string; readonly now: string }) {
  const { texts, look, moments } = useSetting();
  const isLate = Date.parse(at) < Date.parse(now);
  const when = moments.moment(at);
  return (
    <div style={isLate ? { ...look.side, ...look.late } : look.side}>
      {isLate ? texts.overdue(when) : texts.due(when)}
    </div>
  );
}
