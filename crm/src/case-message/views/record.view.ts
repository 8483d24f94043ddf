import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView('caseMessage', 'Message', {
    General: ['name', 'subject', 'direction', 'channel', 'status', 'occurredAt'],
    People: ['person', 'fromName', 'fromAddress', 'toAddresses', 'ccAddresses', 'sender', 'senderCheck'],
    About: ['serviceCase', 'malfunction', 'files', 'failureReason'],
    System: ['messageId', 'inReplyTo', 'threadKey', 'externalKey'],
  }),
);
