import { permissionDenied } from '../../auth/errors.ts';
import type { Operation } from '../operations.ts';
import type { Session } from '../session.ts';

/** Members come by invitation: API keys may change one member record, but not create or change many (Twenty 2.21, measured). */
export function guardMembers(session: Session, { object, action }: Operation): void {
  if (object.nameSingular !== 'workspaceMember' || session.auth.kind === 'user') return;
  if (action !== 'updateOne') throw permissionDenied();
}
