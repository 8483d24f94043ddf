import { defineRole } from 'twenty-sdk/define';

import { deskRole } from '../kit/roles.ts';

export default defineRole(
  deskRole({
    key: 'deskAdmin',
    label: 'Desk admin',
    description: 'Looks after locations, contracts, protocols and the data of the desk',
    icon: 'IconShieldCheck',
    flags: ['VIEWS', 'LAYOUTS', 'UPLOAD_FILE', 'DOWNLOAD_FILE', 'IMPORT_CSV', 'EXPORT_CSV'],
    access: {
      location: 'softDelete',
      asset: 'softDelete',
      contract: 'softDelete',
      protocol: 'softDelete',
      serviceCase: 'softDelete',
      malfunction: 'softDelete',
      phoneCall: 'softDelete',
      caseMessage: 'softDelete',
      callScript: 'softDelete',
      callList: 'softDelete',
      callTarget: 'softDelete',
    },
  }),
);
