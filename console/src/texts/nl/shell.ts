import type { Texts } from '../index.ts';

export const shell: Texts['shell'] = {
  product: 'Switchboard',
  skip: 'Naar de inhoud',
  menu: 'Menu',
  workspace: 'Werkruimte',
  addWorkspace: 'Aanmelden bij een andere werkruimte',
  groups: { overview: 'Overzicht', work: 'Koppelingen', people: 'Mensen' },
  nav: {
    status: 'Toestand',
    plugins: 'Plug-ins',
    deliveries: 'Leveringen',
    stuck: 'Vraagt aandacht',
    audit: 'Logboek',
    roles: 'Rollen',
    security: 'Beveiliging',
  },
  language: 'Taal',
  appearance: 'Weergave',
  appearances: { auto: 'Zoals het systeem', light: 'Licht', dark: 'Donker' },
  account: 'Je account',
  signOut: 'Afmelden',
  signOutEverywhere: 'Overal afmelden',
  nothing: 'Je rol heeft hier nog niets te doen.',
  nothingHint: 'Een beheerder van deze werkruimte kan de rol rechten geven onder “Rollen en rechten”.',
  viewing: (role) => `Je bekijkt de console als de rol “${role}”. Zolang kan er niets worden veranderd.`,
  stopViewing: 'Terug naar mijn eigen rol',
};
