import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { searchQuery } from '../../api/find.ts';
import { useTenant } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';

interface PickCaseProps {
  readonly label: string;
  readonly onPick: (caseId: string | undefined) => void;
}

const PAUSE_MS = 200;

/** Finds a case by its number, its words or its customer. */
export function PickCase({ label, onPick }: PickCaseProps) {
  const { mail, desk } = useTexts();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<{ readonly value: string; readonly label: string }>();
  const [wanted] = useDebouncedValue(text === picked?.label ? '' : text.trim(), PAUSE_MS);
  const { data } = useQuery(searchQuery(useTenant(), wanted));
  const found = (data?.hits ?? [])
    .filter(({ kind }) => kind === 'serviceCase')
    .map(({ id, title, detail }) => ({ value: id, label: [title, detail].filter((part) => part !== '').join(', ') }));
  const choices = [...(picked === undefined ? [] : [picked]), ...found.filter(({ value }) => value !== picked?.value)];
  return (
    <Select
      label={label}
      description={mail.look.pickHint}
      searchable
      data={choices}
      filter={({ options }) => options}
      nothingFoundMessage={wanted.length > 1 ? desk.form.nothingFound : desk.form.search}
      value={picked?.value ?? null}
      onSearchChange={setText}
      onChange={(id) => {
        setPicked(choices.find(({ value }) => value === id));
        onPick(id ?? undefined);
      }}
      comboboxProps={{ withinPortal: true, zIndex: 500 }}
    />
  );
}
