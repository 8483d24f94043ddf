import { Button, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowsLeftRight, IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { deliveriesQuery, type DeliveryFilter, workQuery } from '../../api/operations.ts';
import { useTenant } from '../../api/session.ts';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { MoreButton } from '../../kit/more-button.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { DeliveryTable } from './delivery-table.tsx';

/** The log of what came in and went out. The filter is in the address, so that a link shows the same lines. */
export function DeliveriesPage() {
  const { deliveries } = useTexts();
  const tenant = useTenant();
  const filter = useSearch({ from: '/$tenant/deliveries' });
  const navigate = useNavigate({ from: '/$tenant/deliveries' });
  const setFilter = (change: DeliveryFilter) =>
    void navigate({ search: (before) => dropEmpty({ ...before, ...change }), replace: true });
  const query = useInfiniteQuery(deliveriesQuery(tenant, filter));
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page title={deliveries.title} intro={deliveries.intro}>
      <Section title={deliveries.title} isTitleHidden>
        <Filters filter={filter} onChange={setFilter} />
        <Loaded query={query}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.deliveries);
            if (rows.length === 0 && isFiltered) {
              return (
                <Empty icon={IconFilterOff} title={deliveries.noMatch} hint={deliveries.noMatchHint}>
                  <Button variant="default" size="xs" onClick={() => void navigate({ search: {}, replace: true })}>
                    {deliveries.clear}
                  </Button>
                </Empty>
              );
            }
            if (rows.length === 0)
              return <Empty icon={IconArrowsLeftRight} title={deliveries.none} hint={deliveries.noneHint} />;
            return (
              <>
                <DeliveryTable rows={rows} />
                <MoreButton query={query} />
              </>
            );
          }}
        </Loaded>
      </Section>
    </Page>
  );
}

const dropEmpty = (filter: DeliveryFilter): DeliveryFilter =>
  Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );

interface FiltersProps {
  readonly filter: DeliveryFilter;
  readonly onChange: (change: { [K in keyof DeliveryFilter]?: string }) => void;
}

function Filters({ filter, onChange }: FiltersProps) {
  const { deliveries, common } = useTexts();
  const { data } = useQuery(workQuery(useTenant()));
  const [search, setSearch] = useState(filter.search ?? '');
  const searchSoon = useDebouncedCallback((text: string) => onChange({ search: text.trim() }), 300);
  const isSearched = filter.search !== undefined;
  // Cleared by a button: the field is, too.
  useEffect(() => {
    if (!isSearched) setSearch('');
  }, [isSearched]);
  const results = Object.entries(deliveries.results).map(([value, label]) => ({ value, label }));
  const directions = Object.entries(deliveries.directions).map(([value, label]) => ({ value, label }));
  const plugins = (data?.plugins ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const choice = { placeholder: common.all, clearable: true } as const;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" role="search">
      <TextInput
        label={deliveries.search}
        placeholder={deliveries.searchHint}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={({ currentTarget: { value } }) => {
          setSearch(value);
          searchSoon(value);
        }}
      />
      <Select
        label={deliveries.plugin}
        data={plugins}
        value={filter.plugin ?? null}
        onChange={(plugin) => onChange({ plugin: plugin ?? '' })}
        {...choice}
      />
      <Select
        label={deliveries.result}
        data={results}
        value={filter.result ?? null}
        onChange={(result) => onChange({ result: result ?? '' })}
        {...choice}
      />
      <Select
        label={deliveries.direction}
        data={directions}
        value={filter.direction ?? null}
        onChange={(direction) => onChange({ direction: direction ?? '' })}
        {...choice}
      />
    </SimpleGrid>
  );
}
