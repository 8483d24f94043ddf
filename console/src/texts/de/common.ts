import type { Texts } from '../index.ts';

export const common: Texts['common'] = {
  save: 'Speichern',
  cancel: 'Abbrechen',
  close: 'Schließen',
  tryAgain: 'Noch einmal versuchen',
  showMore: 'Mehr zeigen',
  all: 'Alle',
  never: 'nie',
  export: 'Als CSV ausgeben',
  copy: 'Kopieren',
  copied: 'Kopiert',
  loading: 'Wird geladen …',
  details: 'Einzelheiten',
  back: 'Zurück',
  problem: {
    title: 'Das hat nicht geklappt',
    unreachable: 'Der Hub ist nicht erreichbar.',
    unreachableRemedy: 'Prüfen Sie Ihr Netz. Wenn es anderen auch so geht, melden Sie es dem Betreiber des Hubs.',
    gone: 'Diese Seite gibt es nicht.',
    goneRemedy: 'Gehen Sie zurück zur Übersicht und wählen Sie die Seite im Menü.',
    notAllowed: 'Ihre Rolle darf das nicht sehen.',
    notAllowedRemedy: 'Das kann ein Administrator unter „Rollen und Rechte“ ändern.',
    remedy: 'Was zu tun ist',
  },
  check: { ok: 'in Ordnung', warning: 'bitte ansehen', failed: 'außer Betrieb', off: 'aus' },
};
