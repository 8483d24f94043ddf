import { defineRole } from 'twenty-sdk/define';

import { deskRole } from '../kit/roles.ts';

export default defineRole(
  deskRole({
    key: 'teamLead',
    label: 'Team lead',
    description: 'Runs a team of agents: call lists, scripts, tidying up',
    icon: 'IconUsersGroup',
    flags: ['VIEWS', 'UPLOAD_FILE', 'DOWNLOAD_FILE', 'EXPORT_CSV'],
    access: {
      contract: 'read',
      serviceCase: 'softDelete',
      malfunction: 'softDelete',
      callList: 'softDelete',
      callTarget: 'softDelete',
      caseMessage: 'none',
    },
  }),
);
