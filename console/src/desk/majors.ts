import type { CallCard } from '../api/desk.ts';

/** An item of the live topic `major-malfunctions`: what everybody on the phone has to know of. Empty where the role may not read it. */
export interface Major {
  readonly malfunctionId: string;
  readonly number: string;
  readonly title: string;
  readonly announcement: string;
  readonly expectedResolutionAt: string | null;
  readonly locationId: string | null;
  readonly locationName: string;
}

/** Those that are announced at this moment, and those that were and have ended since this page is open. */
export interface Announced {
  readonly majors: ReadonlyMap<string, Major>;
  readonly ended: ReadonlySet<string>;
}

export const nothingAnnounced: Announced = { majors: new Map(), ended: new Set() };

export function heard({ majors, ended }: Announced, now: ReadonlyMap<string, Major>): Announced {
  const gone = [...majors.keys()].filter((id) => !now.has(id));
  return { majors: now, ended: new Set([...ended, ...gone].filter((id) => !now.has(id))) };
}

/** What to tell a caller: at the caller's own place first. */
export interface Told extends Pick<Major, 'announcement' | 'expectedResolutionAt'> {
  readonly id: string;
  readonly title: string;
  /** Empty at the caller's own place. */
  readonly place: string;
}

/** The card knows what was announced at the caller's place when it rang; what is told live since then counts more. */
export function toldTo(
  { malfunctions, location }: Pick<CallCard, 'malfunctions' | 'location'>,
  { majors, ended }: Announced,
): readonly Told[] {
  const known = new Set(malfunctions.map(({ id }) => id));
  const live = [...majors.values()].map((major): Told & { isHere: boolean } => {
    const isHere = known.has(major.malfunctionId) || (major.locationId !== null && major.locationId === location?.id);
    const { malfunctionId: id, announcement, expectedResolutionAt, locationName } = major;
    return {
      id,
      title: major.title || major.number,
      place: isHere ? '' : locationName,
      announcement,
      expectedResolutionAt,
      isHere,
    };
  });
  const atRingTime = malfunctions
    .filter(({ id, isMajor, announcement }) => isMajor && announcement !== '' && !majors.has(id) && !ended.has(id))
    .map(({ id, name, announcement }): Told => ({
      id,
      title: name,
      place: '',
      announcement,
      expectedResolutionAt: null,
    }));
  return [...live.filter(({ isHere }) => isHere), ...atRingTime, ...live.filter(({ isHere }) => !isHere)];
}
