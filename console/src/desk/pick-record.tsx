import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type FindObject, findQuery, type Named } from '../api/desk.ts';
import { useTenant } from '../api/session.ts';
import { useTexts } from '../texts/index.ts';

interface PickRecordProps {
  readonly object: FindObject;
  readonly label: string;
  readonly value: Named | null;
  readonly onPick: (record: Named | null) => void;
  readonly isDisabled?: boolean;
}

const PAUSE_MS = 150;

/** Finds a person or a place while somebody types. */
export function PickRecord({ object, label, value, onPick, isDisabled = false }: PickRecordProps) {
  const { desk } = useTexts();
  const tenant = useTenant();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text === value?.name ? '' : text, PAUSE_MS);
  const { data } = useQuery(findQuery(tenant, object, wanted));
  const found = data?.found ?? [];
  const choices = [...(value === null ? [] : [value]), ...found.filter(({ id }) => id !== value?.id)];
  return (
    <Select
      label={label}
      placeholder={desk.form.search}
      searchable
      clearable
      disabled={isDisabled}
      data={choices.map(({ id, name }) => ({ value: id, label: name === '' ? id : name }))}
      // The hub has looked already; its near matches count as well.
      filter={({ options }) => options}
      nothingFoundMessage={wanted.trim().length > 1 ? desk.form.nothingFound : desk.form.search}
      value={value?.id ?? null}
      onSearchChange={setText}
      onChange={(id) => onPick(choices.find((one) => one.id === id) ?? null)}
      comboboxProps={{ withinPortal: true, zIndex: 500 }}
      clearButtonProps={{ 'aria-label': `${label}: ${desk.form.close}`, tabIndex: -1 }}
    />
  );
}
