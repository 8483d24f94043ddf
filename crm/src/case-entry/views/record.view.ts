import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView('caseEntry', 'Journal entry', {
    General: ['name', 'kind', 'occurredAt', 'sequence'],
    Who: ['actorKind', 'actorName', 'member', 'source'],
    About: ['serviceCase', 'malfunction', 'phoneCall', 'caseMessage'],
    Change: ['before', 'after'],
    Proof: ['hash', 'previousHash'],
    System: ['requestId', 'externalKey'],
  }),
);
