import { Group, SegmentedControl, Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { FolderSearch } from '../../api/malfunctions.ts';
import { useTexts } from '../../texts/index.ts';
import { RecordFilter } from './record-filter.tsx';

/** What of the malfunctions is shown, and how; it stands in the address of the page. */
export function Filters() {
  const { malfunctions } = useTexts();
  const search = useSearch({ from: '/$tenant/malfunctions' });
  const navigate = useNavigate({ from: '/$tenant/malfunctions' });
  const choose = (part: { readonly [Name in keyof FolderSearch]: string | undefined }) =>
    void navigate({
      search: Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined)),
      replace: true,
    });
  return (
    <Group gap="sm" align="flex-end">
      <SegmentedControl
        aria-label={malfunctions.view}
        value={search.view ?? 'list'}
        onChange={(view) => choose({ view: view === 'list' ? undefined : view })}
        data={[
          { value: 'list', label: malfunctions.list },
          { value: 'board', label: malfunctions.board },
          { value: 'map', label: malfunctions.map.view },
        ]}
      />
      <SegmentedControl
        aria-label={malfunctions.which}
        value={search.state ?? 'open'}
        onChange={(state) => choose({ state })}
        data={[
          { value: 'open', label: malfunctions.open },
          { value: 'ended', label: malfunctions.ended },
          { value: 'all', label: malfunctions.all },
        ]}
      />
      <Select
        aria-label={malfunctions.kind}
        placeholder={malfunctions.anyKind}
        data={options(malfunctions.kinds)}
        value={search.kind ?? null}
        onChange={(kind) => choose({ kind: kind ?? undefined })}
        clearable
        className="folder-filter"
      />
      <Select
        aria-label={malfunctions.period}
        placeholder={malfunctions.anyPeriod}
        data={options(malfunctions.periods)}
        value={search.period ?? null}
        onChange={(period) => choose({ period: period ?? undefined })}
        clearable
        className="folder-filter"
      />
      <RecordFilter
        object="company"
        label={malfunctions.customer}
        placeholder={malfunctions.anyCustomer}
        id={search.companyId}
        onChoose={(companyId) => choose({ companyId })}
      />
      <RecordFilter
        object="location"
        label={malfunctions.location}
        placeholder={malfunctions.anyLocation}
        id={search.locationId}
        onChoose={(locationId) => choose({ locationId })}
      />
    </Group>
  );
}

function options(names: Readonly<Record<string, string>>) {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}
