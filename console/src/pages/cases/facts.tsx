import type { ReactNode } from 'react';
import type { ShownCase } from '../../api/desk.ts';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { Promises } from './promises.tsx';

const links = ['companyId', 'personId', 'locationId', 'assetId', 'contractId', 'malfunctionId', 'protocolId'];
const times = ['openedAt', 'resolvedAt', 'closedAt'];

/** Whom and what the case is about, and when. What the role may not read is not here. */
export function Facts({ shown: { fields, links: named } }: { readonly shown: ShownCase }) {
  const { cases } = useTexts();
  const valued = ['serviceLevel', 'channel'].flatMap((field) => {
    const value = fields[field];
    return typeof value === 'string' ? [[field, cases.values[value] ?? value] as const] : [];
  });
  const moments = times.flatMap((field) => {
    const at = fields[field];
    return typeof at === 'string' ? [[field, <Moment key={field} at={at} />] as const] : [];
  });
  const records = links.flatMap((field) => (named[field] === undefined ? [] : [[field, named[field].name] as const]));
  const reopened =
    typeof fields['reopenCount'] === 'number' && fields['reopenCount'] > 0 ? fields['reopenCount'] : undefined;
  const all: readonly (readonly [string, ReactNode])[] = [
    ...records,
    ...valued,
    ...moments,
    ...(reopened === undefined ? [] : [['reopenCount', `${reopened} ×`] as const]),
  ];
  return (
    <Section title={cases.facts}>
      <Promises fields={fields} />
      <dl className="call-facts">
        {all.map(([field, value]) => (
          <div key={field}>
            <dt>{cases.fields[field]}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
