import type { CheckLine } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Xapi } from '../client/xapi.ts';
import { printable } from '../payload.ts';
import type { Context } from '../services.ts';
import { TEMPLATE_NAME } from '../template/template.ts';
import { probe } from './probe.ts';
import { type Facts, understood, whyMissing } from './system.ts';

const integration = z.object({ Name: z.string().nullish() });
const result = z.object({
  IsError: z.boolean().nullish(),
  Message: z.string().nullish(),
  SearchResult: z.array(z.unknown()).nullish(),
});

/** A number that nobody has: no contact is the right answer for it. */
const NOBODY = '+442079460999';

/** Has 3CX try out the template: from the PBX through its own engine to this hub and back. */
export async function checkTemplate(
  context: Context,
  xapi: Xapi,
  facts: Facts,
  signal: AbortSignal,
): Promise<CheckLine[]> {
  const name = 'Template test';
  return await probe(name, whyMissing(facts, notPermitted), async () => {
    const installed = understood(integration, await xapi.get('/CrmIntegration?$select=Name', signal)).Name ?? '';
    if (installed !== TEMPLATE_NAME) return [{ name, ...(installed === '' ? notInstalled : otherCrm(installed)) }];
    const known = await numberOfSomebody(context);
    const query = { mode: 'PhoneExact', query: known ?? NOBODY };
    const answer = understood(result, await xapi.post('/CrmIntegration/Pbx.Test', query, signal));
    if (answer.IsError === true) return [{ name, ...broken(answer.Message ?? '') }];
    if (known === undefined || (answer.SearchResult ?? []).length > 0) {
      const detail = known === undefined ? 'nobody has the number that was asked for' : 'the contact was shown';
      const code = known === undefined ? 'threecx.template-answers' : 'threecx.template-shows';
      return [{ name, state: 'ok', code, detail: `3CX asked the hub by itself and understood the answer: ${detail}.` }];
    }
    return [{ name, ...notShown }];
  });
}

/** Any calls will do: where callers are known at all, some of so many are. */
const CALLS_LOOKED_AT = 500;
const NUMBERS_TRIED = 20;

/** The number of a caller who was recognised: with it the test shows a contact. */
async function numberOfSomebody({ crm }: Context): Promise<string | undefined> {
  const calls = await crm.all('phoneCall', { limit: CALLS_LOOKED_AT });
  const recognised = calls.filter(({ matchState }) => matchState === 'MATCHED').slice(0, NUMBERS_TRIED);
  for (const { phoneNumber } of recognised) {
    if (typeof phoneNumber !== 'string' || !phoneNumber.startsWith('+')) continue;
    if ((await crm.findByPhone(phoneNumber)).length === 1) return phoneNumber;
  }
  return undefined;
}

const notInstalled = {
  state: 'warning',
  code: 'threecx.template-missing',
  detail: '3CX has no CRM template.',
  remedy: 'Download the template of this tenant and install it in 3CX under Integrations, CRM, with the hub key.',
} as const;

function otherCrm(installed: string) {
  const crm = printable(installed).slice(0, 100);
  return {
    state: 'off',
    code: 'threecx.template-other',
    values: { crm },
    detail: `3CX works with another CRM ("${crm}") and allows one: callers are not shown in the client of 3CX.`,
    remedy:
      'Nothing has to be done: the call log tells of the calls. To show callers, install the template of this tenant instead.',
  } as const;
}

function broken(message: string) {
  const said = printable(message).slice(0, 300);
  return {
    state: 'failed',
    code: 'threecx.template-fails',
    values: { said: said || '–' },
    detail: `3CX says of the template: ${said || 'an error without words'}.`,
    remedy:
      'Compare address and hub key in 3CX under Integrations, CRM with those of this tenant, and see that the PBX reaches the hub.',
  } as const;
}

const notShown = {
  state: 'warning',
  code: 'threecx.template-drops',
  detail: '3CX asked the hub for a known number and dropped the contact.',
  remedy: 'See that the country of the tenant is that of the PBX, then download the template again and install it.',
} as const;

const notPermitted = {
  code: 'threecx.template-closed',
  detail: 'The client may not have 3CX test the template.',
  remedy: 'Give the client the role System Owner; or press Test in 3CX under Integrations, CRM.',
};
