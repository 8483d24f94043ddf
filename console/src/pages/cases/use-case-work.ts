import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type CaseWork, notePresence } from '../../api/desk.ts';
import { openFeed } from '../../api/live.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { type Texts, useTexts } from '../../texts/index.ts';
import { useJournalNews } from './use-journal-news.ts';

/** The hub believes in a page for less than a minute. */
const HERE_MS = 20_000;

/** Who else has this case open. What they do to it is read anew and said. */
export function useCaseWork(caseId: string, isEditing: boolean): { readonly others: CaseWork['people'] } {
  const tenant = useTenant();
  const { member } = useSession();
  const texts = useTexts();
  const queries = useQueryClient();
  const [work, setWork] = useState<CaseWork>();
  const told = useRef<string>(undefined);
  useJournalNews('serviceCase', caseId);

  useEffect(() => {
    const say = async (state: 'reading' | 'editing' | 'left') => {
      // Where it does not arrive nothing is lost but the sign for the others.
      await notePresence(tenant, caseId, state).catch(() => undefined);
    };
    void say(isEditing ? 'editing' : 'reading');
    const timer = setInterval(() => void say(isEditing ? 'editing' : 'reading'), HERE_MS);
    return () => clearInterval(timer);
  }, [tenant, caseId, isEditing]);

  useEffect(() => {
    const feed = openFeed<{ 'case-work': CaseWork }>({
      tenant,
      memberId: member.id,
      topics: ['case-work'],
      onChange: (changes) => {
        if (changes.some(({ key }) => key === caseId)) setWork(feed.items('case-work').get(caseId));
      },
    });
    return () => {
      void feed.close();
      void notePresence(tenant, caseId, 'left').catch(() => undefined);
    };
  }, [tenant, member.id, caseId]);

  const news = work?.news;
  useEffect(() => {
    const isFirst = told.current === undefined;
    const isKnown = told.current === (news?.at ?? '');
    told.current = news?.at ?? '';
    if (news == null || isFirst || isKnown) return;
    void queries.invalidateQueries({ queryKey: ['case', tenant, caseId] });
    if (news.byId !== member.id)
      notifications.show({ message: inWords(news, texts), color: news.kind === 'clash' ? 'orange' : 'blue' });
  }, [news, member.id, queries, tenant, caseId, texts]);

  return { others: (work?.people ?? []).filter(({ memberId }) => memberId !== member.id) };
}

function inWords({ kind, by, fields }: NonNullable<CaseWork['news']>, { cases }: Texts): string {
  const who = by === '' ? cases.somebody : by;
  const what = fields.map((field) => cases.fields[field] ?? field).join(', ');
  if (kind === 'deleted') return cases.gone;
  if (kind === 'noted') return cases.notedBy(who);
  return kind === 'clash' ? cases.clashBy(who, what) : cases.changedBy(who, what);
}
