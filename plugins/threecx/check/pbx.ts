import type { CheckLine } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { checkCallControl } from './call-control.ts';
import { checkLedger } from './ledger.ts';
import { checkSystem } from './system.ts';
import { checkTemplate } from './template-test.ts';
import { checkUsers } from './users.ts';

/**
 * What the PBX itself offers to the hub. Each API works without the others, and the template works without all of them: what is missing
 * is told, with what it takes to have it.
 */
export async function checkPbx(context: Context, signal: AbortSignal): Promise<CheckLine[]> {
  if (context.config.pbxUrl === undefined) return [withoutAddress];
  const { xapi } = context.services.pbx;
  if (xapi === undefined) return [withoutXapi, ...(await checkCallControl(context, {}, signal))];
  const system = await checkSystem(xapi, signal);
  if (!system.isReachable) return [...system.lines, ...(await checkCallControl(context, {}, signal))];
  const users = await checkUsers(context, xapi, system.facts, signal);
  const [ledger, control, template] = await Promise.all([
    checkLedger(context, xapi, system.facts, signal),
    checkCallControl(context, { ...system.facts, agents: users.agents }, signal),
    checkTemplate(context, xapi, system.facts, signal),
  ]);
  return [...system.lines, ...users.lines, ...ledger, ...control, ...template];
}

const withoutAddress: CheckLine = {
  name: 'Interfaces of 3CX',
  state: 'off',
  code: 'threecx.no-address',
  detail:
    'The address of the PBX is not set: the hub learns of calls from the template, at the first ring and when they are over. ' +
    'There is no live view, no control of telephones, no call log, no recordings and no synchronisation of agents.',
  remedy:
    'With an Enterprise licence make API clients in 3CX under Integrations, API, and enter them with the address.',
};

const withoutXapi: CheckLine = {
  name: 'Configuration API',
  state: 'off',
  code: 'threecx.no-sync-client',
  detail:
    'No client for it is entered: there is no call log, there are no recordings and no synchronisation of agents.',
  remedy:
    'Make a client with "Configuration API" and the role System Owner in 3CX, and enter it as syncClientId and syncSecret.',
};
