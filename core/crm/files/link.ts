import type { CrmWrite } from '../../contract/crm.ts';
import { lanes } from '../outbox/stage.ts';
import { pascal } from '../schema.ts';
import { categoryOf } from './category.ts';
import type { FileRow } from './rows.ts';

/** The write by which an uploaded file becomes part of its record. */
export function linkWrite({ id, name, object, recordId, field, lane: number }: FileRow, fileId: string): CrmWrite {
  const lane = lanes[number] ?? 'normal';
  const entry = { fileId, label: name };
  if (field !== null) return { object, id: recordId, lane, fields: { [field]: { add: [entry] } } };
  return {
    object: 'attachment',
    key: id,
    lane,
    fields: { name, fileCategory: categoryOf(name), file: [entry], [`target${pascal(object)}Id`]: recordId },
  };
}
