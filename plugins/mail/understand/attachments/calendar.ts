import ICAL from 'ical.js';
import type { Invitation } from '../understood.ts';
import { cleaned } from '../text/clean.ts';

const maxBytes = 1024 * 1024;
const maxAttendees = 500;

/** The first event of an iCalendar text. null when it cannot be read or holds no event. */
export function readInvitation(source: string, declaredMethod: string): Invitation | null {
  if (source.length > maxBytes) return null;
  try {
    const calendar = new ICAL.Component(ICAL.parse(source.trim()));
    const component = calendar.getFirstSubcomponent('vevent');
    return component ? describe(calendar, component, declaredMethod) : null;
  } catch {
    // ical.js throws plain errors on whatever is not iCalendar.
    return null;
  }
}

function describe(calendar: ICAL.Component, component: ICAL.Component, declaredMethod: string): Invitation {
  const event = new ICAL.Event(component);
  const start = event.startDate;
  return {
    method: words(calendar.getFirstPropertyValue('method') ?? declaredMethod).toUpperCase(),
    uid: words(event.uid),
    summary: words(event.summary),
    location: words(event.location),
    description: words(event.description),
    start: timeOf(start),
    end: timeOf(event.endDate),
    allDay: start?.isDate ?? false,
    timeZone: words(component.getFirstProperty('dtstart')?.getFirstParameter('tzid')),
    organizer: withoutScheme(words(event.organizer)),
    attendees: event.attendees.slice(0, maxAttendees).map((attendee) => ({
      address: withoutScheme(words(attendee.getFirstValue())),
      status: words(attendee.getFirstParameter('partstat')).toLowerCase(),
    })),
    status: words(component.getFirstPropertyValue('status')).toLowerCase(),
    recurring: event.isRecurring(),
  };
}

function words(value: unknown): string {
  return typeof value === 'string' ? cleaned(value).trim() : '';
}

function withoutScheme(address: string): string {
  return address.replace(/^mailto:/i, '');
}

/** In UTC where the calendar tells the zone, else as the calendar's clock shows it. */
function timeOf(time: ICAL.Time | null | undefined): string {
  if (!time) return '';
  if (time.isDate) return time.toString();
  const isFloating = time.zone === ICAL.Timezone.localTimezone;
  return isFloating ? time.toString() : time.toJSDate().toISOString();
}
