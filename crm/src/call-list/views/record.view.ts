import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView('callList', 'Call list', {
    General: ['name', 'purpose', 'status', 'callScript', 'owner'],
    Calling: ['startsAt', 'endsAt', 'callingHours', 'maxAttempts', 'retryMinutes', 'mayBeSkipped'],
    Progress: ['targetCount', 'doneCount'],
    System: ['externalId'],
  }),
);
