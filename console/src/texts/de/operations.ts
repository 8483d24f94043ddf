import type { Texts } from '../index.ts';

export const operations: Texts['operations'] = {
  title: 'Zustand',
  intro: 'Ist alles in Ordnung? Lesen Sie von oben nach unten.',
  verdicts: { ok: 'Alles ist in Ordnung', warning: 'Etwas sollte angesehen werden', failed: 'Etwas ist außer Betrieb' },
  crm: 'Twenty',
  crmStates: {
    running: 'Verbunden',
    resting: 'Ruht nach einer Störung',
    ended: 'Kein Worker kümmert sich um diesen Arbeitsbereich',
    none: 'Nicht verbunden',
  },
  crmNone: 'Dieser Arbeitsbereich ist noch nicht mit Twenty verbunden.',
  crmEnded: 'Nach Twenty wird nichts geschrieben, bis ein Worker läuft: npm run worker.',
  breaker: 'Twenty antwortet nicht; der Hub versucht es von selbst wieder.',
  outboxNone: 'Alles, was der Hub weiß, steht in Twenty.',
  outboxSome: (count) =>
    count === 1 ? '1 Änderung ist noch zu schreiben.' : `${count} Änderungen sind noch zu schreiben.`,
  outboxOld: (age) => `Die älteste wartet seit ${age}.`,
  parked: (count) =>
    count === 0
      ? 'Twenty hat nichts abgelehnt.'
      : count === 1
        ? 'Twenty hat 1 Änderung abgelehnt.'
        : `Twenty hat ${count} Änderungen abgelehnt.`,
  budget: 'Aufrufe von Twenty',
  budgetUnit: 'Aufrufe je Minute',
  budgetHint: (used, limit) => `${used} von ${limit} erlaubten Aufrufen in der letzten Minute`,
  budgetFree: (used) => `${used} Aufrufe in der letzten Minute, ohne Grenze`,
  budgetNone: 'In der letzten halben Stunde war kein Aufruf nötig.',
  budgetSource: {
    configured: 'Die Grenze ist die eingestellte.',
    told: 'Twenty hat die Grenze genannt.',
    guessed: 'Die Grenze wurde aus dem gelernt, was Twenty ablehnte.',
  },
  credentials: { apiKey: 'API-Schlüssel', application: 'Switchboard-App' },
  mirror: 'Kopie Ihrer Datensätze',
  mirrorHint: 'Nachschlagen und Seiten lesen diese Kopie, damit sie nie auf Twenty warten.',
  mirrorColumns: {
    object: 'Objekt',
    state: 'Zustand',
    fresh: 'Vollständig bis',
    heard: 'Zuletzt von Twenty gemeldet',
    records: 'Datensätze',
  },
  mirrorFresh: 'Aktuell',
  mirrorBehind: 'Im Rückstand',
  mirrorCopying: (percent) => `Wird kopiert, ${percent} %`,
  mirrorNone: 'Noch ist nichts kopiert.',
  mirrorSummary: (fresh, all) => `${fresh} von ${all} Objekten sind aktuell.`,
  copyLeft: (minutes) => (minutes <= 1 ? 'Noch etwa eine Minute.' : `Noch etwa ${minutes} Minuten.`),
  work: 'Arbeit in der Warteschlange',
  workNone: 'Nichts wartet',
  workSome: (count) => (count === 1 ? '1 Auftrag wartet' : `${count} Aufträge warten`),
  workOldest: (age) => `Der älteste ist seit ${age} fällig.`,
  workRunning: (count) => (count === 1 ? '1 läuft gerade.' : `${count} laufen gerade.`),
  dead: (count) =>
    count === 0
      ? 'Nichts hat aufgegeben.'
      : count === 1
        ? '1 Auftrag hat aufgegeben und wartet auf Sie.'
        : `${count} Aufträge haben aufgegeben und warten auf Sie.`,
  links: 'Plug-ins',
  linksNone: 'Noch ist kein Plug-in eingeschaltet.',
  linkStates: { open: 'live verbunden', closed: 'keine Live-Verbindung', none: 'bereit' },
  pluginsOf: (enabled, all) => (all === 0 ? 'Keine' : `${enabled} von ${all} an`),
  traffic: 'Lieferungen, letzte 24 Stunden',
  trafficNone: 'In den letzten 24 Stunden kam nichts herein und ging nichts hinaus.',
  trafficLabel: (all, failed) =>
    `${all} Lieferungen in den letzten 24 Stunden, davon ${failed} gescheitert oder abgewiesen`,
  jobs: {
    title: 'Aufträge',
    intro:
      'Was unterwegs ist, das Älteste zuerst: was läuft, wartet, noch einmal versucht wird oder für später gedacht ist.',
    list: 'Unterwegs',
    gaveUp: 'Was aufgegeben hat',
    hub: 'Switchboard selbst',
    lanes: {
      live: { name: 'Jemand wartet darauf', hint: 'Klingelnde Anrufe und dergleichen gehen allem anderen vor.' },
      normal: { name: 'Tägliche Arbeit', hint: 'Anrufe, Mails und Datensätze, wie sie kommen.' },
      bulk: { name: 'Im Hintergrund', hint: 'Importe und Kopien, ohne den Rest aufzuhalten.' },
    },
    count: (count) => (count === 0 ? 'Nichts zu tun' : count === 1 ? '1 Auftrag' : `${count} Aufträge`),
    states: { running: 'läuft', waiting: 'wartet', retrying: 'wird wiederholt', scheduled: 'für später' },
    paused: 'Plug-in angehalten',
    when: { running: 'läuft seit', waiting: 'fällig seit', retrying: 'nächster Versuch', scheduled: 'beginnt' },
    attempts: (made, most) => `${made} von ${most}`,
    columns: { state: 'Zustand', job: 'Auftrag', when: 'Wann', attempts: 'Versuche', error: 'Letzter Fehler' },
    none: 'Nichts ist unterwegs',
    noneHint:
      'Arbeit steht hier vom Augenblick an, in dem sie gespeichert ist, bis sie erledigt ist, meist kürzer als eine Sekunde. Was scheitert, wird etwa einen Tag lang wieder versucht; was dann aufgibt, steht unter „Braucht Hilfe“.',
    noMatchHint: 'So einen Auftrag gibt es jetzt nicht. Nehmen Sie einen Filter weg, um die anderen zu sehen.',
  },
};
