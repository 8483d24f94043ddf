import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type FindObject, findQuery, type FoundRecord, type Named } from '../api/desk.ts';
import { useTenant } from '../api/session.ts';
import { useTexts } from '../texts/index.ts';

interface PickRecordProps {
  readonly object: FindObject;
  readonly label: string;
  readonly value: Named | null;
  readonly onPick: (record: Named | null) => void;
  readonly isDisabled?: boolean;
  /** In a dialog: whoever opened it can type at once. */
  readonly isFirst?: boolean;
  /** The record that the choice is for, and that is none of them. */
  readonly except?: string;
}

const PAUSE_MS = 150;

/** Finds a record while somebody types. */
export function PickRecord({
  object,
  label,
  value,
  onPick,
  isDisabled = false,
  isFirst = false,
  except,
}: PickRecordProps) {
  const { desk } = useTexts();
  const tenant = useTenant();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text === value?.name ? '' : text, PAUSE_MS);
  const isAsked = wanted.trim().length > 1;
  const { data } = useQuery({ ...findQuery(tenant, object, wanted), placeholderData: keepPreviousData });
  const found = isAsked ? (data?.found ?? []) : [];
  const own: readonly FoundRecord[] = value === null ? [] : [{ ...value, detail: '' }];
  const choices = [...own, ...found.filter(({ id }) => id !== value?.id && id !== except)];
  return (
    <Select
      label={label}
      description={object === 'serviceCase' ? desk.form.caseHint : undefined}
      placeholder={desk.form.search}
      searchable
      clearable
      disabled={isDisabled}
      {...(isFirst ? { 'data-autofocus': true } : {})}
      // There is nothing to choose before something is typed.
      openOnFocus={false}
      data={choices.map(({ id, name }) => ({ value: id, label: name === '' ? id : name }))}
      // The hub has looked already; its near matches count as well.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <Choice name={option.label} detail={choices.find(({ id }) => id === option.value)?.detail ?? ''} />
      )}
      nothingFoundMessage={isAsked && data !== undefined ? desk.form.nothingFound : desk.form.search}
      value={value?.id ?? null}
      onSearchChange={setText}
      onChange={(id) => onPick(choices.find((one) => one.id === id) ?? null)}
      comboboxProps={{ withinPortal: true, zIndex: 500 }}
      clearButtonProps={{ 'aria-label': `${label}: ${desk.form.close}`, tabIndex: -1 }}
    />
  );
}

function Choice({ name, detail }: { readonly name: string; readonly detail: string }) {
  return (
    <span className="break">
      {name}
      {detail !== '' && (
        <Text span display="block" size="xs" c="dimmed">
          {detail}
        </Text>
      )}
    </span>
  );
}
