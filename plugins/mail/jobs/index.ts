import { handle, type JobHandler } from '@switchboard/core/contract';
import { setSomeApart, sweepUnused } from '../files/set-apart.ts';
import { setFilesApart, sweepFiles } from '../files/work.ts';
import { finishing } from '../mailboxes/sign-in.ts';
import { verifySenders } from '../prove/verify-senders.ts';
import { verifySenders as verifySendersType } from '../prove/work.ts';
import { tellPeople } from '../reach/tell-people.ts';
import { tellPeople as tellPeopleType } from '../reach/work.ts';
import { readMessageAgain } from '../receive/set-aside.ts';
import { sweepDiscarded } from '../receive/discard.ts';
import { readAgain, sweepDiscarded as sweepDiscardedType } from '../receive/work.ts';
import type { Context } from '../services.ts';
import { acknowledgeMail, fileMail, tidyMail } from './file-mail.ts';
import { copyToSent, lookInSent, transmitMail } from './send-mail.ts';

/** All background work of the plugin. */
export const jobs: readonly JobHandler<Context>[] = [
  finishing,
  fileMail,
  acknowledgeMail,
  tidyMail,
  transmitMail,
  copyToSent,
  lookInSent,
  handle<Context, typeof readAgain.payload>(readAgain, (context, { messageId }) =>
    readMessageAgain(context, messageId),
  ),
  handle<Context, typeof verifySendersType.payload>(verifySendersType, (context, asked, { signal }) =>
    verifySenders(context, asked, signal),
  ),
  handle<Context, typeof tellPeopleType.payload>(tellPeopleType, tellPeople),
  handle<Context, typeof setFilesApart.payload>(setFilesApart, (context, _payload, { signal }) =>
    setSomeApart(context, signal),
  ),
  handle<Context, typeof sweepDiscardedType.payload>(sweepDiscardedType, (context, _payload, { signal }) =>
    sweepDiscarded(context, signal),
  ),
  handle<Context, typeof sweepFiles.payload>(sweepFiles, (context, _payload, { signal }) =>
    sweepUnused(context, signal),
  ),
];
