import { englishKinds } from './english-kinds.ts';

type Words = {
  readonly next: string;
  readonly journal: string;
  readonly nothing: string;
  readonly more: string;
  readonly older: string;
  readonly nobody: string;
  readonly inCharge: (name: string) => string;
  readonly noNextStep: string;
  readonly empty: string;
  readonly hidden: string;
  readonly yes: string;
  readonly no: string;
  readonly erased: string;
  readonly questions: Readonly<Record<'mail' | 'missed-call', string>>;
  readonly actors: Readonly<Record<'MEMBER' | 'CUSTOMER' | 'SYSTEM' | 'INTEGRATION', string>>;
  readonly kinds: Readonly<Record<string, string>>;
  readonly sources: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
};

const names = {
  twenty: 'Twenty',
  '3cx': '3CX',
  mail: 'Mail',
  slack: 'Slack',
  zapier: 'Zapier',
  api: 'API',
  hub: 'Hub',
};

const english: Words = {
  next: 'What is next',
  journal: 'Journal',
  nothing: 'Nothing has happened yet. Calls, mails, notes and every change appear here by themselves.',
  more: 'Show more',
  older: 'What is older stands in the console of Switchboard.',
  nobody: 'Nobody is in charge yet',
  inCharge: (name) => `In charge: ${name}`,
  noNextStep: 'Nobody has said what comes next.',
  empty: 'empty',
  hidden: 'a record that you do not see',
  yes: 'yes',
  no: 'no',
  erased: 'The words were erased because a person asked for it.',
  questions: { mail: 'Not answered yet:', 'missed-call': 'Not called back yet:' },
  actors: { MEMBER: 'Somebody', CUSTOMER: 'Customer', SYSTEM: 'Switchboard', INTEGRATION: 'Another program' },
  kinds: englishKinds,
  sources: { ...names, console: 'Console', import: 'Import', automation: 'Automatic' },
  fields: {
    status: 'Status',
    priority: 'Priority',
    kind: 'Kind',
    subject: 'Subject',
    nextStep: 'Next step',
    assigneeId: 'Assigned to',
    personId: 'Contact',
    companyId: 'Company',
    locationId: 'Location',
    assetId: 'Asset',
    malfunctionId: 'Malfunction',
    responseDueAt: 'Respond by',
    resolveDueAt: 'Resolve by',
  },
};

const german: Words = {
  next: 'Was ansteht',
  journal: 'Journal',
  nothing: 'Noch ist nichts geschehen. Anrufe, Mails, Notizen und jede Änderung erscheinen hier von selbst.',
  more: 'Mehr zeigen',
  older: 'Was älter ist, steht in der Konsole von Switchboard.',
  nobody: 'Noch niemand zuständig',
  inCharge: (name) => `Zuständig: ${name}`,
  noNextStep: 'Niemand hat gesagt, was als Nächstes kommt.',
  empty: 'leer',
  hidden: 'ein Datensatz, den Sie nicht sehen',
  yes: 'ja',
  no: 'nein',
  erased: 'Die Worte wurden gelöscht, weil eine Person darum gebeten hat.',
  questions: { mail: 'Noch nicht beantwortet:', 'missed-call': 'Noch nicht zurückgerufen:' },
  actors: { MEMBER: 'Jemand', CUSTOMER: 'Kunde', SYSTEM: 'Switchboard', INTEGRATION: 'Ein anderes Programm' },
  kinds: {
    CREATED: 'Eröffnet',
    CALL_RECEIVED: 'Anruf angenommen',
    CALL_MADE: 'Angerufen',
    CALL_MISSED: 'Anruf verpasst',
    CALL_ENDED: 'Gespräch beendet',
    MAIL_RECEIVED: 'Mail erhalten',
    MAIL_SENT: 'Mail gesendet',
    MAIL_FAILED: 'Mail nicht zugestellt',
    CHAT_MESSAGE: 'Chatnachricht',
    NOTE: 'Notiz',
    STATUS: 'Status geändert',
    ASSIGNMENT: 'Zugewiesen',
    PRIORITY: 'Priorität geändert',
    PROTOCOL_STEP: 'Schritt des Protokolls',
    FIELD_CHANGE: 'Geändert',
    DELETED: 'Gelöscht',
    LINKED: 'Verknüpft',
    UNLINKED: 'Verknüpfung gelöst',
    MERGED: 'Zusammengeführt',
    SPLIT: 'Geteilt',
    FILE: 'Datei',
    PROMISE: 'Zugesagte Zeit',
    IMPORTED: 'Importiert',
    CORRECTION: 'Zurückgenommen',
    ERASED: 'Gelöscht',
    OTHER: 'Eintrag',
  },
  sources: { ...names, console: 'Konsole', import: 'Import', automation: 'Automatisch' },
  fields: {
    status: 'Status',
    priority: 'Priorität',
    kind: 'Art',
    subject: 'Betreff',
    nextStep: 'Nächster Schritt',
    assigneeId: 'Zugewiesen an',
    personId: 'Kontakt',
    companyId: 'Firma',
    locationId: 'Standort',
    assetId: 'Anlage',
    malfunctionId: 'Störung',
    responseDueAt: 'Antworten bis',
    resolveDueAt: 'Lösen bis',
  },
};

