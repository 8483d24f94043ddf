import type { Texts } from '../index.ts';

export const audit: Texts['audit'] = {
  title: 'Protokoll',
  intro: 'Wer was wann geändert hat. Die Zeilen sind verkettet: Eine geänderte oder entfernte wird gefunden.',
  columns: { at: 'Wann', actor: 'Wer', action: 'Was', subject: 'Woran', details: 'Einzelheiten' },
  actor: 'Wer',
  action: 'Was',
  actorHint: 'E-Mail-Adresse',
  actionHint: 'Zum Beispiel sign-in',
  from: 'Von',
  to: 'Bis',
  none: 'Noch wurde nichts geändert',
  noneHint:
    'Jede Änderung von Einstellungen, Rechten und Regeln der Anmeldung steht hier mit dem Namen dessen, der sie gemacht hat.',
  noMatch: 'Nichts gefunden',
  noMatchHint: 'Nehmen Sie einen Filter weg.',
  verify: 'Die Kette prüfen',
  intact: (entries) =>
    entries === 1
      ? 'Die einzige Zeile ist, wie sie geschrieben wurde.'
      : `Alle ${entries} Zeilen sind, wie sie geschrieben wurden.`,
  broken: (at, reason) =>
    `Die Kette ist bei Zeile ${at} gebrochen: ${reason}. Bewahren Sie eine Kopie der Datenbank auf und klären Sie, wer Zugang hatte.`,
};
