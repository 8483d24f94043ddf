import { type Icon, IconBrandSlack, IconMail, IconPhone, IconPlug } from '@tabler/icons-react';
import type { Plugin } from '../../api/types.ts';
import type { Tone } from '../../kit/state-badge.tsx';

const icons: Readonly<Record<string, Icon>> = { threecx: IconPhone, mail: IconMail, slack: IconBrandSlack };

export const iconOf = (plugin: string): Icon => icons[plugin] ?? IconPlug;

const tones: Readonly<Record<Plugin['state'], Tone>> = {
  enabled: 'ok',
  paused: 'paused',
  disabled: 'off',
  broken: 'failed',
};

export const toneOf = (state: Plugin['state']): Tone => tones[state];
