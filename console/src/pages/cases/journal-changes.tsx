import { IconArrowRight } from '@tabler/icons-react';
import type { JournalChange } from '../../api/journal.ts';
import { useSpeech } from '../../texts/index.ts';

/** What was, and what became of it, in the words of the page. */
export function JournalChanges({ changes }: { readonly changes: readonly JournalChange[] }) {
  const { texts } = useSpeech();
  const { cases, journal } = texts;
  const labelOf = (field: string) => cases.fields[field] ?? journal.fields[field] ?? inWords(field);
  return (
    <dl className="journal-changes">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{labelOf(field)}</dt>
          <dd>
            {before !== null && (
              <>
                <span className="journal-before">
                  <Value value={before} />
                </span>
                <IconArrowRight size={13} aria-label={journal.became} role="img" />
              </>
            )}
            <Value value={after} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value }: { readonly value: JournalChange['before'] }) {
  const { texts, language } = useSpeech();
  const { cases, journal } = texts;
  if (value === null) return <em>{journal.empty}</em>;
  if (typeof value === 'object') return value.link ?? <em>{journal.hidden}</em>;
  if (typeof value === 'boolean') return value ? journal.yes : journal.no;
  if (typeof value === 'number') return value.toLocaleString(language);
  if (isMoment(value)) return new Date(value).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  return cases.values[value] ?? journal.values[value] ?? value;
}

const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text);

/** A field that has no name here yet: `supportHours` as “Support hours”. */
function inWords(field: string): string {
  const words = field.replace(/Id$/, '').replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
