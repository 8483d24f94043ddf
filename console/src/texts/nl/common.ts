import type { Texts } from '../index.ts';

export const common: Texts['common'] = {
  save: 'Opslaan',
  cancel: 'Annuleren',
  close: 'Sluiten',
  tryAgain: 'Opnieuw proberen',
  showMore: 'Meer tonen',
  all: 'Alles',
  never: 'nooit',
  export: 'Exporteren als CSV',
  copy: 'Kopiëren',
  copied: 'Gekopieerd',
  loading: 'Laden …',
  details: 'Details',
  back: 'Terug',
  problem: {
    title: 'Dat is niet gelukt',
    unreachable: 'De hub is niet bereikbaar.',
    unreachableRemedy: 'Controleer je netwerk. Zien anderen dit ook, meld het dan aan wie de hub beheert.',
    gone: 'Deze pagina bestaat niet.',
    goneRemedy: 'Ga terug naar het overzicht en kies de pagina in het menu.',
    notAllowed: 'Je rol mag dit niet zien.',
    notAllowedRemedy: 'Een beheerder kan dat veranderen onder “Rollen en rechten”.',
    remedy: 'Wat te doen',
  },
  check: { ok: 'in orde', warning: 'let op', failed: 'buiten werking', off: 'uit' },
};
