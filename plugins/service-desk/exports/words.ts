import type { Words } from '@switchboard/core/contract';

/** Choices of the CRM as files for people say them. */

type Choices = Readonly<Record<string, Words>>;

export const caseStatus: Choices = {
  NEW: { en: 'New', nl: 'Nieuw', de: 'Neu' },
  OPEN: { en: 'Open', nl: 'Open', de: 'Offen' },
  IN_PROGRESS: { en: 'In progress', nl: 'In behandeling', de: 'In Arbeit' },
  WAITING_FOR_CUSTOMER: { en: 'Waiting for customer', nl: 'Wacht op klant', de: 'Wartet auf Kunden' },
  WAITING_FOR_OTHERS: { en: 'Waiting for others', nl: 'Wacht op anderen', de: 'Wartet auf andere' },
  RESOLVED: { en: 'Resolved', nl: 'Opgelost', de: 'Gelöst' },
  CLOSED: { en: 'Closed', nl: 'Gesloten', de: 'Geschlossen' },
  CANCELLED: { en: 'Cancelled', nl: 'Geannuleerd', de: 'Abgebrochen' },
};

export const priority: Choices = {
  LOW: { en: 'Low', nl: 'Laag', de: 'Niedrig' },
  NORMAL: { en: 'Normal', nl: 'Normaal', de: 'Normal' },
  HIGH: { en: 'High', nl: 'Hoog', de: 'Hoch' },
  URGENT: { en: 'Urgent', nl: 'Dringend', de: 'Dringend' },
};

export const direction: Choices = {
  INBOUND: { en: 'Inbound', nl: 'Inkomend', de: 'Eingehend' },
  OUTBOUND: { en: 'Outbound', nl: 'Uitgaand', de: 'Ausgehend' },
  INTERNAL: { en: 'Internal', nl: 'Intern', de: 'Intern' },
};

export const outcome: Choices = {
  ANSWERED: { en: 'Answered', nl: 'Beantwoord', de: 'Angenommen' },
  MISSED: { en: 'Missed', nl: 'Gemist', de: 'Verpasst' },
  NOT_ANSWERED: { en: 'Not answered', nl: 'Niet opgenomen', de: 'Nicht erreicht' },
};

export const folderStatus: Choices = {
  REPORTED: { en: 'Reported', nl: 'Gemeld', de: 'Gemeldet' },
  INVESTIGATING: { en: 'Investigating', nl: 'In onderzoek', de: 'Wird untersucht' },
  IDENTIFIED: { en: 'Cause known', nl: 'Oorzaak bekend', de: 'Ursache bekannt' },
  IN_REPAIR: { en: 'In repair', nl: 'In reparatie', de: 'In Reparatur' },
  MONITORING: { en: 'Watching', nl: 'In de gaten gehouden', de: 'Wird beobachtet' },
  RESOLVED: { en: 'Resolved', nl: 'Opgelost', de: 'Gelöst' },
  CLOSED: { en: 'Closed', nl: 'Gesloten', de: 'Geschlossen' },
};

export const severity: Choices = {
  MINOR: { en: 'Minor', nl: 'Klein', de: 'Gering' },
  MODERATE: { en: 'Moderate', nl: 'Gemiddeld', de: 'Mittel' },
  MAJOR: { en: 'Major', nl: 'Groot', de: 'Groß' },
  CRITICAL: { en: 'Critical', nl: 'Kritiek', de: 'Kritisch' },
};

export const folderKind: Choices = {
  OUTAGE: { en: 'Outage', nl: 'Uitval', de: 'Ausfall' },
  IMPAIRED: { en: 'Impaired', nl: 'Beperkt', de: 'Eingeschränkt' },
  DAMAGE: { en: 'Damage', nl: 'Schade', de: 'Schaden' },
  LEAK: { en: 'Leak', nl: 'Lekkage', de: 'Leck' },
  NOISE: { en: 'Noise', nl: 'Geluid', de: 'Geräusch' },
  ALARM: { en: 'Alarm', nl: 'Alarm', de: 'Alarm' },
  SAFETY: { en: 'Danger', nl: 'Gevaar', de: 'Gefahr' },
  OTHER: { en: 'Other', nl: 'Overig', de: 'Sonstiges' },
};

export const yes: Words = { en: 'yes', nl: 'ja', de: 'ja' };

export const entryKind: Choices = {
  call: { en: 'Call', nl: 'Oproep', de: 'Anruf' },
  mail: { en: 'Mail', nl: 'Mail', de: 'Mail' },
  chat: { en: 'Chat', nl: 'Chat', de: 'Chat' },
  case: { en: 'Case', nl: 'Zaak', de: 'Fall' },
  malfunction: { en: 'Malfunction', nl: 'Storing', de: 'Störung' },
  note: { en: 'Note', nl: 'Notitie', de: 'Notiz' },
};

/** Headings. */
export const heading = {
  number: { en: 'Number', nl: 'Nummer', de: 'Nummer' },
  subject: { en: 'Subject', nl: 'Onderwerp', de: 'Betreff' },
  title: { en: 'Title', nl: 'Titel', de: 'Titel' },
  text: { en: 'Text', nl: 'Tekst', de: 'Text' },
  status: { en: 'Status', nl: 'Status', de: 'Status' },
  priority: { en: 'Priority', nl: 'Prioriteit', de: 'Priorität' },
  due: { en: 'Due', nl: 'Uiterlijk', de: 'Fällig' },
  person: { en: 'Person', nl: 'Persoon', de: 'Person' },
  company: { en: 'Company', nl: 'Bedrijf', de: 'Firma' },
  location: { en: 'Location', nl: 'Locatie', de: 'Standort' },
  began: { en: 'Began', nl: 'Begonnen', de: 'Begonnen' },
  direction: { en: 'Direction', nl: 'Richting', de: 'Richtung' },
  outcome: { en: 'Outcome', nl: 'Afloop', de: 'Ausgang' },
  seconds: { en: 'Seconds', nl: 'Seconden', de: 'Sekunden' },
  phone: { en: 'Telephone number', nl: 'Telefoonnummer', de: 'Telefonnummer' },
  agent: { en: 'Agent', nl: 'Medewerker', de: 'Mitarbeiter' },
  case: { en: 'Case', nl: 'Zaak', de: 'Fall' },
  calledBack: { en: 'Called back', nl: 'Teruggebeld', de: 'Zurückgerufen' },
  severity: { en: 'Severity', nl: 'Ernst', de: 'Schwere' },
  kind: { en: 'Kind', nl: 'Soort', de: 'Art' },
  major: { en: 'Major incident', nl: 'Grote storing', de: 'Großstörung' },
  opened: { en: 'Opened', nl: 'Geopend', de: 'Eröffnet' },
  expected: { en: 'Expected to be solved', nl: 'Oplossing verwacht', de: 'Lösung erwartet' },
  resolved: { en: 'Resolved', nl: 'Opgelost', de: 'Gelöst' },
  cases: { en: 'Cases', nl: 'Zaken', de: 'Fälle' },
  calls: { en: 'Calls', nl: 'Oproepen', de: 'Anrufe' },
  at: { en: 'When', nl: 'Wanneer', de: 'Wann' },
  who: { en: 'Who', nl: 'Wie', de: 'Wer' },
} as const satisfies Readonly<Record<string, Words>>;
