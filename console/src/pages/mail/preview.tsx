import { Text } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { type MailRequest, type PreviewedMail, previewPage } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';

interface PreviewProps {
  readonly mail: PreviewedMail;
  /** What the mail was made from; the hub makes the same page of it once more. */
  readonly request: MailRequest;
}

/** A mail as the hub would send it. */
export function MailPreview({ mail: shown, request }: PreviewProps) {
  const { mail } = useTexts();
  const lines = [
    [mail.from, [shown.from]],
    [mail.to, shown.to],
    [mail.cc, shown.cc],
    [mail.bcc, shown.bcc],
    [mail.subject, [shown.subject]],
  ] as const;
  return (
    <section className="mail-preview" aria-label={mail.previewTitle}>
      <Text size="sm" fw={600}>
        {mail.previewTitle}
      </Text>
      <dl className="mail-head">
        {lines
          .filter(([, values]) => values.length > 0)
          .map(([name, values]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{values.join(', ')}</dd>
            </div>
          ))}
      </dl>
      {shown.html === '' ? <pre className="mail-text">{shown.text}</pre> : <Formatted request={request} />}
    </section>
  );
}

/** The form goes to the hub and the answer into the frame: a page with rules of its own, which runs and loads nothing. */
function Formatted({ request }: Pick<PreviewProps, 'request'>) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const name = useId();
  const form = useRef<HTMLFormElement>(null);
  const json = JSON.stringify(request);
  useEffect(() => form.current?.submit(), [json]);
  return (
    <>
      <form ref={form} method="post" action={previewPage(tenant)} target={name} hidden>
        <input type="hidden" name="mail" value={json} readOnly />
      </form>
      <iframe name={name} title={mail.previewFrame} sandbox="" className="mail-frame" />
    </>
  );
}
