import { Fieldset, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { MailServer } from '../../api/mailboxes.ts';
import { useTexts } from '../../texts/index.ts';

interface ServerFieldsProps {
  readonly legend: string;
  readonly server: MailServer;
  readonly onChange: (part: Partial<MailServer>) => void;
  readonly errorAt: (field: keyof MailServer) => string | undefined;
}

/** Where mail is read, or sent. */
export function ServerFields({ legend, server, onChange, errorAt }: ServerFieldsProps) {
  const { mailboxes } = useTexts();
  return (
    <Fieldset legend={legend} className="mailbox-server">
      <TextInput
        label={mailboxes.host}
        value={server.host}
        onChange={(event) => onChange({ host: event.currentTarget.value })}
        error={errorAt('host')}
        required
        maxLength={253}
        spellCheck={false}
      />
      <NumberInput
        label={mailboxes.port}
        value={server.port}
        onChange={(port) => onChange({ port: Number(port) })}
        error={errorAt('port')}
        required
        min={1}
        max={65_535}
        hideControls
      />
      <NativeSelect
        label={mailboxes.security}
        value={server.security}
        onChange={(event) => onChange({ security: event.currentTarget.value === 'tls' ? 'tls' : 'starttls' })}
        error={errorAt('security')}
        data={(['tls', 'starttls'] as const).map((value) => ({ value, label: mailboxes.securities[value] }))}
      />
      <TextInput
        label={mailboxes.user}
        description={mailboxes.userHint}
        value={server.user}
        onChange={(event) => onChange({ user: event.currentTarget.value })}
        error={errorAt('user')}
        maxLength={320}
        autoComplete="off"
        spellCheck={false}
      />
    </Fieldset>
  );
}
