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
    field.text('name', 'Message', {
      icon: 'IconMail',
      description: 'Direction and subject, written by the hub',
      readOnly: true,
    }),
    field.key('externalKey', 'External key', {
      icon: 'IconFingerprint',
      description: 'The same message fetched twice has the same key',
      readOnly: true,
    }),
    field.select('direction', 'Direction', DIRECTIONS, { icon: 'IconArrowsLeftRight', readOnly: true }),
    field.select('channel', 'Channel', CHANNELS, { icon: 'IconMessages', initial: 'EMAIL', readOnly: true }),
    field.select('status', 'Status', MESSAGE_STATES, { icon: 'IconProgress', readOnly: true }),
    field.text('subject', 'Subject', { icon: 'IconHeading', readOnly: true }),
    field.dateTime('occurredAt', 'Date', {
      icon: 'IconCalendarEvent',
      description: 'When it was sent or received',
      readOnly: true,
    }),
    field.text('fromName', 'From name', { icon: 'IconUser', readOnly: true }),
    field.text('fromAddress', 'From address', { icon: 'IconAt', readOnly: true }),
    field.list('toAddresses', 'To', { icon: 'IconAt', readOnly: true }),
    field.list('ccAddresses', 'Copy to', { icon: 'IconAt', readOnly: true }),
    field.select('senderCheck', 'Sender', SENDER_CHECKS, { icon: 'IconShieldCheck', readOnly: true }),
    field.text('failureReason', 'Why it failed', { icon: 'IconMailX', readOnly: true }),
    field.richText('body', 'Text', { icon: 'IconFileText', readOnly: true }),
    field.files('files', 'Files', { icon: 'IconPaperclip', readOnly: true }),
    field.text('messageId', 'Message id', { icon: 'IconHash', readOnly: true }),
    field.text('inReplyTo', 'In reply to', { icon: 'IconMessageCircle', readOnly: true }),
    field.text('threadKey', 'Thread', { icon: 'IconMessages', readOnly: true }),
    ...relationsOf('caseMessage'),
  ],
});
