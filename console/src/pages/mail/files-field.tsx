import { Button, FileButton, Group, Menu, Pill, Stack, Text } from '@mantine/core';
import { IconFolderOpen, IconMail, IconMicrophone, IconPaperclip, IconSend } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type CaseFile, uploadFile } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { inWords } from '../../kit/in-words.ts';
import { useSpeech } from '../../texts/index.ts';
import type { DraftFile } from './draft.ts';
import { fileSize } from './words.ts';

/** What a mail carries, in one file or in many. */
const MOST_OF_ALL = 18 * 1024 * 1024;

interface FilesFieldProps {
  readonly files: readonly DraftFile[];
  /** Files of the case's mails, and recordings of its calls. */
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
  const [uploading, setUploading] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string>();
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const add = async (chosen: readonly File[]) => {
    setProblem(undefined);
    for (const file of chosen) {
      if (file.size > MOST_OF_ALL) {
        setProblem(mail.fileTooLarge(file.name, fileSize(MOST_OF_ALL, language)));
        continue;
      }
      setUploading((now) => [...now, file.name]);
      try {
        const { upload, bytes } = await uploadFile(tenant, file);
        onAdd({ upload, bytes, name: file.name });
      } catch (error_) {
        const { title, remedy } = inWords(error_, texts);
        setProblem([`${file.name}: ${title}`, remedy].filter((part) => part !== undefined).join('. '));
      } finally {
        setUploading((now) => now.filter((name) => name !== file.name));
      }
    }
  };
  const attach = (file: DraftFile) => {
    const isTooMuch = total + file.bytes > MOST_OF_ALL;
    setProblem(isTooMuch ? mail.filesTooLarge(fileSize(MOST_OF_ALL, language)) : undefined);
    if (!isTooMuch) onAdd(file);
  };
  const left = offered.filter((one) => !files.some((file) => isSame(file, one)));
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
                <Menu.Item key={nameOf(file)} leftSection={icons[file.kind]} onClick={() => attach(withoutTime(file))}>
                  {file.name} ({fileSize(file.bytes, language)})
                  <Text size="xs" c="dimmed">
                    {mail.fileKinds[file.kind]}
                  </Text>
                </Menu.Item>
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
      {uploading.map((name) => (
        <Text key={name} size="sm" c="dimmed" role="status">
          {mail.uploading(name)}
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

const icons: Readonly<Record<CaseFile['kind'], ReactNode>> = {
  received: <IconMail size={15} aria-hidden />,
  sent: <IconSend size={15} aria-hidden />,
  recording: <IconMicrophone size={15} aria-hidden />,
};

/** Another one for every file. */
function nameOf(file: DraftFile | CaseFile): string {
  if ('upload' in file) return `${file.upload} ${file.name}`;
  return 'callId' in file ? `${file.callId} ${file.recordingId}` : `${file.mailId} ${file.section}`;
}

function withoutTime(file: CaseFile): DraftFile {
  const { name, bytes } = file;
  if (file.kind === 'recording') return { callId: file.callId, recordingId: file.recordingId, name, bytes };
  return { mailId: file.mailId, kind: file.kind, section: file.section, name, bytes };
}

const isSame = (file: DraftFile, one: CaseFile) => nameOf(file) === nameOf(one);