const dutch: Words = {
  next: 'Wat nu komt',
  journal: 'Logboek',
  nothing: 'Er is nog niets gebeurd. Gesprekken, mails, notities en elke wijziging verschijnen hier vanzelf.',
  more: 'Meer tonen',
  older: 'Wat ouder is staat in de console van Switchboard.',
  nobody: 'Nog geen behandelaar',
  inCharge: (name) => `Behandelaar: ${name}`,
  noNextStep: 'Niemand heeft gezegd wat er nu komt.',
  empty: 'leeg',
  hidden: 'een record dat je niet ziet',
  yes: 'ja',
  no: 'nee',
  erased: 'De woorden zijn gewist omdat iemand daarom vroeg.',
  questions: { mail: 'Nog niet beantwoord:', 'missed-call': 'Nog niet teruggebeld:' },
  actors: { MEMBER: 'Iemand', CUSTOMER: 'Klant', SYSTEM: 'Switchboard', INTEGRATION: 'Een ander programma' },
  kinds: {
    CREATED: 'Geopend',
    CALL_RECEIVED: 'Gesprek aangenomen',
    CALL_MADE: 'Gebeld',
    CALL_MISSED: 'Oproep gemist',
    CALL_ENDED: 'Gesprek beëindigd',
    MAIL_RECEIVED: 'Mail ontvangen',
    MAIL_SENT: 'Mail verstuurd',
    MAIL_FAILED: 'Mail niet bezorgd',
    CHAT_MESSAGE: 'Chatbericht',
    NOTE: 'Notitie',
    STATUS: 'Status gewijzigd',
    ASSIGNMENT: 'Toegewezen',
    PRIORITY: 'Prioriteit gewijzigd',
    PROTOCOL_STEP: 'Stap van het protocol',
    FIELD_CHANGE: 'Gewijzigd',
    DELETED: 'Verwijderd',
    LINKED: 'Gekoppeld',
    UNLINKED: 'Ontkoppeld',
    MERGED: 'Samengevoegd',
    SPLIT: 'Gesplitst',
    FILE: 'Bestand',
    PROMISE: 'Toegezegde tijd',
    IMPORTED: 'Geïmporteerd',
    CORRECTION: 'Teruggedraaid',
    ERASED: 'Gewist',
    OTHER: 'Regel',
  },
  sources: { ...names, console: 'Console', import: 'Import', automation: 'Automatisch' },
  fields: {
    status: 'Status',
    priority: 'Prioriteit',
    kind: 'Soort',
    subject: 'Onderwerp',
    nextStep: 'Volgende stap',
    assigneeId: 'Toegewezen aan',
    personId: 'Contact',
    companyId: 'Bedrijf',
    locationId: 'Locatie',
    assetId: 'Installatie',
    malfunctionId: 'Storing',
    responseDueAt: 'Antwoorden voor',
    resolveDueAt: 'Oplossen voor',
  },
};

/** @param locale as Twenty has it: `de-DE` */
export function handlingTexts(locale: string): Words {
  if (locale.startsWith('de')) return german;
  return locale.startsWith('nl') ? dutch : english;
}
