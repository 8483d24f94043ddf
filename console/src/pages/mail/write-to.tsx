import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconMailPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { openCase } from '../../api/desk.ts';
import type { RecordThere } from '../../api/find.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { emptyDraft, written } from './draft.ts';
import { createMailKeeping } from './keeping.ts';

/** From a person's page to a mail: the case that it is about comes first, because the answer comes back there. */
export function WriteTo({ record }: { readonly record: RecordThere }) {
  const { mail } = useTexts();
  const { viewing, plugins } = useSession();
  const [isOpen, setOpen] = useState(false);
  if (!plugins.includes('mail') || viewing !== null) return undefined;
  return (
    <>
      <Button variant="default" leftSection={<IconMailPlus size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {mail.write}
      </Button>
      {isOpen && <Dialog record={record} onClose={() => setOpen(false)} />}
    </>
  );
}

const NEW = 'new';

function Dialog({ record, onClose }: { readonly record: RecordThere; readonly onClose: () => void }) {
  const { mail, common, cases } = useTexts();
  const tenant = useTenant();
  const { member } = useSession();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(record.cases[0]?.id ?? NEW);
  const [subject, setSubject] = useState('');
  const [requestId] = useState(() => crypto.randomUUID());
  const [address] = record.emails;
  const to = address === undefined ? [] : [written({ name: record.name, address })];
  const begin = useDeed({
    act: async () => {
      if (chosen !== NEW) return chosen;
      const fields = {
        subject: subject.trim(),
        channel: 'EMAIL',
        personId: record.id,
        ...(record.company === null ? {} : { companyId: record.company.id }),
        ...(record.location === null ? {} : { locationId: record.location.id }),
      };
      return (await openCase(tenant, { requestId, note: '', fields })).caseId;
    },
    touches: ['record', 'day'],
    isQuiet: true,
    onDone: (caseId) => {
      const keeping = createMailKeeping(tenant, member.id, caseId);
      const kept = keeping.load();
      const draft = kept.draft ?? { ...emptyDraft(crypto.randomUUID()), subject: chosen === NEW ? subject.trim() : '' };
      keeping.save({ ...kept, draft: { ...draft, to: [...new Set([...draft.to, ...to])] } });
      void navigate({ to: '/$tenant/cases/$id', params: { tenant, id: caseId } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate(undefined);
  };
  return (
    <Modal opened onClose={onClose} title={mail.writeTo(record.name)} closeButtonProps={{ 'aria-label': common.close }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {address === undefined && (
            <Text size="sm" className="mail-warning">
              {mail.person.noAddress}
            </Text>
          )}
          <NativeSelect
            label={mail.person.about}
            description={mail.person.aboutHint}
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[
              ...record.cases.map((one) => ({
                value: one.id,
                label: [one.number, one.subject ?? cases.noSubject].filter((part) => part !== null).join(' '),
              })),
              { value: NEW, label: mail.person.newCase },
            ]}
            data-autofocus
          />
          {chosen === NEW && (
            <TextInput
              label={mail.person.newCaseSubject}
              value={subject}
              onChange={(event) => setSubject(event.currentTarget.value)}
              required
              maxLength={250}
            />
          )}
          {begin.isError && <ProblemNote error={begin.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={begin.isPending}>
              {mail.person.open}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
