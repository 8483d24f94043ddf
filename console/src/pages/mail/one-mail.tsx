import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowBackUpDouble, IconArrowForwardUp, IconPaperclip } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { attachmentLink, mailPage, sourceLink, type WholeMail, wholeMailQuery } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { useSpeech, useTexts } from '../../texts/index.ts';
import type { Answer } from './thread.tsx';
import { written } from './draft.ts';
import { SenderProof } from './sender-proof.tsx';
import { fileSize } from './words.ts';

interface OneMailProps {
  readonly id: string;
  readonly kind: 'received' | 'sent';
  readonly onAnswer?: ((mail: WholeMail, how: Answer) => void) | undefined;
}

/** A mail whole: what was written first, what it answers behind a button. */
export function OneMail({ id, kind, onAnswer }: OneMailProps) {
  const query = useQuery(wholeMailQuery(useTenant(), kind, id));
  return (
    <Stack gap="sm" mt="sm">
      <Loaded query={query} skeleton={<Lines count={3} />}>
        {(mail) => (
          <>
            {mail.kind === 'received' && <SenderProof proof={mail.proof} />}
            <Head mail={mail} />
            <Body mail={mail} />
            <Files mail={mail} />
            {onAnswer !== undefined && <Answers onAnswer={(how) => onAnswer(mail, how)} />}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Head({ mail: shown }: { readonly mail: WholeMail }) {
  const { mail } = useTexts();
  const from = shown.kind === 'sent' ? [shown.from] : shown.from;
  const bcc = shown.kind === 'sent' ? shown.bcc : [];
  const lines = [
    [mail.from, from],
    [mail.to, shown.to],
    [mail.cc, shown.cc],
    [mail.bcc, bcc],
  ] as const;
  return (
    <dl className="mail-head">
      {lines
        .filter(([, people]) => people.length > 0)
        .map(([name, people]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{people.map(written).join(', ')}</dd>
          </div>
        ))}
    </dl>
  );
}

function Body({ mail: shown }: { readonly mail: WholeMail }) {
  const { mail } = useTexts();
  const [isWhole, setWhole] = useState(false);
  const [isFormatted, setFormatted] = useState(false);
  const reply = shown.kind === 'received' ? shown.replyText.trimEnd() : shown.text.trimEnd();
  const whole = shown.kind === 'received' ? shown.text.trimEnd() : `${reply}\n\n${shown.quote}`.trimEnd();
  const hasHtml = shown.kind === 'received' ? shown.hasHtml : shown.html !== '';
  return (
    <>
      {isFormatted ? <Formatted mail={shown} /> : <pre className="mail-text">{isWhole ? whole : reply || whole}</pre>}
      <Group gap="xs">
        {!isFormatted && whole !== reply && reply !== '' && (
          <Button size="compact-xs" variant="subtle" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? mail.replyOnly : mail.wholeText}
          </Button>
        )}
        {hasHtml && (
          <Button size="compact-xs" variant="subtle" onClick={() => setFormatted(!isFormatted)}>
            {isFormatted ? mail.plain : mail.formatted}
          </Button>
        )}
      </Group>
    </>
  );
}

/** In a frame that runs nothing and has no rights of ours; pictures from elsewhere come when somebody asks, and through the hub. */
function Formatted({ mail: { id, kind, subject, ...shown } }: { readonly mail: WholeMail }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const [images, setImages] = useState<'own' | 'all'>('own');
  return (
    <>
      {'hasRemotePictures' in shown && shown.hasRemotePictures && images === 'own' && (
        <Group gap="xs">
          <Button size="compact-xs" variant="default" onClick={() => setImages('all')}>
            {mail.pictures}
          </Button>
          <Text size="xs" c="dimmed">
            {mail.picturesHint}
          </Text>
        </Group>
      )}
      <iframe
        key={images}
        title={mail.mailFrame(subject)}
        src={mailPage(tenant, { id, kind, images })}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        className="mail-frame"
      />
    </>
  );
}

function Files({ mail: shown }: { readonly mail: WholeMail }) {
  const {
    texts: { mail },
    language,
  } = useSpeech();
  const tenant = useTenant();
  const { id, kind } = shown;
  const files =
    shown.kind === 'received'
      ? shown.attachments
          .filter(({ section, inline }) => section !== '' && !inline)
          .map(({ section, name, safeName, bytes }) => ({ section, name: name || safeName, bytes }))
      : shown.attachments.map(({ name, bytes }, index) => ({ section: String(index), name, bytes }));
  return (
    <Group gap="md">
      {files.map(({ section, name, bytes }) => (
        <Anchor
          key={section}
          href={attachmentLink(tenant, { id, kind, section })}
          download={name}
          size="sm"
          className="break"
        >
          <IconPaperclip size={14} aria-hidden /> {name} ({fileSize(bytes, language)})
        </Anchor>
      ))}
      {kind === 'received' && (
        <Anchor href={sourceLink(tenant, kind, id)} download size="xs" c="dimmed" underline="always">
          {mail.source}
        </Anchor>
      )}
    </Group>
  );
}

function Answers({ onAnswer }: { readonly onAnswer: (how: Answer) => void }) {
  const { mail } = useTexts();
  return (
    <Group gap="xs">
      <ActionButton icon={IconArrowBackUp} isBusy={false} onAct={() => onAnswer('reply')}>
        {mail.reply}
      </ActionButton>
      <ActionButton icon={IconArrowBackUpDouble} isBusy={false} onAct={() => onAnswer('reply-all')}>
        {mail.replyAll}
      </ActionButton>
      <ActionButton icon={IconArrowForwardUp} isBusy={false} onAct={() => onAnswer('forward')}>
        {mail.forward}
      </ActionButton>
    </Group>
  );
}
