import { handle } from '@switchboard/core/contract';
import { copyMail, lookForMail } from '../send/sent-copy.ts';
import { transmit } from '../send/transmit.ts';
import { copyToSent as copyType, lookInSent as lookType, transmitMail as transmitType } from '../send/work.ts';
import type { Context } from '../services.ts';

export const transmitMail = handle<Context, typeof transmitType.payload>(transmitType, (context, { mailId }, run) =>
  transmit(context, mailId, run),
);

export const copyToSent = handle<Context, typeof copyType.payload>(copyType, (context, { mailId }, run) =>
  copyMail(context, mailId, run),
);

export const lookInSent = handle<Context, typeof lookType.payload>(lookType, (context, { mailId }, { signal }) =>
  lookForMail(context, mailId, signal),
);
