import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FolderMember } from '../../api/malfunctions.ts';
import { type LeftOut, type Preview, type PreviewedMail, previewQuery } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { Trouble } from './composer.tsx';
import { type Draft, isAddress, toRequest } from './draft.ts';
import { sendGroup } from './group-send.ts';
import { MailPreview } from './preview.tsx';

interface GroupCheckProps {
  readonly folderId: string;
  readonly cases: readonly FolderMember[];
  readonly draft: Draft;
  readonly onBack: () => void;
  readonly onSent: (requestId: string) => void;
}

/** Who gets what, and who gets nothing and why; the number is said before anything is sent. */
export function GroupCheck({ folderId, cases, draft, onBack, onSent }: GroupCheckProps) {
  const { mail } = useTexts();
  const request = toRequest(draft, { malfunctionId: folderId, caseIds: cases.map(({ id }) => id) }, 'contact');
  const query = useQuery(previewQuery(useTenant(), request));
  return (
    <>
      <Group>
        <Button variant="default" size="xs" onClick={onBack}>
          {mail.group.back}
        </Button>
      </Group>
      {query.isError ? (
        <Trouble error={query.error} errors={{}} />
      ) : (
        <Loaded query={query}>
          {(preview) => <Checked preview={preview} folderId={folderId} cases={cases} draft={draft} onSent={onSent} />}
        </Loaded>
      )}
    </>
  );
}

type CheckedProps = Omit<GroupCheckProps, 'onBack'> & { readonly preview: Preview };

function Checked({ preview: { mails, leftOut }, folderId, cases, draft, onSent }: CheckedProps) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [others, setOthers] = useState<Readonly<Record<string, string>>>({});
  const given = leftOut.flatMap(({ caseId }) => {
    const address = others[caseId]?.trim() ?? '';
    return address === '' ? [] : [{ caseId, address }];
  });
  const isWrong = given.some(({ address }) => !isAddress(address));
  const chosen = mails.filter(({ caseId }) => !skipped.has(caseId)).map(({ caseId }) => caseId);
  const count = chosen.length + given.length;
  const send = useDeed({
    act: async () => await sendGroup(tenant, { folderId, draft, caseIds: chosen, given }),
    touches: ['case-mail', 'mail-sent'],
    onDone: () => onSent(draft.requestId),
    isQuiet: true,
  });
  const toggle = (caseId: string) =>
    setSkipped(new Set(skipped.has(caseId) ? [...skipped].filter((one) => one !== caseId) : [...skipped, caseId]));
  const nameOf = (caseId: string) => caseName(cases.find(({ id }) => id === caseId));
  return (
    <>
      {mails.length > 0 && (
        <Section title={mail.group.recipients} hint={mail.group.recipientsHint}>
          <ul className="entry-list">
            {mails.map((one) => (
              <li key={one.caseId}>
                <Recipient
                  one={one}
                  name={nameOf(one.caseId)}
                  isChosen={!skipped.has(one.caseId)}
                  onToggle={() => toggle(one.caseId)}
                  folderId={folderId}
                  draft={draft}
                />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {leftOut.length > 0 && (
        <Section title={mail.group.leftOut} hint={mail.group.leftOutHint}>
          <ul className="entry-list">
            {leftOut.map((one) => (
              <li key={one.caseId}>
                <Skipped
                  one={one}
                  name={nameOf(one.caseId)}
                  address={others[one.caseId] ?? ''}
                  onAddress={(address) => setOthers({ ...others, [one.caseId]: address })}
                />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {send.isError && <Trouble error={send.error} errors={{}} />}
      <Group justify="flex-end">
        <Button disabled={count === 0 || isWrong} loading={send.isPending} onClick={() => send.mutate(undefined)}>
          {mail.group.send(count)}
        </Button>
      </Group>
    </>
  );
}

export function caseName(one: FolderMember | undefined): string {
  return [one?.number ?? '', one?.title ?? '', one?.person?.name ?? ''].filter((part) => part !== '').join(' · ');
}

interface RecipientProps {
  readonly one: PreviewedMail;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
  readonly folderId: string;
  readonly draft: Draft;
}

function Recipient({ one, name, isChosen, onToggle, folderId, draft }: RecipientProps) {
  const { mail } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <Stack gap={4} py={8}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Checkbox size="sm" checked={isChosen} onChange={onToggle} aria-label={mail.group.include(name)} />
        <div className="entry-words">
          <Text size="sm" fw={600} component="div" className="break">
            {name}
          </Text>
          <Text size="sm" component="div" c="dimmed" className="break">
            {one.to.join(', ')}
          </Text>
          {one.missing.length > 0 && (
            <Text size="sm" className="mail-warning">
              {mail.missing(one.missing.join(', '))}
            </Text>
          )}
          {one.warnings.map((warning) => (
            <Text key={warning} size="sm" className="mail-warning">
              {warning}
            </Text>
          ))}
        </div>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={isOpen}
          aria-label={mail.group.showMail(name)}
          onClick={() => setOpen(!isOpen)}
        >
          {mail.preview}
        </Button>
      </Group>
      {isOpen && (
        <MailPreview
          mail={one}
          request={toRequest(draft, { malfunctionId: folderId, caseIds: [one.caseId] }, 'contact')}
        />
      )}
    </Stack>
  );
}

interface SkippedProps {
  readonly one: LeftOut;
  readonly name: string;
  readonly address: string;
  readonly onAddress: (address: string) => void;
}

function Skipped({ one: { reason, detail }, name, address, onAddress }: SkippedProps) {
  const { mail } = useTexts();
  const text = address.trim();
  return (
    <Group gap="sm" align="flex-start" py={8}>
      <div className="entry-words">
        <Text size="sm" fw={600} component="div" className="break">
          {name}
        </Text>
        <Text size="sm" className="mail-warning">
          {mail.group.reasons[reason] ?? detail}
        </Text>
      </div>
      {reason !== 'not-there' && (
        <TextInput
          type="email"
          aria-label={mail.group.otherAddressFor(name)}
          placeholder={mail.group.otherAddress}
          value={address}
          onChange={(event) => onAddress(event.currentTarget.value)}
          error={text === '' || isAddress(text) ? undefined : mail.problems.noAddress(text)}
          maxLength={254}
        />
      )}
    </Group>
  );
}
