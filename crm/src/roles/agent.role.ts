import { defineRole } from 'twenty-sdk/define';

import { deskRole } from '../kit/roles.ts';

export default defineRole(
  deskRole({
    key: 'agent',
    label: 'Agent',
    description: 'Answers calls and works on cases',
    icon: 'IconHeadset',
    flags: ['VIEWS', 'UPLOAD_FILE', 'DOWNLOAD_FILE'],
    access: {
      contract: 'read',
      protocol: 'read',
      callScript: 'read',
      callList: 'read',
      // Twenty cannot show a member only the own messages; the hub does, so here nobody but the admin sees them.
      caseMessage: 'none',
    },
  }),
);
