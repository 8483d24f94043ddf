import { type CheckLine, isKnownCountry } from '@switchboard/core/contract';
import { checkPbx } from './check/pbx.ts';
import type { Context } from './services.ts';

/** Whether 3CX can reach the hub and has been heard of, and what the PBX offers beyond that. What is off is told with reason and remedy. */
export async function check(context: Context, signal: AbortSignal): Promise<CheckLine[]> {
  // First: the test of the template makes 3CX ask.
  const pbx = await checkPbx(context, signal);
  return [await seen(context), reachable(context), country(context), await crm(context), ...pbx];
}

async function seen({ services }: Context): Promise<CheckLine> {
  const [lookup, call] = await Promise.all([services.sightings.last('lookup'), services.sightings.last('call')]);
  if (lookup === undefined && call === undefined) {
    return {
      name: 'Template installed',
      state: 'warning',
      code: 'threecx.template-unseen',
      detail: '3CX has not asked for a contact or reported a call yet.',
      remedy:
        'Download the template, install it in 3CX under Integrations, CRM with the hub key, and make a test call.',
    };
  }
  return {
    name: 'Template installed',
    state: 'ok',
    code: 'threecx.template-seen',
    values: { lookup: lookup?.toISOString() ?? '–', call: call?.toISOString() ?? '–' },
    detail: `Last lookup ${lookup?.toISOString() ?? 'never'}, last reported call ${call?.toISOString() ?? 'never'}.`,
  };
}

function reachable({ url }: Context): CheckLine {
  const { origin, protocol } = new URL(url('/'));
  const named = { name: 'Address', values: { origin } };
  if (protocol === 'https:') {
    return { ...named, state: 'ok', code: 'threecx.address', detail: `3CX reaches the hub at ${origin}.` };
  }
  return {
    ...named,
    state: 'warning',
    code: 'threecx.address-open',
    detail: `The hub's public address ${origin} is not https: the key travels readable.`,
    remedy: 'Put the hub behind https and set its public address, then download the template again.',
  };
}

function country({ tenant }: Context): CheckLine {
  const named = { name: 'Country', values: { country: tenant.country } };
  if (isKnownCountry(tenant.country)) {
    const detail = `Numbers without a country code are read as in ${tenant.country}.`;
    return { ...named, state: 'ok', code: 'threecx.country', detail };
  }
  return {
    ...named,
    state: 'failed',
    code: 'threecx.country-unknown',
    detail: `The tenant's country "${tenant.country}" is not known: numbers without a country code match nobody.`,
    remedy: 'Set the country of the tenant to its two-letter code, such as NL.',
  };
}

async function crm({ tenant, crm: mirror }: Context): Promise<CheckLine> {
  if (tenant.crmUrl === undefined) {
    return {
      name: 'CRM',
      state: 'failed',
      code: 'threecx.crm-missing',
      detail: 'The tenant is not connected to a Twenty workspace.',
      remedy: 'Connect the tenant to its workspace.',
    };
  }
  const [people, locations] = await Promise.all([mirror.count('person'), mirror.count('location')]);
  if (people + locations > 0) {
    const detail = `${people} people and ${locations} locations are known; contacts open in ${tenant.crmUrl}.`;
    const values = { people, locations, url: tenant.crmUrl };
    return { name: 'CRM', state: 'ok', code: 'threecx.crm', values, detail };
  }
  return {
    name: 'CRM',
    state: 'warning',
    code: 'threecx.crm-empty',
    detail: 'No person and no location is known yet: every caller is a stranger.',
    remedy: 'Wait until the records are copied from Twenty, or enter people there: npm run hub -- crm status TENANT.',
  };
}
