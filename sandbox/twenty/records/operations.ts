import type { ObjectMetadata } from '../types.ts';
import { upperFirst } from '../values/composites.ts';

export type QueryAction = 'findMany' | 'findOne' | 'groupBy' | 'findDuplicates';
export type MutationAction =
  | 'createOne'
  | 'createMany'
  | 'updateOne'
  | 'updateMany'
  | 'deleteOne'
  | 'deleteMany'
  | 'restoreOne'
  | 'restoreMany'
  | 'destroyOne'
  | 'destroyMany';

export type Operation = { object: ObjectMetadata; action: QueryAction | MutationAction };

/** Root fields of record operations by name, made from the names of the objects. */
export type Operations = { query: ReadonlyMap<string, Operation>; mutation: ReadonlyMap<string, Operation> };

export function buildOperations(objects: readonly ObjectMetadata[]): Operations {
  const active = objects.filter((object) => object.isActive);
  return {
    query: new Map(active.flatMap((object) => entries(object, queryNames(object)))),
    mutation: new Map(active.flatMap((object) => entries(object, mutationNames(object)))),
  };
}

function entries(
  object: ObjectMetadata,
  names: Readonly<Record<string, QueryAction | MutationAction>>,
): [string, Operation][] {
  return Object.entries(names).map(([name, action]) => [name, { object, action }]);
}

function queryNames({ nameSingular, namePlural }: ObjectMetadata): Record<string, QueryAction> {
  return {
    [namePlural]: 'findMany',
    [nameSingular]: 'findOne',
    [`${namePlural}GroupBy`]: 'groupBy',
    [`${nameSingular}Duplicates`]: 'findDuplicates',
  };
}

function mutationNames({ nameSingular, namePlural }: ObjectMetadata): Record<string, MutationAction> {
  const one = upperFirst(nameSingular);
  const many = upperFirst(namePlural);
  return {
    [`create${one}`]: 'createOne',
    [`create${many}`]: 'createMany',
    [`update${one}`]: 'updateOne',
    [`update${many}`]: 'updateMany',
    [`delete${one}`]: 'deleteOne',
    [`delete${many}`]: 'deleteMany',
    [`restore${one}`]: 'restoreOne',
    [`restore${many}`]: 'restoreMany',
    [`destroy${one}`]: 'destroyOne',
    [`destroy${many}`]: 'destroyMany',
  };
}
