import {
  ConflictError,
  NotFoundError,
  PayloadError,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { unknownFields } from '../send/fields.ts';

/** A text that people send again and again, with fields such as `{{case.number}}`. */
export type Template = {
  readonly id: string;
  readonly name: string;
  readonly subject: string;
  readonly text: string;
  readonly changedBy: string;
  readonly changedAt: Date;
};

export type TemplateChange = Pick<Template, 'id' | 'name' | 'subject' | 'text'>;

/** More than anybody finds anything in. */
const MOST = 500;

export async function listTemplates(tables: PluginTables): Promise<Template[]> {
  return await tables.query<Template>(sql`
    select id, name, subject, text, changed_by as "changedBy", changed_at as "changedAt" from mail_template
    where tenant_id = ${thisTenant} order by lower(name), id limit ${MOST}
  `);
}

/** Adds a template or changes the one with its id. @throws PayloadError for a field that does not exist; ConflictError for a name that is taken */
export async function saveTemplate(tables: PluginTables, template: TemplateChange, changedBy: string): Promise<void> {
  for (const field of ['subject', 'text'] as const) {
    const [unknown] = unknownFields(template[field]);
    if (unknown === undefined) continue;
    throw new PayloadError(`There is no field {{${unknown}}}`, {
      field,
      reason: 'mail.unknown-field',
      values: { names: `{{${unknown}}}` },
      remedy: 'Correct its name; the list beside the text has all fields.',
    });
  }
  await tables
    .query(
      sql`
        insert into mail_template (tenant_id, id, name, subject, text, changed_by)
        values (${thisTenant}, ${template.id}, ${template.name}, ${template.subject}, ${template.text}, ${changedBy})
        on conflict (tenant_id, id) do update set name = excluded.name, subject = excluded.subject, text = excluded.text,
          changed_by = excluded.changed_by, changed_at = now()`,
    )
    .catch((error: unknown) => {
      // PostgreSQL's unique violation.
      if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error;
      throw new ConflictError(`There is a template "${template.name}" already`, {
        field: 'name',
        reason: 'mail.template-name-taken',
        values: { name: template.name },
        remedy: 'Give this one another name, or change the other.',
      });
    });
}

/** @throws NotFoundError */
export async function removeTemplate(tables: PluginTables, id: string): Promise<void> {
  const gone = await tables.query(sql`
    delete from mail_template where tenant_id = ${thisTenant} and id = ${id} returning id
  `);
  if (gone.length > 0) return;
  throw new NotFoundError('There is no such template', {
    field: 'id',
    reason: 'mail.no-template',
    remedy: 'Load the list again.',
  });
}
