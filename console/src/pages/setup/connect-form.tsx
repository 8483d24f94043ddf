import { Button, Checkbox, Grid, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import { Problem } from '../../api/client.ts';
import { connectCrm, createTenant, tenantsQuery } from '../../api/sign-in.ts';
import type { Tenant } from '../../api/types.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useSpeech } from '../../texts/index.ts';
import { countries, slugOf, timeZones } from './places.ts';
import { Progress } from './progress.tsx';
import { useConnecting } from './use-connecting.ts';

interface ConnectFormProps {
  /** The tenant that is connected; without it a new one is made. */
  readonly known: Tenant | undefined;
  readonly onBack?: () => void;
}

export function ConnectForm({ known, onBack }: ConnectFormProps) {
  const { texts, language } = useSpeech();
  const { setup, common } = texts;
  const [tenant, setTenant] = useState(known);
  const [entered, setEntered] = useState(() => blank(known));
  const edit = (change: Partial<typeof entered>) => setEntered((before) => ({ ...before, ...change }));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const connect = useMutation({
    mutationFn: async () => {
      const { url, apiKey, installApp, ...rest } = entered;
      // Made once: whoever corrects the key does not make a second tenant.
      const own = tenant ?? (await createTenant({ ...rest, slug: rest.slug || slugOf(rest.name) }));
      setTenant(own);
      // In the address, so that a page that is loaded again shows how far this one is.
      await navigate({ to: '/setup', search: { workspace: own.slug }, replace: true });
      return await connectCrm(own.slug, { url: url.trim(), apiKey: apiKey.trim(), installApp });
    },
    onMutate: () => progress.noteAttempt(),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: tenantsQuery.queryKey, refetchType: 'none' });
      // An attempt may end before it was asked for the first time.
      await queries.invalidateQueries({ queryKey: ['connecting'] });
    },
  });
  const progress = useConnecting(tenant, connect.isPending);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    connect.mutate();
  };
  const errorAt = fieldError(connect.error);
  const countryNames = useMemo(() => countries(language), [language]);
  return (
    <Stack gap="lg">
      <form onSubmit={submit}>
        <Grid gap="md">
          {tenant === undefined && (
            <>
              <Grid.Col span={{ base: 12, sm: 6 }}>
                <TextInput
                  label={setup.name}
                  description={setup.nameHint}
                  required
                  maxLength={100}
                  value={entered.name}
                  error={errorAt('name')}
                  onChange={({ currentTarget: { value } }) => edit({ name: value })}
                />
              </Grid.Col>
              <Grid.Col span={{ base: 12, sm: 6 }}>
                <TextInput
                  label={setup.slug}
                  description={setup.slugHint}
                  placeholder={slugOf(entered.name)}
                  value={entered.slug}
                  error={errorAt('slug')}
                  onChange={({ currentTarget: { value } }) => edit({ slug: value })}
                  spellCheck={false}
                  autoCapitalize="none"
                />
              </Grid.Col>
              <Grid.Col span={{ base: 12, sm: 6 }}>
                <Select
                  label={setup.country}
                  description={setup.countryHint}
                  required
                  searchable
                  data={countryNames}
                  value={entered.country}
                  error={errorAt('country')}
                  onChange={(value) => edit({ country: value ?? '' })}
                  allowDeselect={false}
                />
              </Grid.Col>
              <Grid.Col span={{ base: 12, sm: 6 }}>
                <Select
                  label={setup.timeZone}
                  required
                  searchable
                  data={timeZones()}
                  value={entered.timeZone}
                  error={errorAt('timeZone')}
                  limit={60}
                  onChange={(value) => edit({ timeZone: value ?? '' })}
                  allowDeselect={false}
                />
              </Grid.Col>
            </>
          )}
          <Grid.Col span={12}>
            <TextInput
              label={setup.url}
              description={setup.urlHint}
              required
              type="url"
              value={entered.url}
              error={errorAt('url')}
              onChange={({ currentTarget: { value } }) => edit({ url: value })}
              spellCheck={false}
            />
          </Grid.Col>
          <Grid.Col span={12}>
            <PasswordInput
              label={setup.apiKey}
              description={setup.apiKeyHint}
              required
              value={entered.apiKey}
              error={errorAt('apiKey')}
              autoComplete="off"
              onChange={({ currentTarget: { value } }) => edit({ apiKey: value })}
            />
          </Grid.Col>
          <Grid.Col span={12}>
            <Checkbox
              label={setup.installApp}
              description={setup.installAppHint}
              checked={entered.installApp}
              onChange={({ currentTarget: { checked } }) => edit({ installApp: checked })}
            />
          </Grid.Col>
        </Grid>
        <Group mt="lg" gap="xs">
          <Button type="submit" loading={connect.isPending || progress.isGoingOn}>
            {setup.connect}
          </Button>
          {onBack !== undefined && (
            <Button variant="default" onClick={onBack}>
              {common.back}
            </Button>
          )}
        </Group>
      </form>
      {connect.isError && !progress.hasBegun && <ProblemNote error={connect.error} />}
      {tenant !== undefined && progress.connecting !== undefined && (
        <Progress tenant={tenant} connecting={progress.connecting} />
      )}
    </Stack>
  );
}

const blank = (known: Tenant | undefined) => ({
  name: '',
  slug: '',
  country: new Intl.Locale(navigator.language).region ?? '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  url: known?.crmUrl ?? '',
  apiKey: '',
  installApp: true,
});

/** The hub names fields as `body.country` or `slug`. */
const fieldError = (error: unknown) => (name: string) =>
  error instanceof Problem && error.field?.split('.').at(-1) === name ? error.message : undefined;
