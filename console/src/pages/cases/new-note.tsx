import { Button, Group, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useEffect, useState } from 'react';
import { addNote } from '../../api/desk.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

interface NewNoteProps {
  readonly caseId: string;
  readonly onEditing: (isEditing: boolean) => void;
}

interface Kept {
  readonly text: string;
  readonly requestId: string;
}

/** What is typed outlives a reload, and the case itself. */
export function NewNote({ caseId, onEditing }: NewNoteProps) {
  const { cases } = useTexts();
  const tenant = useTenant();
  const { member } = useSession();
  const name = `switchboard.note.${tenant}.${member.id}.${caseId}`;
  const [note, setNote] = useState<Kept>(() => {
    const kept = sessionStorage.getItem(name);
    return kept === null ? { text: '', requestId: crypto.randomUUID() } : (JSON.parse(kept) as Kept);
  });
  useEffect(() => {
    if (note.text === '') sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(note));
  }, [name, note]);
  const save = useDeed({
    act: async () => await addNote(tenant, { caseId, requestId: note.requestId, text: note.text.trim() }),
    touches: ['case'],
    done: () => cases.noted,
    isQuiet: true,
    onDone: () => setNote({ text: '', requestId: crypto.randomUUID() }),
  });
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (note.text.trim() !== '' && !save.isPending) save.mutate(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <Section title={cases.note} isTitleHidden>
      <form onSubmit={submit} onKeyDown={onKeyDown}>
        <Textarea
          label={cases.note}
          description={cases.noteHint}
          value={note.text}
          onChange={(event) => setNote({ text: event.currentTarget.value, requestId: crypto.randomUUID() })}
          onFocus={() => onEditing(true)}
          onBlur={() => onEditing(false)}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={20_000}
        />
        {save.isError && <ProblemNote error={save.error} />}
        <Group justify="flex-end" mt="sm">
          <Button type="submit" size="xs" loading={save.isPending} disabled={note.text.trim() === ''}>
            {cases.addNote}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
