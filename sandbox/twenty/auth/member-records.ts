import type { Server } from '../server.ts';
import { quoteName } from '../store.ts';

/** A workspaceMember record as /metadata shows it. */
export type MemberRecord = {
  id: string;
  name: { firstName: string; lastName: string };
  userEmail: string;
  colorScheme: string;
  avatarUrl: string;
  locale: string | null;
  calendarStartDay: number | null;
  timeZone: string | null;
  dateFormat: string | null;
  timeFormat: string | null;
  numberFormat: string | null;
};

const SELECT = `select id, "userEmail", "colorScheme", coalesce("avatarUrl", '') as "avatarUrl", locale,
  "calendarStartDay", "timeZone", "dateFormat", "timeFormat", "numberFormat",
  json_build_object('firstName', coalesce("nameFirstName", ''), 'lastName', coalesce("nameLastName", '')) as name`;

/** The members with the given records, deleted ones left out, in the order of their creation. */
export async function memberRecords(
  server: Server,
  workspaceId: string,
  ids: readonly string[],
): Promise<MemberRecord[]> {
  const { workspace } = await server.models.get(workspaceId);
  const { rows } = await server.store.query<MemberRecord>(
    `${SELECT} from ${quoteName(workspace.recordSchema)}."workspaceMember"
      where id = any($1) and "deletedAt" is null order by "createdAt", id`,
    [ids],
  );
  return rows;
}
