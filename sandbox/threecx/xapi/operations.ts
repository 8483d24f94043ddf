import { callLogOperations } from './call-log.ts';
import { chatOperations } from './chats.ts';
import { crmOperations } from './crm.ts';
import { groupOperations } from './groups.ts';
import { liveOperations } from './live.ts';
import { numberOperations } from './numbers.ts';
import type { Operation } from './odata/router.ts';
import type { XapiParts } from './parts.ts';
import { recordingOperations } from './recordings.ts';
import { systemOperations } from './system.ts';
import { userOperations } from './users.ts';

/** Everything of XAPI that the stand-in knows. */
export function allOperations(parts: XapiParts): Operation[] {
  return [
    systemOperations,
    userOperations,
    groupOperations,
    numberOperations,
    liveOperations,
    callLogOperations,
    recordingOperations,
    crmOperations,
    chatOperations,
  ].flatMap((operations) => operations(parts));
}
