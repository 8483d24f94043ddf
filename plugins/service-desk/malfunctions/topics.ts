import { defineTopic } from '@switchboard/core/contract';
import { z } from 'zod';

const severities = ['MINOR', 'MODERATE', 'MAJOR', 'CRITICAL'] as const;

const major = z.object({
  malfunctionId: z.uuid(),
  /** `M-000123` */
  number: z.string(),
  title: z.string(),
  /** As in Twenty: `IN_REPAIR`. */
  status: z.string(),
  severity: z.enum(severities),
  /** What agents may tell callers; empty when nobody has written anything. */
  announcement: z.string(),
  expectedResolutionAt: z.iso.datetime({ offset: true }).nullable(),
  openedAt: z.iso.datetime({ offset: true }).nullable(),
  companyId: z.uuid().nullable(),
  locationId: z.uuid().nullable(),
  /** Of the location; empty without one. */
  locationName: z.string(),
});

export type Major = z.output<typeof major>;

/** Malfunctions that everybody on the phone has to know of, by the id of the record. One goes when it is solved or no longer announced. */
export const majorMalfunctionsTopic = defineTopic('major-malfunctions', major, {
  object: 'malfunction',
  show: (item, { sees }) => {
    const ofFolder = (field: string) => sees('malfunction', field);
    const place = ofFolder('locationId') && sees('location', 'name');
    return {
      ...item,
      number: ofFolder('number') ? item.number : '',
      title: ofFolder('title') ? item.title : '',
      status: ofFolder('status') ? item.status : '',
      severity: ofFolder('severity') ? item.severity : 'MAJOR',
      announcement: ofFolder('announcement') ? item.announcement : '',
      expectedResolutionAt: ofFolder('expectedResolutionAt') ? item.expectedResolutionAt : null,
      openedAt: ofFolder('openedAt') ? item.openedAt : null,
      companyId: ofFolder('companyId') ? item.companyId : null,
      locationId: place ? item.locationId : null,
      locationName: place ? item.locationName : '',
    };
  },
});

/** Folders that changed a moment ago, by id: pages that show one ask for it again. */
export const folderChangesTopic = defineTopic('malfunction-changes', z.object({ at: z.iso.datetime() }), {
  object: 'malfunction',
});
