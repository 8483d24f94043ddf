import type { Texts } from './texts.ts';

export const dutch: Texts = {
  calls: 'Recente gesprekken',
  cases: 'Open zaken',
  health: 'Toestand van de verbinding',
  loading: 'De hub wordt gevraagd …',
  refresh: 'Vernieuwen',
  tryAgain: 'Opnieuw proberen',
  noCalls: 'Nog geen gesprekken.',
  noCases: 'Geen open zaken.',
  noRecord: 'Open één record om de gesprekken en zaken ervan te zien.',
  mayNotSeeCalls: 'Je rol mag geen gesprekken zien.',
  mayNotSeeCases: 'Je rol mag geen zaken zien.',
  moreCalls: 'Oudere gesprekken staan onder “Calls” van dit record.',
  moreCases: 'Meer zaken staan onder “Cases” van dit record.',
  call: 'Gesprek',
  noSubject: 'Zonder onderwerp',
  today: 'vandaag',
  yesterday: 'gisteren',
  due: (when) => `klaar vóór ${when}`,
  overdue: (when) => `te laat sinds ${when}`,
  by: (agent) => `met ${agent}`,
  asOf: (when) => `Stand van ${when}`,
  open: (what) => `${what} openen`,
  values: {
    INBOUND: 'Inkomend',
    OUTBOUND: 'Uitgaand',
    INTERNAL: 'Intern',
    ANSWERED: 'Beantwoord',
    MISSED: 'Gemist',
    NOT_ANSWERED: 'Niet beantwoord',
    NEW: 'Nieuw',
    OPEN: 'Open',
    IN_PROGRESS: 'In behandeling',
    WAITING_FOR_CUSTOMER: 'Wacht op klant',
    WAITING_FOR_OTHERS: 'Wacht op anderen',
    LOW: 'Laag',
    NORMAL: 'Normaal',
    HIGH: 'Hoog',
    URGENT: 'Dringend',
  },
  states: { ok: 'In orde', warning: 'Let op', failed: 'Buiten werking' },
  problems: {
    unreachable: {
      title: 'De hub is niet bereikbaar.',
      advice: 'Controleer je netwerk. Zien anderen dit ook, meld het dan aan je beheerder.',
    },
    failed: {
      title: 'De hub kon niet antwoorden.',
      advice: 'Probeer het opnieuw; blijft het zo, meld het dan aan je beheerder.',
    },
    forbidden: {
      title: 'Je mag dit niet zien.',
      advice: 'Je rol in Twenty staat het niet toe. Je beheerder kan dat veranderen.',
    },
    expired: { title: 'Je sessie is verlopen.', advice: 'Laad de pagina opnieuw en meld je weer aan bij Twenty.' },
    unknown: {
      title: 'De hub accepteert je niet.',
      advice:
        'Misschien is deze werkruimte niet met de hub verbonden, of heb je er geen rol. Meld het aan je beheerder.',
    },
    busy: { title: 'Dat was iets te vaak.', advice: 'Wacht een minuut en probeer het dan opnieuw.' },
  },
  connection: {
    connected: 'De hub is verbonden met Twenty.',
    stopped: 'De hub werkt op dit moment niet aan deze werkruimte: nieuwe gesprekken verschijnen later.',
    unreachable: 'De hub bereikt Twenty op dit moment niet; hij blijft het proberen.',
    refused: 'Twenty weigert de sleutel van de hub: een beheerder moet de werkruimte opnieuw verbinden.',
  },
  copy: {
    fresh: (when) => `Gesprekken en zaken zijn bijgewerkt (${when}).`,
    behind: (when) => `Wat na ${when} is veranderd, kan hier ontbreken.`,
    copying: (percent) => `De eerste kopie wordt gemaakt (${percent} %): de lijsten kunnen onvolledig zijn.`,
    missing: 'Gesprekken en zaken zijn nog niet gekopieerd: de lijsten kunnen onvolledig zijn.',
  },
  writes: {
    sent: 'Alles wat de hub weet, staat in Twenty.',
    behind: (when) => `Wat de hub sinds ${when} weet, moet nog in Twenty worden gezet.`,
  },
  refused: {
    none: 'Twenty heeft niets geweigerd.',
    some: (count, isOne) =>
      isOne
        ? 'Twenty heeft één wijziging geweigerd; een beheerder moet ernaar kijken.'
        : `Twenty heeft ${count} wijzigingen geweigerd; een beheerder moet ernaar kijken.`,
  },
};
