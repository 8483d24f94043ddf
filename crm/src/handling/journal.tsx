import { Faint } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import type { JournalLine, JournalValue } from './answer.ts';
import { handlingTexts } from './texts.ts';

/** What happened, the newest first. */
export function Journal({ entries }: { readonly entries: readonly JournalLine[] }) {
  const { look, locale } = useSetting();
  const words = handlingTexts(locale);
  if (entries.length === 0) return <Faint>{words.nothing}</Faint>;
  return (
    <ul style={look.list}>
      {entries.map((entry) => (
        <li key={entry.sequence} style={look.row}>
          <Line entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function Line({ entry }: { readonly entry: JournalLine }) {
  const { look, moments, locale } = useSetting();
  const words = handlingTexts(locale);
  const { kind, actor, actorKind, at, source, changes, text, isErased } = entry;
  const who = actor ?? words.actors[actorKind];
  return (
    <div>
      <div style={look.main}>
        <strong>{words.kinds[kind] ?? kind}</strong>
        <span style={look.tag('gray')}>{words.sources[source] ?? source}</span>
      </div>
      {factsOf(entry) !== '' && <div>{factsOf(entry)}</div>}
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          {words.fields[field] ?? inWords(field)}: {before !== null && <Value value={before} />}
          {before !== null && ' → '}
          <Value value={after} />
        </div>
      ))}
      {text !== '' && <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</div>}
      {isErased && <Faint>{words.erased}</Faint>}
      <div style={look.side}>
        {who} · {moments.moment(at)}
      </div>
    </div>
  );
}

function Value({ value }: { readonly value: JournalValue }) {
  const { texts, moments, locale } = useSetting();
  const words = handlingTexts(locale);
  if (value === null) return words.empty;
  if (typeof value === 'object') return value.link ?? words.hidden;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return String(value);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return moments.moment(value);
  return texts.values[value] ?? value;
}

function factsOf({ details }: JournalLine): string {
  const said = (name: string) => (typeof details[name] === 'string' ? details[name] : '');
  return [said('subject'), said('phoneNumber'), said('to'), said('reason')].filter((part) => part !== '').join(' · ');
}

/** A field that has no name here: `supportHours` as “Support hours”. */
function inWords(field: string): string {
  const words = field.replace(/Id$/, '').replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
