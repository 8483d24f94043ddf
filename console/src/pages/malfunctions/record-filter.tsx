import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { findQuery } from '../../api/desk.ts';
import { recordQuery } from '../../api/find.ts';
import { useTenant } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';

interface RecordFilterProps {
  readonly object: 'company' | 'location';
  readonly label: string;
  readonly placeholder: string;
  readonly id: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
}

/** Finds one customer or place among all of them, by a few letters. */
export function RecordFilter({ object, label, placeholder, id, onChoose }: RecordFilterProps) {
  const tenant = useTenant();
  const { malfunctions } = useTexts();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text, 150);
  const { data } = useQuery(findQuery(tenant, object, wanted));
  const { data: chosen } = useQuery({ ...recordQuery(tenant, object, id ?? ''), enabled: id !== undefined });
  const found = (data?.found ?? []).map((one) => ({ value: one.id, label: one.name }));
  const own = id === undefined ? [] : [{ value: id, label: chosen?.name ?? '' }];
  return (
    <Select
      aria-label={label}
      placeholder={placeholder}
      data={[...own, ...found.filter(({ value }) => value !== id)]}
      value={id ?? null}
      onChange={(next) => onChoose(next ?? undefined)}
      searchable
      searchValue={text}
      onSearchChange={setText}
      // What is found is what the hub answered: words in the middle, slips and all.
      filter={({ options }) => options}
      nothingFoundMessage={wanted.trim().length > 1 ? malfunctions.nothingFound : malfunctions.typeToFind}
      clearable
      className="folder-filter"
    />
  );
}
