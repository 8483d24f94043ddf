/** States of cases and malfunctions as people say them inside a sentence, by language; English follows from the constant. */
const byLanguage: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {},
  de: {
    NEW: 'neu',
    OPEN: 'offen',
    IN_PROGRESS: 'in Arbeit',
    WAITING_FOR_CUSTOMER: 'wartet auf Kunden',
    WAITING_FOR_OTHERS: 'wartet auf andere',
    RESOLVED: 'gelöst',
    CLOSED: 'geschlossen',
    CANCELLED: 'abgebrochen',
    REPORTED: 'gemeldet',
    INVESTIGATING: 'wird untersucht',
    IDENTIFIED: 'Ursache bekannt',
    IN_REPAIR: 'in Reparatur',
    MONITORING: 'wird beobachtet',
    MERGED: 'zusammengeführt',
  },
  nl: {
    NEW: 'nieuw',
    OPEN: 'open',
    IN_PROGRESS: 'in behandeling',
    WAITING_FOR_CUSTOMER: 'wacht op klant',
    WAITING_FOR_OTHERS: 'wacht op anderen',
    RESOLVED: 'opgelost',
    CLOSED: 'gesloten',
    CANCELLED: 'geannuleerd',
    REPORTED: 'gemeld',
    INVESTIGATING: 'wordt onderzocht',
    IDENTIFIED: 'oorzaak bekend',
    IN_REPAIR: 'in reparatie',
    MONITORING: 'wordt gevolgd',
    MERGED: 'samengevoegd',
  },
};

/** `WAITING_FOR_CUSTOMER` is for programs. One that a workspace has added itself is said as it is written. @param locale of the tenant: `de-DE` */
export function stateInWords(state: string, locale: string): string {
  const known = byLanguage[locale.slice(0, 2).toLowerCase()]?.[state];
  return known ?? state.toLowerCase().replaceAll('_', ' ');
}
