import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { linkCases, type LinkKind, mergeCases, splitCase } from '../../api/cases.ts';
import { caseMailQuery, type Named, type ShownCase } from '../../api/desk.ts';
import { useTenant } from '../../api/session.ts';
import { PickRecord } from '../../desk/pick-record.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useSpeech, useTexts } from '../../texts/index.ts';
import type { RelationDeed } from './relations.tsx';

interface DialogProps {
  readonly shown: ShownCase;
  readonly onClose: () => void;
}

/** Merging, splitting and linking, each with what follows from it. */
export function RelationDialog({ deed, ...props }: DialogProps & { readonly deed: RelationDeed }) {
  if (deed === 'merge') return <MergeDialog {...props} />;
  return deed === 'split' ? <SplitDialog {...props} /> : <LinkDialog {...props} />;
}

function MergeDialog({ shown: { caseId }, onClose }: DialogProps) {
  const { caseWork } = useTexts();
  const { deeds } = caseWork;
  const tenant = useTenant();
  const navigate = useNavigate();
  const [other, setOther] = useState<Named | null>(null);
  const [requestId] = useState(() => crypto.randomUUID());
  const deed = useDeed({
    act: async (into: Named) =>
      await mergeCases(tenant, { requestId: `${requestId}/${into.id}`, caseId, intoId: into.id }),
    touches: ['case', 'journal'],
    done: () => deeds.merged,
    isQuiet: true,
    onDone: ({ intoId }) => {
      onClose();
      void navigate({ to: '/$tenant/cases/$id', params: { tenant, id: intoId } });
    },
  });
  return (
    <Frame
      title={deeds.mergeTitle}
      button={deeds.merge}
      isReady={other !== null}
      isBusy={deed.isPending}
      error={deed.error}
      onClose={onClose}
      onSubmit={() => other !== null && deed.mutate(other)}
    >
      <Text size="sm">{deeds.mergeHint}</Text>
      <OtherCase caseId={caseId} value={other} onPick={setOther} />
    </Frame>
  );
}

function LinkDialog({ shown: { caseId }, onClose }: DialogProps) {
  const { caseWork } = useTexts();
  const { deeds } = caseWork;
  const tenant = useTenant();
  const [other, setOther] = useState<Named | null>(null);
  const [kind, setKind] = useState<LinkKind>('related');
  const deed = useDeed({
    act: async (to: Named) => await linkCases(tenant, { caseId, otherId: to.id, kind }),
    touches: ['case'],
    done: () => deeds.linked,
    isQuiet: true,
    onDone: onClose,
  });
  return (
    <Frame
      title={deeds.linkTitle}
      button={deeds.link}
      isReady={other !== null}
      isBusy={deed.isPending}
      error={deed.error}
      onClose={onClose}
      onSubmit={() => other !== null && deed.mutate(other)}
    >
      <OtherCase caseId={caseId} value={other} onPick={setOther} />
      <NativeSelect
        label={deeds.linkKind}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as LinkKind)}
        data={Object.entries(deeds.linkKinds).map(([value, label]) => ({ value, label }))}
      />
    </Frame>
  );
}

function SplitDialog({ shown, onClose }: DialogProps) {
  const { caseWork, cases, desk } = useTexts();
  const { deeds } = caseWork;
  const { times } = useSpeech();
  const tenant = useTenant();
  const navigate = useNavigate();
  const { data } = useQuery(caseMailQuery(tenant, shown.caseId));
  const [subject, setSubject] = useState('');
  const [callIds, setCalls] = useState<readonly string[]>([]);
  const [mailIds, setMails] = useState<readonly string[]>([]);
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const deed = useDeed({
    act: async () =>
      await splitCase(tenant, { requestId, caseId: shown.caseId, subject: subject.trim(), callIds, mailIds }),
    touches: ['case', 'case-mail', 'journal'],
    done: ({ number }) => deeds.splitDone(number),
    isQuiet: true,
    onDone: ({ caseId }) => {
      onClose();
      void navigate({ to: '/$tenant/cases/$id', params: { tenant, id: caseId } });
    },
  });
  const toggled = (list: readonly string[], id: string) =>
    list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
  const change = (act: () => void) => {
    act();
    setRequestId(crypto.randomUUID());
  };
  const mails = (data?.mails ?? []).filter(({ kind }) => kind === 'received');
  const at = (moment: string | null) => (moment === null ? '' : times.exact.format(new Date(moment)));
  return (
    <Frame
      title={deeds.splitTitle}
      button={deeds.split}
      isReady={subject.trim() !== '' && callIds.length + mailIds.length > 0}
      isBusy={deed.isPending}
      error={deed.error}
      onClose={onClose}
      onSubmit={() => deed.mutate(undefined)}
    >
      <Text size="sm">{deeds.splitHint}</Text>
      <TextInput
        label={deeds.splitSubject}
        value={subject}
        onChange={(event) => change(() => setSubject(event.currentTarget.value))}
        maxLength={250}
        required
        data-autofocus
      />
      {shown.calls.length + mails.length === 0 && <Text size="sm">{deeds.splitNothing}</Text>}
      {shown.calls.map(({ id, startedAt, direction, phoneNumber }) => (
        <Checkbox
          key={id}
          checked={callIds.includes(id)}
          onChange={() => change(() => setCalls(toggled(callIds, id)))}
          label={[desk.directions[direction ?? ''] ?? cases.callOngoing, phoneNumber, at(startedAt)]
            .filter((part) => part)
            .join(' · ')}
        />
      ))}
      {mails.map((mail) => (
        <Checkbox
          key={mail.id}
          checked={mailIds.includes(mail.id)}
          onChange={() => change(() => setMails(toggled(mailIds, mail.id)))}
          label={[mail.from.name || mail.from.address, mail.subject, at(mail.at)].filter((part) => part).join(' · ')}
        />
      ))}
    </Frame>
  );
}

interface OtherCaseProps {
  readonly caseId: string;
  readonly value: Named | null;
  readonly onPick: (other: Named | null) => void;
}

function OtherCase({ caseId, value, onPick }: OtherCaseProps) {
  const { deeds } = useTexts().caseWork;
  return <PickRecord object="serviceCase" label={deeds.other} value={value} onPick={onPick} except={caseId} isFirst />;
}

interface FrameProps {
  readonly title: string;
  readonly button: string;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: React.ReactNode;
}

function Frame({ title, button, isReady, isBusy, error, onClose, onSubmit, children }: FrameProps) {
  const { common } = useTexts();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !isBusy) onSubmit();
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': common.close }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {children}
          {error !== null && error !== undefined && <ProblemNote error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!isReady}>
              {button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
