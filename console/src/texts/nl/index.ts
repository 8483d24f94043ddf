import type { Texts } from '../index.ts';
import { audit } from './audit.ts';
import { common } from './common.ts';
import { deliveries } from './deliveries.ts';
import { operations } from './operations.ts';
import { plugins } from './plugins.ts';
import { roles } from './roles.ts';
import { security } from './security.ts';
import { settingNames } from './setting-names.ts';
import { setup } from './setup.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';

export const dutch: Texts = {
  audit,
  common,
  deliveries,
  operations,
  plugins,
  roles,
  security,
  settingNames,
  setup,
  shell,
  signIn,
};
