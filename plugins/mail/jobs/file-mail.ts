import { handle } from '@switchboard/core/contract';
import { acknowledge } from '../file/acknowledge.ts';
import { forgetArrivals } from '../file/arrivals.ts';
import { fileMessages } from '../file/file-messages.ts';
import { acknowledgeMail as acknowledgeType, fileMail as fileType, tidyMail as tidyType } from '../file/work.ts';
import type { Context } from '../services.ts';

export const fileMail = handle<Context, typeof fileType.payload>(fileType, (context, { messageIds }) =>
  fileMessages(context, messageIds),
);

export const acknowledgeMail = handle<Context, typeof acknowledgeType.payload>(
  acknowledgeType,
  (context, { messageId, since }) => acknowledge(context, messageId, new Date(since)),
);

const DAY_MS = 86_400_000;

export const tidyMail = handle<Context, typeof tidyType.payload>(tidyType, ({ tables, clock }) =>
  forgetArrivals(tables, new Date(clock.now() - DAY_MS)),
);
