import {
  type CrmReader,
  type CrmRecord,
  json,
  PayloadError,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';

/** The records that a case points to, by the field that does. */
export const linkObjects = {
  personId: 'person',
  companyId: 'company',
  locationId: 'location',
  assetId: 'asset',
  contractId: 'contract',
  malfunctionId: 'malfunction',
  protocolId: 'protocol',
  assigneeId: 'workspaceMember',
} as const;

export type LinkField = keyof typeof linkObjects;

interface Sources {
  readonly tables: PluginTables;
  readonly crm: Pick<CrmReader, 'get'>;
}

/** A record that the member may see, also when it was made at the desk a moment ago. */
export async function findLinked({ tables, crm }: Sources, object: string, id: string): Promise<CrmRecord | undefined> {
  const record = await crm.get(object, id);
  if (record !== undefined) return record;
  const [made] = await tables.query<{ fields: Record<string, unknown> }>(sql`
    select fields from service_desk_made where tenant_id = ${thisTenant} and object = ${object} and id = ${id}`);
  return made === undefined ? undefined : { ...made.fields, id };
}

/** @throws PayloadError naming the first field that points to nothing the member may see */
export async function checkLinks(sources: Sources, fields: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [field, object] of Object.entries(linkObjects)) {
    const id = fields[field];
    if (typeof id !== 'string') continue;
    if ((await findLinked(sources, object, id)) !== undefined) continue;
    throw new PayloadError(`${field}: there is no such record`, {
      field: `body.fields.${field}`,
      remedy: 'Choose it again; it may have been deleted in Twenty, or your role may not see it.',
    });
  }
}

/** Remembers what was made at the desk until the mirror has it. */
export async function keepMade(
  tables: PluginTables,
  made: {
    readonly object: string;
    readonly id: string;
    readonly fields: Readonly<Record<string, unknown>>;
    readonly at: Date;
  },
): Promise<void> {
  await tables.query(sql`
    insert into service_desk_made (tenant_id, object, id, fields, at)
    values (${thisTenant}, ${made.object}, ${made.id}, ${json(made.fields)}::jsonb, ${made.at})
    on conflict do nothing`);
}

/** `Anna Example`, or the name of a place or a thing. */
export function nameOf(record: CrmRecord): string {
  const { name } = record;
  if (typeof name === 'string') return name;
  const { firstName = '', lastName = '' } = (name ?? {}) as { firstName?: string; lastName?: string };
  return `${firstName} ${lastName}`.trim();
}
