import { defineApplication } from 'twenty-sdk/define';

import { identifierOf } from './kit/identifiers.ts';

export default defineApplication({
  universalIdentifier: identifierOf('application', 'switchboard'),
  displayName: 'Switchboard',
  description: 'Calls, cases, malfunctions, locations and outbound calling, kept up to date by the Switchboard hub',
});
