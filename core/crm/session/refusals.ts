import { RefusedError } from '../../contract/errors.ts';

/** Reasons of our own for not handing a write to Twenty. */

export class MissingError extends RefusedError {
  override readonly code: string = 'missing';
}

export class DeletedTargetError extends RefusedError {
  override readonly code: string = 'deleted';
}

export class DependencyError extends RefusedError {
  override readonly code: string = 'dependency';
}

const installRemedy = 'install or update the Switchboard app in this workspace (npm run crm:install), then replay';

export const missingObject = (object: string): MissingError =>
  new MissingError(`this Twenty workspace has no object "${object}"`, { remedy: installRemedy });

export const missingField = (object: string, field: string): MissingError =>
  new MissingError(`Twenty's object "${object}" has no field "${field}"`, { remedy: installRemedy, field });

export const invalidOption = (object: string, field: string, options: readonly string[]): RefusedError =>
  new RefusedError(`the value for "${object}.${field}" is none of its options (${options.join(', ')})`, {
    remedy: 'add the option in Twenty, or discard this write',
    field,
  });

export const invalidId = (object: string, field: string): RefusedError =>
  new RefusedError(`"${object}.${field}" must name a record by a UUID of version 1 to 5`, {
    remedy: 'discard this write; whoever made it has to use the id of a record of Twenty',
    field,
  });

/** An upsert would bring the record back; people deleted it on purpose. */
export const deletedTarget = (object: string): DeletedTargetError =>
  new DeletedTargetError(`the ${object} was deleted in Twenty, and this write would bring it back`, {
    remedy: 'restore the record in Twenty and replay, or discard this write',
  });

export const deletedTwin = (object: string, id: string): DeletedTargetError =>
  new DeletedTargetError(
    `a deleted ${object} (${id}) in Twenty has the same unique value, and this write would bring it back`,
    {
      remedy: 'restore or destroy that record in Twenty and replay, or discard this write',
    },
  );

export const unknownTarget = (object: string): MissingError =>
  new MissingError(`Twenty has no ${object} with this id, and only records by a key of ours are created`, {
    remedy: 'the record was destroyed: discard this write',
  });

export const waitsFor = (recordId: string): DependencyError =>
  new DependencyError(`it points at the record ${recordId}, which Twenty refused`, {
    remedy: 'settle that record first; this write follows by itself',
  });
