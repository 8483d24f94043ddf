import { Button } from '@mantine/core';
import { useState } from 'react';
import { disablePlugin, enablePlugin, pausePlugin } from '../../api/plugins.ts';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

const touches = ['plugins', 'work', 'desk', 'day', 'session'];

/** Pause, go on, turn off. */
export function Switches({ plugin }: { readonly plugin: Plugin }) {
  const { plugins } = useTexts();
  const tenant = useTenant();
  const [asking, setAsking] = useState<'pause' | 'disable'>();
  const { id, name, state } = plugin;
  const close = () => setAsking(undefined);
  const resume = useDeed({ act: () => enablePlugin(tenant, id, {}), done: () => plugins.enabled(name), touches });
  const pause = useDeed({
    act: (reason: string) => pausePlugin(tenant, id, reason),
    done: () => plugins.paused(name),
    touches,
    onDone: close,
    isQuiet: true,
  });
  const disable = useDeed({
    act: () => disablePlugin(tenant, id),
    done: () => plugins.disabled(name),
    touches,
    onDone: close,
    isQuiet: true,
  });
  if (state === 'disabled' || state === 'broken') return undefined;
  return (
    <>
      {state === 'paused' ? (
        <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
          {plugins.resume}
        </Button>
      ) : (
        <Button size="xs" variant="default" onClick={() => setAsking('pause')}>
          {plugins.pause}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setAsking('disable')}>
        {plugins.disable}
      </Button>
      {asking === 'pause' && (
        <Confirm
          title={plugins.pauseTitle(name)}
          text={plugins.pauseText}
          deed={plugins.pause}
          asksReason={{ hint: plugins.reasonHint }}
          isBusy={pause.isPending}
          error={pause.error}
          onConfirm={(reason) => pause.mutate(reason)}
          onClose={close}
        />
      )}
      {asking === 'disable' && (
        <Confirm
          title={plugins.disableTitle(name)}
          text={plugins.disableText}
          deed={plugins.disable}
          isGrave
          isBusy={disable.isPending}
          error={disable.error}
          onConfirm={() => disable.mutate(undefined)}
          onClose={close}
        />
      )}
    </>
  );
}
