import { Button, Group, NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { deskQuery } from '../../api/desk-setup.ts';
import { changeCase, clashesIn, type FieldChange, type Named, type ShownCase } from '../../api/desk.ts';
import { useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { Clashes } from './clashes.tsx';
import { Links } from './links.tsx';

const choices = {
  status: [
    'NEW',
    'OPEN',
    'IN_PROGRESS',
    'WAITING_FOR_CUSTOMER',
    'WAITING_FOR_OTHERS',
    'RESOLVED',
    'CLOSED',
    'CANCELLED',
  ],
  priority: ['LOW', 'NORMAL', 'HIGH', 'URGENT'],
  kind: ['FAULT', 'QUESTION', 'REQUEST', 'COMPLAINT', 'MAINTENANCE', 'OTHER'],
} as const;

type Changes = Readonly<Record<string, FieldChange>>;

interface HandlingProps {
  readonly shown: ShownCase;
  readonly onEditing: (isEditing: boolean) => void;
}

/** What is being done about the case, and by whom. What somebody has changed and not saved stays, whatever others save meanwhile. */
export function Handling({ shown, onEditing }: HandlingProps) {
  const { cases } = useTexts();
  const tenant = useTenant();
  const { data: setup } = useQuery(deskQuery(tenant));
  const [changes, setChanges] = useState<Changes>({});
  const [picked, setPicked] = useState<Readonly<Record<string, Named | null>>>({});
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const { caseId, fields, isEditable, locked } = shown;
  const isLocked = (field: string) => !isEditable || locked.includes(field);
  const isDirty = Object.keys(changes).length > 0;
  useEffect(() => onEditing(isDirty), [isDirty, onEditing]);

  const textOf = (field: string) => (typeof fields[field] === 'string' ? fields[field] : null);
  const valueOf = (field: string) => (field in changes ? changes[field]!.to : textOf(field)) ?? '';
  /** What a change replaces is what was there when it was begun. */
  const put = (field: string, text: string) => {
    const to = text === '' ? null : text;
    const from = changes[field]?.from ?? textOf(field);
    const rest = Object.entries(changes).filter(([name]) => name !== field);
    setChanges(Object.fromEntries(to === from ? rest : [...rest, [field, { from, to }]]));
    setRequestId(crypto.randomUUID());
  };
  const pick = (field: string, record: Named | null) => {
    setPicked({ ...picked, [field]: record });
    put(field, record?.id ?? '');
  };
  const discard = () => {
    setChanges({});
    setPicked({});
  };
  const save = useDeed({
    act: async () => await changeCase(tenant, { requestId, caseId, changes }),
    touches: ['case'],
    done: () => cases.saved,
    isQuiet: true,
    onDone: () => discard(),
  });
  const clashes = clashesIn(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isDirty && !save.isPending) save.mutate(undefined);
  };
  /** Theirs: the change goes. Mine: it replaces what they wrote, now that it was seen. */
  const decide = (field: string, keeps: 'mine' | 'theirs', theirs: string | null) => {
    const change = changes[field];
    const rest = Object.entries(changes).filter(([name]) => name !== field);
    if (keeps === 'theirs') setPicked(({ [field]: _given, ...others }) => others);
    const kept = keeps === 'mine' && change !== undefined ? [[field, { from: theirs, to: change.to }] as const] : [];
    setChanges(Object.fromEntries([...rest, ...kept]));
    setRequestId(crypto.randomUUID());
    if (clashes.length === 1) save.reset();
  };
  const select = (field: keyof typeof choices) => (
    <NativeSelect
      label={cases.fields[field]}
      value={valueOf(field)}
      disabled={isLocked(field)}
      onChange={(event) => put(field, event.currentTarget.value)}
      data={[
        ...(choices[field].some((value) => value === valueOf(field))
          ? []
          : [{ value: valueOf(field), label: cases.values[valueOf(field)] ?? (valueOf(field) || cases.none) }]),
        ...choices[field].map((value) => ({ value: value as string, label: cases.values[value] ?? value })),
      ]}
    />
  );
  const assignee = shown.links['assigneeId'];
  const named = [...Object.values(shown.links), ...Object.values(picked)].filter((one) => one !== null);
  const members = setup?.members ?? (assignee === undefined ? [] : [assignee]);
  return (
    <Section title={cases.handling}>
      <form onSubmit={submit}>
        <TextInput
          label={cases.fields['subject']}
          value={valueOf('subject')}
          disabled={isLocked('subject')}
          onChange={(event) => put('subject', event.currentTarget.value)}
          maxLength={250}
          mb="sm"
        />
        <SimpleGrid type="container" cols={{ base: 1, '360px': 2 }} spacing="sm">
          {select('status')}
          <NativeSelect
            label={cases.fields['assigneeId']}
            value={valueOf('assigneeId')}
            disabled={isLocked('assigneeId')}
            onChange={(event) => put('assigneeId', event.currentTarget.value)}
            data={[{ value: '', label: cases.nobody }, ...members.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          {select('priority')}
          {select('kind')}
        </SimpleGrid>
        <Links shown={shown} picked={picked} isLocked={isLocked} onPick={pick} />
        <TextInput
          label={cases.fields['nextStep']}
          value={valueOf('nextStep')}
          disabled={isLocked('nextStep')}
          onChange={(event) => put('nextStep', event.currentTarget.value)}
          maxLength={250}
          mt="sm"
        />
        {clashes.length > 0 && (
          <Clashes
            clashes={clashes.filter(({ field }) => field in changes)}
            members={[...members, ...named]}
            onDecide={decide}
          />
        )}
        {save.isError && clashes.length === 0 && <ProblemNote error={save.error} />}
        {isDirty && (
          <Group justify="flex-end" mt="md" gap="xs">
            <Text size="sm" c="dimmed">
              {cases.unsaved}
            </Text>
            <Button variant="default" size="xs" onClick={discard}>
              {cases.discard}
            </Button>
            <Button type="submit" size="xs" loading={save.isPending}>
              {cases.save}
            </Button>
          </Group>
        )}
      </form>
    </Section>
  );
}
