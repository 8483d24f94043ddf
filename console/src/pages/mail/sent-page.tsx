import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilterOff, IconMailOff, IconMailForward, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { authorsQuery, type SentFilter, sentQuery, type SentSearch, sentStates } from '../../api/mail.ts';
import { useMay, useTenant } from '../../api/session.ts';
import { Empty } from '../../kit/empty.tsx';
import { ExportButton } from '../../kit/export-button.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { MoreButton } from '../../kit/more-button.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { SentTable } from './sent-table.tsx';
import { MailViews } from './views.tsx';

/** What the member has sent; who may see all mail sees what everybody sent. The filter is in the address. */
export function SentPage() {
  const { mail } = useTexts();
  const tenant = useTenant();
  const seesAll = useMay()('mail.see-all');
  const filter = toFilter(useSearch({ from: '/$tenant/mail/sent' }));
  const navigate = useNavigate({ from: '/$tenant/mail/sent' });
  const setFilter = (change: { [K in keyof SentFilter]: SentFilter[K] | undefined }) =>
    void navigate({ search: (before) => dropEmpty({ ...before, ...change } as SentSearch), replace: true });
  const query = useInfiniteQuery(sentQuery(tenant, filter));
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page
      title={mail.title}
      intro={seesAll ? mail.introAll : mail.intro}
      actions={<ExportButton path="/tenants/{tenant}/plugins/mail/member/sent/export" filter={{ ...filter }} />}
    >
      <MailViews />
      <Section title={mail.title} isTitleHidden>
        <Filters filter={filter} onChange={setFilter} withAuthors={seesAll} />
        <Loaded query={query}>
          {({ pages }) => {
            if (pages.includes(null)) return <Empty icon={IconMailOff} title={mail.noMail} hint={mail.noMailHint} />;
            const mails = pages.flatMap((page) => page?.mails ?? []);
            if (mails.length === 0 && isFiltered)
              return <Empty icon={IconFilterOff} title={mail.sentNoMatch} hint={mail.sentNoMatchHint} />;
            if (mails.length === 0)
              return <Empty icon={IconMailForward} title={mail.sentNone} hint={mail.sentNoneHint} />;
            return (
              <>
                <SentTable mails={mails} withAuthor={seesAll} />
                <MoreButton query={query} />
              </>
            );
          }}
        </Loaded>
      </Section>
    </Page>
  );
}

function toFilter({ state, ...rest }: SentSearch): SentFilter {
  const known = sentStates.find((one) => one === state);
  return { ...rest, ...(known === undefined ? {} : { state: known }) };
}

const dropEmpty = (filter: SentSearch): SentSearch =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));

interface FiltersProps {
  readonly filter: SentFilter;
  readonly onChange: (change: { [K in keyof SentFilter]: SentFilter[K] | undefined }) => void;
  readonly withAuthors: boolean;
}

function Filters({ filter, onChange, withAuthors }: FiltersProps) {
  const { mail } = useTexts();
  const [search, setSearch] = useState(filter.search ?? '');
  const searchSoon = useDebouncedCallback((text: string) => onChange({ search: text.trim() }), 300);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: withAuthors ? 3 : 2 }} spacing="sm" role="search">
      <TextInput
        label={mail.search}
        placeholder={mail.searchHint}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={({ currentTarget: { value } }) => {
          setSearch(value);
          searchSoon(value);
        }}
        maxLength={200}
      />
      <NativeSelect
        label={mail.state}
        value={filter.state ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ state: sentStates.find((one) => one === value) })}
        data={[
          { value: '', label: mail.anyState },
          ...sentStates.map((state) => ({ value: state as string, label: mail.filterStates[state] })),
        ]}
      />
      {withAuthors && <AuthorFilter value={filter.authorId} onChange={(authorId) => onChange({ authorId })} />}
    </SimpleGrid>
  );
}

interface AuthorFilterProps {
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
}

function AuthorFilter({ value, onChange }: AuthorFilterProps) {
  const { mail } = useTexts();
  const { data = [] } = useQuery(authorsQuery(useTenant()));
  return (
    <NativeSelect
      label={mail.member}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: mail.everybody }, ...data.map(({ id, name }) => ({ value: id, label: name || id }))]}
    />
  );
}
