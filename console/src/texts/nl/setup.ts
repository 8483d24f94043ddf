import type { Texts } from '../index.ts';

export const setup: Texts['setup'] = {
  title: 'Switchboard instellen',
  welcome: 'Een werkruimte verbinden',
  intro:
    'Eén formulier, daarna een lijst die zegt wat werkt en wat er aan de rest te doen is. Je kunt het zo vaak herhalen als je wilt.',
  name: 'Naam',
  nameHint: 'Zoals je mensen hem noemen.',
  slug: 'Korte naam',
  slugHint: 'In adressen en opdrachten: kleine letters, cijfers en streepjes.',
  country: 'Land',
  countryHint: 'Telefoonnummers zonder landnummer worden gelezen als nummers van dit land.',
  timeZone: 'Tijdzone',
  url: 'Adres van Twenty',
  urlHint: 'Zoals je het in de browser opent, bijvoorbeeld https://crm.example.com',
  apiKey: 'API-sleutel',
  apiKeyHint:
    'In Twenty: Settings, APIs & Webhooks, “Create key”, met de rol Admin. Hij wordt versleuteld bewaard en nooit meer getoond.',
  installApp: 'De Switchboard-app in de werkruimte installeren',
  installAppHint:
    'Brengt zaken, locaties, gesprekken en hun pagina’s naar Twenty. Wat er al is, wordt nooit verwijderd.',
  connect: 'Verbinden',
  progress: 'Wat de hub doet',
  steps: {
    server: 'Twenty bereiken',
    key: 'De werkruimte openen met de sleutel',
    app: 'De Switchboard-app',
    webhooks: 'Wijzigingen in Twenty bereiken de hub',
    'sign-in': 'Je mensen kunnen zich aanmelden',
    copy: 'De eerste kopie van je records',
  },
  stepStates: { waiting: 'komt later', 'under-way': 'bezig' },
  copying: (copied, total) =>
    total === '0'
      ? 'Begint zo.'
      : `Tot nu toe ${copied} van ${total} records. Het gaat door als je deze pagina verlaat.`,
  copied: (count) => `${count} records zijn gekopieerd en worden vers gehouden.`,
  interrupted: 'De hub werd onderbroken',
  interruptedHint: 'Niemand is er nog mee bezig. Verbind opnieuw: wat al gedaan is, gebeurt niet nog eens.',
  allWell: 'De werkruimte is verbonden',
  allWellHint: 'De eerste kopie van je records is begonnen. Meld je aan met je account van Twenty om verder te gaan.',
  notYet: 'Nog niet verbonden',
  notYetHint: 'Neem de oorzaak weg die de lijst noemt en verbind dan opnieuw.',
  continue: 'Aanmelden bij deze werkruimte',
  workspaces: 'Werkruimten',
  workspacesHint: 'Alle die deze hub kent. Verbind er een opnieuw als de sleutel of het adres is veranderd.',
  connected: 'verbonden',
  notConnected: 'niet verbonden',
  suspended: 'opgeschort',
  connectAgain: 'Opnieuw verbinden',
  another: 'Nog een werkruimte verbinden',
  finish: 'De instelling verlaten',
};
