import { z } from 'zod';
import type { Contact } from '../engine/reply.ts';
import { carriesNumber, writeNumber } from '../engine/number.ts';
import { TemplateError } from '../engine/values.ts';
import type { Installation, Installed } from '../installation.ts';
import { badRequest, notFound } from './odata/errors.ts';
import { shape } from './odata/query.ts';
import { done, ok, type Operation } from './odata/router.ts';
import type { XapiParts } from './parts.ts';
import { parse } from './odata/body.ts';

const integrationBody = z.object({
  Name: z.string().optional(),
  VariableChoices: z.array(z.object({ Key: z.string(), Value: z.string().nullable() })).optional(),
});
const testBody = z.object({ mode: z.enum(['PhoneExact', 'Search', 'Email']), query: z.string() });

/** The one CRM template: its values, its source, and the vendor's own test of it. There is no upload. */
export function crmOperations({ installation }: XapiParts): Operation[] {
  const named = (name: unknown): Installed => {
    const installed = installation.current();
    if (installed === undefined || (name !== undefined && installed.template.name !== name)) throw notFound();
    return installed;
  };
  return [...settingsOf(installation, named), ...templatesOf(installation, named)];
}

/** @throws ODataError 404 when there is no template, or none of that name */
type Named = (name: unknown) => Installed;

function settingsOf(installation: Installation, named: Named): Operation[] {
  async function change(body: unknown): Promise<void> {
    const { Name, VariableChoices = [] } = parse(integrationBody, body);
    const { xml } = named(Name);
    const values = Object.fromEntries(VariableChoices.map(({ Key, Value }) => [Key, Value ?? '']));
    try {
      await installation.install(xml, values);
    } catch (error) {
      if (error instanceof TemplateError) throw badRequest(error.message, 'VariableChoices');
      throw error;
    }
  }

  return [
    {
      method: 'GET',
      path: '/CrmIntegration',
      handle: ({ query }) => ok(shape(integrationView(installation.current()), query, [])),
    },
    {
      method: 'PATCH',
      path: '/CrmIntegration',
      async handle({ body }) {
        await change(body);
        return done;
      },
    },
    {
      method: 'POST',
      path: '/CrmIntegration/Pbx.Test',
      handle: async ({ body }) => ok(await test(named(undefined), parse(testBody, body))),
    },
  ];
}

function templatesOf(installation: Installation, named: Named): Operation[] {
  return [
    {
      method: 'GET',
      path: '/CrmIntegration/Pbx.GetCrmTemplateSource(name={name})',
      handle: ({ args }) => ok({ Value: named(args['name']).xml }),
    },
    {
      method: 'GET',
      path: '/CrmTemplates/Pbx.GeCrmtTemplates()',
      handle() {
        const installed = installation.current();
        return ok({ value: installed === undefined ? [] : [templateView(installed)] });
      },
    },
    {
      method: 'DELETE',
      path: '/CrmTemplates({Name})',
      async handle({ args }) {
        named(args['Id']);
        await installation.remove();
        return done;
      },
    },
  ];
}

/** Values are readable by every administrator, the key among them. */
function integrationView(installed: Installed | undefined) {
  return {
    Id: '0',
    Name: installed?.template.name ?? '',
    Country: 'GB',
    EnabledForDidCalls: true,
    EnabledForExternalCalls: true,
    PhonebookPriorityOptions: 'AlwaysQuery',
    PhonebookSynchronization: false,
    VariableChoices: Object.entries(installed?.values ?? {}).map(([Key, Value]) => ({ Key, Value })),
    PossibleValues: [],
  };
}

/** What the button in the admin console does. */
async function test(crm: Installed, { mode, query }: z.output<typeof testBody>): Promise<object> {
  const number = writeNumber(query, crm.template.prefix);
  const scenario = { PhoneExact: '', Search: 'SearchContacts', Email: 'LookupByEmail' }[mode];
  const run = await crm.run(scenario, {
    Number: number,
    CallDirection: 'Inbound',
    Email: query,
    SearchText: query,
    EscapedSearchText: encodeURIComponent(query),
  });
  if (run.state !== 'answered') return { IsError: true, Message: run.reason, Log: run.reason, SearchResult: [] };
  const found = mode === 'PhoneExact' ? run.contacts.filter((one) => carriesNumber(one, number)) : run.contacts;
  const isError = run.status !== 200;
  const Message = isError ? `The CRM answered ${run.status}` : '';
  return { IsError: isError, Message, Log: `HTTP ${run.status}`, SearchResult: found.map(contactView) };
}

/** Output types that no contact has as a property. */
const HIDDEN = ['PhoneHome2', 'ContactID', 'EntityId', 'EntityType', 'CustomValue'];

function contactView(contact: Contact): object {
  return {
    ContactType: 'Company',
    ...Object.fromEntries(Object.entries(contact).filter(([name]) => !HIDDEN.includes(name))),
  };
}

function templateView({ template }: Installed): object {
  return {
    Name: template.name,
    Authentication: { Type: 'No', Values: [] },
    Parameters: template.parameters.map(({ name, type, title, preset }) => ({
      Name: name,
      Type: type,
      Title: title,
      Default: preset,
    })),
  };
}
