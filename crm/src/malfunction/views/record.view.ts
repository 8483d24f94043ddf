import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView(
    'malfunction',
    'Malfunction',
    {
      General: ['number', 'title', 'status', 'severity', 'kind', 'assetKind', 'owner', 'tags'],
      Where: ['company', 'location', 'asset'],
      Announcement: ['isMajor', 'announcement', 'expectedResolutionAt'],
      Members: ['caseCount', 'callCount'],
      History: ['openedAt', 'lastActivityAt', 'resolvedAt', 'closedAt'],
      System: ['externalId'],
    },
    { Members: 'Calls and cases' },
  ),
);
