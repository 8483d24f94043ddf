import { type CrmReader, type CrmRecord, live, type LiveChange } from '@switchboard/core/contract';
import { linkOf } from './call-state.ts';
import { isEndedFolder, severities } from './choices.ts';
import { text } from './shown.ts';
import { type Major, majorMalfunctionsTopic } from './topics.ts';

/** The name of the folder's location; read before a transaction begins, because it is another connection. */
export async function placeOf({ get }: Pick<CrmReader, 'get'>, current: CrmRecord): Promise<string> {
  const id = linkOf(current, 'locationId');
  return id === null ? '' : text((await get('location', id))?.['name']);
}

/** What agents on the phone see of a folder from now on: nothing, once it has ended or is not to be told to callers. */
export function announcement(id: string, current: CrmRecord | undefined, place: string): LiveChange {
  const isTold = current?.['isMajor'] === true && !isEndedFolder(current['status']);
  return live(majorMalfunctionsTopic, id, isTold ? majorOf(id, current, place) : undefined);
}

function majorOf(malfunctionId: string, current: CrmRecord, locationName: string): Major {
  const severity = severities.find((one) => one === current['severity']) ?? 'MAJOR';
  return {
    malfunctionId,
    number: text(current['number']),
    title: text(current['title']) || text(current['name']),
    status: text(current['status']),
    severity,
    announcement: text(current['announcement']),
    expectedResolutionAt: linkOf(current, 'expectedResolutionAt'),
    openedAt: linkOf(current, 'openedAt'),
    companyId: linkOf(current, 'companyId'),
    locationId: linkOf(current, 'locationId'),
    locationName,
  };
}
