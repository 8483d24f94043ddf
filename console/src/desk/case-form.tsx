import { Alert, Button, Group, Kbd, NativeSelect, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { DeskSetup } from '../api/desk-setup.ts';
import { openCase } from '../api/desk.ts';
import { useTenant } from '../api/session.ts';
import { ProblemNote } from '../kit/problem-note.tsx';
import { useDeed } from '../kit/use-deed.ts';
import { useTexts } from '../texts/index.ts';
import { useDesk } from './desk-context.tsx';
import { Duplicates } from './duplicates.tsx';
import { type CaseForm as Form, caseFields, type KeptCall } from './kept.ts';
import { PickRecord } from './pick-record.tsx';
import { useCardDeeds } from './use-card-deeds.ts';

const priorities = ['LOW', 'NORMAL', 'HIGH', 'URGENT'];
const kinds = ['FAULT', 'QUESTION', 'REQUEST', 'COMPLAINT', 'MAINTENANCE', 'OTHER'];

/** The case of a call, filled in while talking. Every letter is kept at once. */
export function CaseForm({ call, setup }: { readonly call: KeptCall; readonly setup: DeskSetup }) {
  const { desk, cases } = useTexts();
  const tenant = useTenant();
  const queries = useQueryClient();
  const { change } = useDesk()!;
  const [isTried, setTried] = useState(false);
  const { card, form, requestId } = call;
  const { locked } = setup;
  const { callId } = card;
  const put = (part: Partial<Form>) => change(callId, (now) => ({ form: { ...now.form, ...part } }));

  const save = useDeed({
    act: async () =>
      await openCase(tenant, {
        requestId,
        callId,
        note: form.note.trim(),
        fields: caseFields(call, locked),
        ...(form.followsId === undefined ? {} : { followsId: form.followsId }),
      }),
    touches: ['draft', 'calls'],
    isQuiet: true,
    onDone(opened) {
      change(callId, (now) => ({
        form: { ...now.form, isOpen: false },
        result:
          opened.outcome === 'opened'
            ? { kind: 'case', caseId: opened.caseId, name: opened.number }
            : { kind: 'elsewhere', caseId: opened.caseId },
      }));
      void queries.invalidateQueries({ queryKey: ['case', tenant] });
    },
  });
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    if (form.subject.trim() !== '' && !save.isPending) save.mutate(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    if (event.key === 'Escape') {
      event.stopPropagation();
      put({ isOpen: false });
    }
  };
  const { attach } = useCardDeeds(call);
  const valued = (list: readonly string[]) => list.map((value) => ({ value, label: cases.values[value] ?? value }));
  const person = form.person ?? call.draft?.person ?? card.person;
  const location = form.location ?? call.draft?.location ?? card.location;
  if (!setup.may.openCases) return <Alert color="gray">{desk.form.mayNot}</Alert>;
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} aria-label={desk.form.title} className="case-form">
      <Stack gap="sm">
        <Title order={4} fz={14}>
          {desk.form.title}
        </Title>
        <TextInput
          label={desk.form.subject}
          placeholder={desk.form.subjectHint}
          value={form.subject}
          onChange={(event) => put({ subject: event.currentTarget.value })}
          maxLength={250}
          required
          autoFocus
          {...(isTried && form.subject.trim() === '' ? { error: desk.form.needsSubject } : {})}
        />
        <Textarea
          label={desk.form.note}
          placeholder={desk.form.noteHint}
          value={form.note}
          onChange={(event) => put({ note: event.currentTarget.value })}
          autosize
          minRows={3}
          maxRows={8}
          maxLength={20_000}
        />
        <Group grow gap="sm">
          <NativeSelect
            label={desk.form.priority}
            value={form.priority}
            disabled={locked.includes('priority')}
            onChange={(event) => put({ priority: event.currentTarget.value })}
            data={valued(priorities)}
          />
          <NativeSelect
            label={desk.form.kind}
            value={form.kind}
            disabled={locked.includes('kind')}
            onChange={(event) => put({ kind: event.currentTarget.value })}
            data={valued(kinds)}
          />
        </Group>
        <PickRecord
          object="location"
          label={desk.form.location}
          value={location}
          onPick={(record) => put({ location: record ?? undefined })}
        />
        <PickRecord
          object="person"
          label={desk.form.person}
          value={person}
          onPick={(record) => put({ person: record ?? undefined })}
        />
        <Duplicates
          written={{
            text: form.subject,
            ...(person == null ? {} : { personId: person.id }),
            ...(location == null ? {} : { locationId: location.id }),
          }}
          onAttach={attach}
        />
        {save.isError && <ProblemNote error={save.error} />}
        <Group justify="space-between" gap="xs">
          <Button variant="subtle" color="gray" size="xs" className="plain" onClick={() => put({ isOpen: false })}>
            {desk.form.close}
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            rightSection={
              <Kbd size="xs" aria-hidden>
                Ctrl ↵
              </Kbd>
            }
          >
            {desk.form.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
