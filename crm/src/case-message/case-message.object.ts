import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { CHANNELS, DIRECTIONS } from '../kit/vocabulary.ts';
import { MESSAGE_STATES, SENDER_CHECKS } from './case-message.choices.ts';

const field = fieldsOf('caseMessage');

export default defineObject({
  universalIdentifier: objectId('caseMessage'),
  nameSingular: 'caseMessage',
  namePlural: 'caseMessages',
  labelSingular: 'Message',
  labelPlural: 'Messages',
  description: 'A message to or from a customer about a case or malfunction',
  icon: 'IconMail',
  isSearchable: true,
  isUICreatable: false,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('caseMessage', 'name'),
  fields: [
    field.text('name', 'Message', { icon: 'IconMail', description: 'Direction and subject, written by the hub' }),
    field.key('externalKey', 'External key', {
      icon: 'IconFingerprint',
      description: 'The same message fetched twice has the same key',
    }),
    field.select('direction', 'Direction', DIRECTIONS, { icon: 'IconArrowsLeftRight' }),
    field.select('channel', 'Channel', CHANNELS, { icon: 'IconMessages', initial: 'EMAIL' }),
    field.select('status', 'Status', MESSAGE_STATES, { icon: 'IconProgress' }),
    field.text('subject', 'Subject', { icon: 'IconHeading' }),
    field.dateTime('occurredAt', 'Sent or received at', { icon: 'IconCalendarEvent' }),
    field.text('fromName', 'From (name)', { icon: 'IconUser' }),
    field.text('fromAddress', 'From (address)', { icon: 'IconAt' }),
    field.list('toAddresses', 'To', { icon: 'IconAt' }),
    field.list('ccAddresses', 'Copy to', { icon: 'IconAt' }),
    field.select('senderCheck', 'Sender', SENDER_CHECKS, { icon: 'IconShieldCheck' }),
    field.text('failureReason', 'Why it failed', { icon: 'IconMailX' }),
    field.richText('body', 'Text', { icon: 'IconFileText' }),
    field.files('files', 'Attached files', { icon: 'IconPaperclip' }),
    field.text('messageId', 'Message id', { icon: 'IconHash' }),
    field.text('inReplyTo', 'In reply to', { icon: 'IconMessageCircle' }),
    field.text('threadKey', 'Thread', { icon: 'IconMessages' }),
    ...relationsOf('caseMessage'),
  ],
});
