import { value } from './answers.ts';
import type { Client } from './client.ts';
import type { ObjectName } from './records.ts';

/** The suite's own object with one field of every type, and the ids of what its tests refer to. */
export type Thing = ObjectName & {
  objectId: string;
  fieldIds: Record<string, string>;
  standard: Record<StandardObject, string>;
};
export type StandardObject = 'company' | 'person' | 'opportunity';

const option = (text: string, position: number, color: string) => ({
  value: text.toUpperCase(),
  label: text,
  position,
  color,
});

const plainFields = [
  { type: 'TEXT', name: 'textF', label: 'Text f' },
  { type: 'TEXT', name: 'extId', label: 'Ext id', isUnique: true, isNullable: true },
  { type: 'NUMBER', name: 'numF', label: 'Num f', settings: { dataType: 'float', decimals: 2, type: 'number' } },
  { type: 'NUMBER', name: 'intF', label: 'Int f', settings: { dataType: 'int', decimals: 0 } },
  { type: 'BOOLEAN', name: 'boolF', label: 'Bool f', defaultValue: false },
  { type: 'DATE', name: 'dateF', label: 'Date f' },
  { type: 'DATE_TIME', name: 'dateTimeF', label: 'Datetime f' },
  {
    type: 'SELECT',
    name: 'selF',
    label: 'Sel f',
    defaultValue: "'NEW'",
    options: [option('New', 0, 'blue'), option('Open', 1, 'green'), option('Done', 2, 'gray')],
  },
  {
    type: 'MULTI_SELECT',
    name: 'multiF',
    label: 'Multi f',
    options: [option('A', 0, 'blue'), option('B', 1, 'green'), option('C', 2, 'red')],
  },
  { type: 'RATING', name: 'ratF', label: 'Rat f' },
  { type: 'ARRAY', name: 'arrF', label: 'Arr f' },
  { type: 'RAW_JSON', name: 'jsonF', label: 'Json f' },
  { type: 'RICH_TEXT', name: 'richF', label: 'Rich f' },
  { type: 'EMAILS', name: 'emailsF', label: 'Emails f' },
  { type: 'PHONES', name: 'phonesF', label: 'Phones f' },
  { type: 'LINKS', name: 'linksF', label: 'Links f' },
  { type: 'ADDRESS', name: 'addrF', label: 'Addr f' },
  { type: 'CURRENCY', name: 'curF', label: 'Cur f' },
  { type: 'FULL_NAME', name: 'fullF', label: 'Full f' },
  { type: 'FILES', name: 'filesF', label: 'Files f', settings: { maxNumberOfValues: 5 } },
  { type: 'UUID', name: 'uuidF', label: 'Uuid f' },
];

function relationFields(inverseLabel: string, standard: Record<StandardObject, string>) {
  const target = (targetObjectMetadataId: string) => ({
    type: 'MANY_TO_ONE',
    targetObjectMetadataId,
    targetFieldLabel: inverseLabel,
    targetFieldIcon: 'IconBox',
  });
  return [
    { type: 'RELATION', name: 'company', label: 'Company', relationCreationPayload: target(standard.company) },
    {
      type: 'MORPH_RELATION',
      name: 'subject',
      label: 'Subject',
      morphRelationsCreationPayload: [target(standard.person), target(standard.opportunity)],
    },
  ];
}

export async function createObject(client: Client, { singular, plural }: ObjectName, label: string): Promise<string> {
  const object = {
    nameSingular: singular,
    namePlural: plural,
    labelSingular: label,
    labelPlural: `${label}s`,
    icon: 'IconBox',
  };
  const reply = await client.metadata('mutation($input:CreateOneObjectInput!){createOneObject(input:$input){id}}', {
    input: { object },
  });
  return (value(reply) as { id: string }).id;
}

export const deleteObject = (client: Client, id: string) =>
  client.metadata('mutation($input:DeleteOneObjectInput!){deleteOneObject(input:$input){id nameSingular}}', {
    input: { id },
  });

export const createField = (client: Client, field: Record<string, unknown>, selection = 'id name') =>
  client.metadata(`mutation($input:CreateOneFieldMetadataInput!){createOneField(input:$input){${selection}}}`, {
    input: { field },
  });

/** Adds every field to the object; the answer names the ids of the fields by name. */
export async function addFields(
  client: Client,
  objectId: string,
  inverseLabel: string,
): Promise<Pick<Thing, 'fieldIds' | 'standard'>> {
  const standard = await standardObjects(client);
  const fieldIds: Record<string, string> = {};
  for (const field of [...plainFields, ...relationFields(inverseLabel, standard)]) {
    const created = value(await createField(client, { ...field, objectMetadataId: objectId })) as { id: string };
    fieldIds[field.name] = created.id;
  }
  return { fieldIds, standard };
}

async function standardObjects(client: Client): Promise<Record<StandardObject, string>> {
  const reply = await client.metadata('{objects(paging:{first:1000}){edges{node{id nameSingular}}}}');
  const { edges } = value(reply) as { edges: { node: { id: string; nameSingular: string } }[] };
  const idOf = (name: StandardObject) => {
    const found = edges.find((edge) => edge.node.nameSingular === name);
    if (!found) throw new Error(`The workspace has no object "${name}".`);
    return found.node.id;
  };
  return { company: idOf('company'), person: idOf('person'), opportunity: idOf('opportunity') };
}
