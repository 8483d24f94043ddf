import type { CrmReader, CrmRecord, PluginContext } from '@switchboard/core/contract';
import { stateInWords } from './state-words.ts';
import { type FieldValues, renderText } from './template.ts';

/** A case with what stands around it, as the mirror has it. */
export type CaseRecords = {
  readonly serviceCase: CrmRecord;
  readonly person: CrmRecord | undefined;
  readonly company: CrmRecord | undefined;
  readonly location: CrmRecord | undefined;
  readonly malfunction: CrmRecord | undefined;
};

/** @param crm what it does not show is missing */
export async function readCase(crm: Pick<CrmReader, 'get'>, id: string): Promise<CaseRecords | undefined> {
  const serviceCase = await crm.get('serviceCase', id);
  if (serviceCase === undefined) return undefined;
  const linked = async (object: string) => {
    const linkedId = text(serviceCase[`${object}Id`]);
    return linkedId === '' ? undefined : await crm.get(object, linkedId);
  };
  const [person, company, location, malfunction] = await Promise.all(
    ['person', 'company', 'location', 'malfunction'].map(linked),
  );
  return { serviceCase, person, company, location, malfunction };
}

type Around = {
  readonly tenant: PluginContext['tenant'];
  readonly author: string;
  readonly mailbox: { readonly name: string; readonly address: string };
};

/** Every field that a template may name, with its value for this case. */
export function fieldsOf(records: CaseRecords, { tenant, author, mailbox }: Around): FieldValues {
  const { serviceCase, person, company, location, malfunction } = records;
  const { firstName, lastName } = nameOf(person);
  const moment = (value: unknown) => (text(value) === '' ? '' : formatted(text(value), tenant));
  return {
    'case.number': text(serviceCase['number']),
    'case.subject': text(serviceCase['subject']),
    'case.status': stateInWords(text(serviceCase['status']), tenant.locale),
    'case.customerReference': text(serviceCase['customerReference']),
    'case.openedAt': moment(serviceCase['openedAt']),
    'person.firstName': firstName,
    'person.lastName': lastName,
    'person.name': `${firstName} ${lastName}`.trim(),
    'company.name': text(company?.['name']),
    'location.name': text(location?.['name']),
    'malfunction.number': text(malfunction?.['number']),
    'malfunction.title': text(malfunction?.['title']),
    'malfunction.status': stateInWords(text(malfunction?.['status']), tenant.locale),
    'malfunction.announcement': text(malfunction?.['announcement']),
    'malfunction.expectedBy': moment(malfunction?.['expectedResolutionAt']),
    'author.name': author,
    'mailbox.name': mailbox.name,
    'mailbox.address': mailbox.address,
    'workspace.name': tenant.name,
  };
}

const nothing = {
  serviceCase: { id: '' },
  person: undefined,
  company: undefined,
  location: undefined,
  malfunction: undefined,
};
const nobody = {
  tenant: { id: '', slug: '', name: '', locale: 'en', timeZone: 'UTC', country: '', crmUrl: undefined },
  author: '',
  mailbox: { name: '', address: '' },
};
const noValues = fieldsOf(nothing, nobody);

/** All that may stand between `{{` and `}}`. */
export const fieldNames: readonly string[] = Object.keys(noValues);

export function unknownFields(template: string): readonly string[] {
  return renderText(template, noValues).unknown;
}

export function nameOf(person: CrmRecord | undefined): { firstName: string; lastName: string } {
  const name = person?.['name'] as { firstName?: unknown; lastName?: unknown } | undefined;
  return { firstName: text(name?.firstName), lastName: text(name?.lastName) };
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function formatted(iso: string, { locale, timeZone }: PluginContext['tenant']): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
}
