import { Button, FileButton, Group, Menu, Pill, Stack, Text } from '@mantine/core';
import { IconFolderOpen, IconMail, IconMicrophone, IconPaperclip, IconSend } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type CaseFile, type HeldFile, takeFile, uploadFile } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { inWords } from '../../kit/in-words.ts';
import { Moment } from '../../kit/moment.tsx';
import { useSpeech } from '../../texts/index.ts';
import { type DraftFile, nameOf } from './draft.ts';
import { fileSize } from './words.ts';

/** What a mail carries, in one file or in many. */
const MOST_OF_ALL = 18 * 1024 * 1024;

interface FilesFieldProps {
  readonly files: readonly DraftFile[];
  /** Files of the case's mails, recordings of its calls, and what lies with it in Twenty. */
  readonly offered: readonly CaseFile[];
  readonly error: string | undefined;
  readonly onAdd: (file: DraftFile) => void;
  readonly onRemove: (file: DraftFile) => void;
}

/** Attachments: from this computer, or of the case. */
export function FilesField({ files, offered, error, onAdd, onRemove }: FilesFieldProps) {
  const { texts, language } = useSpeech();
  const { mail } = texts;
  const tenant = useTenant();
  const [coming, setComing] = useState<readonly Coming[]>([]);
  const [problem, setProblem] = useState<string>();
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  /** Shows that it is on its way, and what became of it. */
  const bring = async (one: Coming, fetched: () => Promise<DraftFile>) => {
    setComing((now) => [...now, one]);
    try {
      onAdd(await fetched());
    } catch (error_) {
      const { title, remedy } = inWords(error_, texts);
      setProblem([`${one.name}: ${title}`, remedy].filter((part) => part !== undefined).join('. '));
    } finally {
      setComing((now) => now.filter((other) => other !== one));
    }
  };
  const add = async (chosen: readonly File[]) => {
    setProblem(undefined);
    for (const file of chosen) {
      const { name, size } = file;
      if (size > MOST_OF_ALL) setProblem(mail.fileTooLarge(name, fileSize(MOST_OF_ALL, language)));
      else await bring({ name }, async () => ({ ...(await uploadFile(tenant, file)), name }));
    }
  };
  const attach = async (file: CaseFile) => {
    setProblem(undefined);
    if (file.kind === 'attached') {
      const { name, fileId } = file;
      return await bring({ name, fileId }, async () => ({ ...(await takeFile(tenant, file)), fileId }));
    }
    if (total + file.bytes > MOST_OF_ALL) setProblem(mail.filesTooLarge(fileSize(MOST_OF_ALL, language)));
    else onAdd(withoutTime(file));
  };
  const left = offered.filter((one) => ![...files, ...coming].some((file) => isSame(file, one)));
  const shownProblem =
    error ?? problem ?? (total > MOST_OF_ALL ? mail.filesTooLarge(fileSize(MOST_OF_ALL, language)) : undefined);
  return (
    <Stack gap="xs" role="group" aria-label={mail.files}>
      <Group gap="xs">
        <FileButton multiple onChange={(chosen) => void add(chosen)}>
          {(props) => (
            <Button {...props} size="xs" variant="default" leftSection={<IconPaperclip size={15} aria-hidden />}>
              {mail.addFile}
            </Button>
          )}
        </FileButton>
        {left.length > 0 && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<IconFolderOpen size={15} aria-hidden />}>
                {mail.caseFiles}
              </Button>
            </Menu.Target>
            <Menu.Dropdown mah={320} className="scrolls">
              {left.map((file) => (
                <OfferedFile key={offeredName(file)} file={file} onChoose={() => void attach(file)} />
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {files.length > 0 && (
        <Pill.Group>
          {files.map((file) => (
            <Pill
              key={nameOf(file)}
              withRemoveButton
              onRemove={() => onRemove(file)}
              removeButtonProps={{ 'aria-label': mail.removeFile(file.name), 'aria-hidden': false, tabIndex: 0 }}
            >
              {file.name} ({fileSize(file.bytes, language)})
            </Pill>
          ))}
        </Pill.Group>
      )}
      {coming.map(({ name, fileId }) => (
        <Text key={`${fileId} ${name}`} size="sm" c="dimmed" role="status">
          {fileId === undefined ? mail.uploading(name) : mail.taking(name)}
        </Text>
      ))}
      {shownProblem !== undefined && (
        <Text size="sm" className="mail-error" role="alert">
          {shownProblem}
        </Text>
      )}
    </Stack>
  );
}

/** On its way to the hub: from this computer, or from Twenty. */
interface Coming {
  readonly name: string;
  readonly fileId?: string;
}

function OfferedFile({ file, onChoose }: { readonly file: CaseFile; readonly onChoose: () => void }) {
  const { texts, language } = useSpeech();
  const { fileKinds, attachedBy } = texts.mail;
  const size = file.kind === 'attached' ? '' : ` (${fileSize(file.bytes, language)})`;
  const from = file.kind === 'attached' && file.by !== '' ? attachedBy(file.by) : fileKinds[file.kind];
  return (
    <Menu.Item leftSection={icons[file.kind]} onClick={onChoose}>
      {`${file.name}${size}`}
      <Text size="xs" c="dimmed">
        {from} · <Moment at={file.at} />
      </Text>
    </Menu.Item>
  );
}

const icons: Readonly<Record<CaseFile['kind'], ReactNode>> = {
  received: <IconMail size={15} aria-hidden />,
  sent: <IconSend size={15} aria-hidden />,
  recording: <IconMicrophone size={15} aria-hidden />,
  attached: <IconPaperclip size={15} aria-hidden />,
};

function withoutTime(file: HeldFile): DraftFile {
  const { name, bytes } = file;
  if (file.kind === 'recording') return { callId: file.callId, recordingId: file.recordingId, name, bytes };
  return { mailId: file.mailId, kind: file.kind, section: file.section, name, bytes };
}

const offeredName = (one: CaseFile): string =>
  one.kind === 'attached' ? `${one.attachmentId} ${one.fileId}` : nameOf(withoutTime(one));

function isSame(file: DraftFile | Coming, one: CaseFile): boolean {
  if (one.kind === 'attached') return file.fileId === one.fileId;
  return 'bytes' in file && nameOf(file) === nameOf(withoutTime(one));
}
