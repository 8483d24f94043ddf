import type { Texts } from '../index.ts';
import { audit } from './audit.ts';
import { caseWork } from './case-work.ts';
import { cases } from './cases.ts';
import { common } from './common.ts';
import { day } from './day.ts';
import { deliveries } from './deliveries.ts';
import { desk } from './desk.ts';
import { journal } from './journal.ts';
import { findings } from './findings.ts';
import { mail } from './mail.ts';
import { mailboxes } from './mailboxes.ts';
import { malfunctions } from './malfunctions.ts';
import { operations } from './operations.ts';
import { plugins } from './plugins.ts';
import { preparations } from './preparations.ts';
import { records } from './records.ts';
import { refusals } from './refusals.ts';
import { roles } from './roles.ts';
import { said } from './said.ts';
import { security } from './security.ts';
import { senders } from './senders.ts';
import { setup } from './setup.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';

export const german: Texts = {
  audit,
  caseWork,
  cases,
  common,
  day,
  deliveries,
  desk,
  findings,
  journal,
  mail,
  mailboxes,
  malfunctions,
  operations,
  plugins,
  preparations,
  records,
  refusals,
  roles,
  said,
  security,
  senders,
  setup,
  shell,
  signIn,
};
