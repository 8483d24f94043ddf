import type { Texts } from './texts.ts';

export const german: Texts = {
  calls: 'Letzte Anrufe',
  cases: 'Offene Fälle',
  health: 'Zustand der Verbindung',
  loading: 'Der Hub wird gefragt …',
  refresh: 'Aktualisieren',
  tryAgain: 'Noch einmal versuchen',
  noCalls: 'Noch keine Anrufe.',
  noCases: 'Keine offenen Fälle.',
  noRecord: 'Öffnen Sie einen einzelnen Datensatz, um seine Anrufe und Fälle zu sehen.',
  mayNotSeeCalls: 'Ihre Rolle darf keine Anrufe sehen.',
  mayNotSeeCases: 'Ihre Rolle darf keine Fälle sehen.',
  moreCalls: 'Ältere Anrufe stehen unter „Calls“ dieses Datensatzes.',
  moreCases: 'Weitere Fälle stehen unter „Cases“ dieses Datensatzes.',
  call: 'Anruf',
  noSubject: 'Ohne Betreff',
  today: 'heute',
  yesterday: 'gestern',
  due: (when) => `fällig ${when}`,
  overdue: (when) => `überfällig seit ${when}`,
  by: (agent) => `mit ${agent}`,
  asOf: (when) => `Stand ${when}`,
  open: (what) => `${what} öffnen`,
  values: {
    INBOUND: 'Eingehend',
    OUTBOUND: 'Ausgehend',
    INTERNAL: 'Intern',
    ANSWERED: 'Angenommen',
    MISSED: 'Verpasst',
    NOT_ANSWERED: 'Nicht angenommen',
    NEW: 'Neu',
    OPEN: 'Offen',
    IN_PROGRESS: 'In Arbeit',
    WAITING_FOR_CUSTOMER: 'Wartet auf Kunden',
    WAITING_FOR_OTHERS: 'Wartet auf andere',
    LOW: 'Niedrig',
    NORMAL: 'Normal',
    HIGH: 'Hoch',
    URGENT: 'Dringend',
  },
  states: { ok: 'In Ordnung', warning: 'Achtung', failed: 'Gestört' },
  problems: {
    unreachable: {
      title: 'Der Hub ist nicht erreichbar.',
      advice: 'Prüfen Sie Ihr Netz. Sehen andere das auch, sagen Sie es der Administration.',
    },
    failed: {
      title: 'Der Hub konnte nicht antworten.',
      advice: 'Versuchen Sie es noch einmal; bleibt es so, sagen Sie es der Administration.',
    },
    forbidden: {
      title: 'Sie dürfen das nicht sehen.',
      advice: 'Ihre Rolle in Twenty erlaubt es nicht. Die Administration kann das ändern.',
    },
    expired: {
      title: 'Ihre Sitzung ist abgelaufen.',
      advice: 'Laden Sie die Seite neu und melden Sie sich wieder bei Twenty an.',
    },
    unknown: {
      title: 'Der Hub nimmt Sie nicht an.',
      advice:
        'Vielleicht ist dieser Arbeitsbereich nicht mit dem Hub verbunden, oder Sie haben dort keine Rolle. Sagen Sie es der Administration.',
    },
    busy: { title: 'Das war etwas zu oft.', advice: 'Warten Sie eine Minute und versuchen Sie es dann noch einmal.' },
  },
  connection: {
    connected: 'Der Hub ist mit Twenty verbunden.',
    stopped: 'Der Hub arbeitet gerade nicht für diesen Arbeitsbereich: neue Anrufe erscheinen später.',
    unreachable: 'Der Hub erreicht Twenty gerade nicht; er versucht es weiter.',
    refused: 'Twenty weist den Schlüssel des Hubs ab: die Administration muss den Arbeitsbereich neu verbinden.',
  },
  copy: {
    fresh: (when) => `Anrufe und Fälle sind auf dem neuesten Stand (${when}).`,
    behind: (when) => `Was sich nach ${when} geändert hat, kann hier fehlen.`,
    copying: (percent) => `Die erste Kopie entsteht gerade (${percent} %): die Listen können unvollständig sein.`,
    missing: 'Anrufe und Fälle sind noch nicht kopiert: die Listen können unvollständig sein.',
  },
  writes: {
    sent: 'Alles, was der Hub weiß, steht in Twenty.',
    behind: (when) => `Was der Hub seit ${when} weiß, wartet noch darauf, in Twenty einzugehen.`,
  },
  refused: {
    none: 'Twenty hat nichts abgewiesen.',
    some: (count, isOne) =>
      isOne
        ? 'Twenty hat eine Eintragung abgewiesen; die Administration muss sie ansehen.'
        : `Twenty hat ${count} Eintragungen abgewiesen; die Administration muss sie ansehen.`,
  },
};
