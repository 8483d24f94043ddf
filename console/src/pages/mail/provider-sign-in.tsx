import { Anchor, Button, Modal, Stack, Text } from '@mantine/core';
import { IconExternalLink, IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { beginSignIn, type ManagedMailbox, type SignIn } from '../../api/mailboxes.ts';
import { pluginsQuery } from '../../api/plugins.ts';
import { useTenant } from '../../api/session.ts';
import { CopyField } from '../../kit/copy-field.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { listSettings } from '../../kit/schema-form/schema.ts';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useSpeech, useTexts } from '../../texts/index.ts';

type Provider = Exclude<SignIn, 'password'>;

/** What the settings of the plugin lack for the sign-in with a provider, as they are called there. */
export function useMissingClient(provider: SignIn): readonly string[] {
  const { data = [] } = useQuery(pluginsQuery(useTenant(), useSpeech().spoken));
  const plugin = data.find(({ id }) => id === 'mail');
  if (plugin === undefined || provider === 'password') return [];
  const id = `${provider}ClientId`;
  const secret = `${provider}Secret`;
  const hasId = typeof plugin.config[id] === 'string' && plugin.config[id] !== '';
  const missing = [...(hasId ? [] : [id]), ...(plugin.secrets.includes(secret) ? [] : [secret])];
  const settings = listSettings(plugin.settings);
  return missing.map((name) => settings.find((one) => one.name === name)?.schema.title ?? name);
}

/** What to do before anybody can sign in with that provider. */
export function MissingClient({
  provider,
  missing,
}: {
  readonly provider: Provider;
  readonly missing: readonly string[];
}) {
  const { mailboxes } = useTexts();
  const tenant = useTenant();
  const label = mailboxes.auths[provider];
  const names = missing.join(', ');
  return (
    <VerdictNote verdict="warning" icon={<IconKey aria-hidden />} title={mailboxes.clientMissing(label)}>
      <Stack gap="xs">
        <Text size="sm">{mailboxes.clientMissingHint(label, names)}</Text>
        <CopyField label={mailboxes.redirect} value={`${window.location.origin}/hooks/${tenant}/mail/signed-in`} />
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/$tenant/plugins/$plugin" params={{ tenant, plugin: 'mail' }} />}
        >
          {mailboxes.toSettings}
        </Anchor>
      </Stack>
    </VerdictNote>
  );
}

interface ProviderSignInProps {
  readonly mailbox: Pick<ManagedMailbox, 'id' | 'address'>;
  readonly provider: Provider;
  readonly onClose: () => void;
}

/** The way to the provider; a link of its own window, which no browser holds back. */
export function ProviderSignIn({ mailbox: { id, address }, provider, onClose }: ProviderSignInProps) {
  const { mailboxes, common } = useTexts();
  const tenant = useTenant();
  const missing = useMissingClient(provider);
  const begun = useQuery({
    queryKey: ['mailbox-sign-in', tenant, id],
    queryFn: async () => await beginSignIn(tenant, id),
    enabled: missing.length === 0,
    // Each asking is a new state, good for one time.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={mailboxes.signInTitle(address)}
      centered
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {missing.length > 0 ? (
        <MissingClient provider={provider} missing={missing} />
      ) : (
        <Stack gap="md">
          <Text size="sm">{mailboxes.signInText}</Text>
          <Loaded query={begun}>
            {(url) => (
              <Button
                component="a"
                href={url}
                target="_blank"
                rel="noreferrer"
                onClick={onClose}
                leftSection={<IconExternalLink size={16} aria-hidden />}
              >
                {mailboxes.signInWith(mailboxes.auths[provider])}
              </Button>
            )}
          </Loaded>
        </Stack>
      )}
    </Modal>
  );
}
