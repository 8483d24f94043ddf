import type { Permissions } from '../roles/permissions.ts';
import type { Server } from '../server.ts';
import type { Queryable } from '../store.ts';
import type { AuthContext, Model, ObjectMetadata } from '../types.ts';
import type { Shape } from './shape.ts';

/** One record operation under way: who asks, in which workspace, on which connection. */
export type Session = {
  server: Server;
  auth: AuthContext;
  model: Model;
  permissions: Permissions;
  db: Queryable;
};

/** A row as PostgreSQL gave it, by column name. */
export type Row = Record<string, unknown>;

export function shapeOf(model: Model, object: ObjectMetadata): Shape {
  const shape = model.shapes.get(object.id);
  if (shape === undefined) throw new Error(`Object ${object.nameSingular} is not part of the model`);
  return shape;
}

export function objectById(model: Model, id: string): ObjectMetadata {
  const object = model.byId.get(id);
  if (object === undefined) throw new Error(`Object ${id} is not part of the model`);
  return object;
}
