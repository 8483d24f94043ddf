import { v5 } from 'uuid';

/**
 * Universal identifiers of everything that the application puts into a workspace.
 *
 * Twenty knows an entity by its universal identifier alone: the same identifier with another name is a rename that keeps
 * the data, another identifier is a new entity and the loss of the old one. So every identifier is a UUID v5 of a key
 * that says what it is, and a key is chosen once. To rename a field, keep its key and change only the `name` it gets.
 * `released.json` holds what has been shipped, and a test refuses to lose any of it.
 */
const NAMESPACE = 'acf8939b-1db4-4b71-8c1c-c2b9afdbb443';

type Kind =
  | 'application'
  | 'role'
  | 'object'
  | 'field'
  | 'option'
  | 'view'
  | 'viewField'
  | 'viewFilter'
  | 'viewSort'
  | 'viewGroup'
  | 'viewFieldGroup'
  | 'navigation'
  | 'page'
  | 'tab'
  | 'widget'
  | 'frontComponent'
  | 'command';

export const identifierOf = (kind: Kind, key: string): string => v5(`${kind}:${key}`, NAMESPACE);
