import type { Texts } from '../index.ts';

export const setup: Texts['setup'] = {
  title: 'Switchboard einrichten',
  welcome: 'Einen Arbeitsbereich verbinden',
  intro:
    'Ein Formular, dann eine Liste, die sagt, was geht und was für den Rest zu tun ist. Sie können es beliebig oft wiederholen.',
  name: 'Name',
  nameHint: 'Wie Ihre Leute ihn nennen.',
  slug: 'Kurzname',
  slugHint: 'In Adressen und Befehlen: kleine Buchstaben, Ziffern und Bindestriche.',
  country: 'Land',
  countryHint: 'Rufnummern ohne Landesvorwahl werden als Nummern dieses Landes gelesen.',
  timeZone: 'Zeitzone',
  url: 'Adresse von Twenty',
  urlHint: 'Wie Sie es im Browser öffnen, zum Beispiel https://crm.example.com',
  apiKey: 'API-Schlüssel',
  apiKeyHint:
    'In Twenty: Settings, APIs & Webhooks, „Create key“, mit der Rolle Admin. Er wird verschlüsselt gespeichert und nie mehr gezeigt.',
  installApp: 'Die Switchboard-App im Arbeitsbereich installieren',
  installAppHint: 'Bringt Fälle, Standorte, Anrufe und ihre Seiten nach Twenty. Was schon da ist, wird nie gelöscht.',
  connect: 'Verbinden',
  progress: 'Was der Hub tut',
  steps: {
    server: 'Twenty erreichen',
    key: 'Den Arbeitsbereich mit dem Schlüssel öffnen',
    app: 'Die Switchboard-App',
    webhooks: 'Änderungen in Twenty erreichen den Hub',
    'sign-in': 'Ihre Leute können sich anmelden',
    copy: 'Die erste Kopie Ihrer Datensätze',
  },
  stepStates: { waiting: 'kommt später', 'under-way': 'läuft' },
  copying: (copied, total) =>
    total === '0'
      ? 'Beginnt gleich.'
      : `Bisher ${copied} von ${total} Datensätzen. Das geht weiter, wenn Sie diese Seite verlassen.`,
  copied: (count) => `${count} Datensätze sind kopiert und werden frisch gehalten.`,
  interrupted: 'Der Hub wurde unterbrochen',
  interruptedHint: 'Niemand ist mehr dabei. Verbinden Sie neu: Was schon getan ist, geschieht nicht noch einmal.',
  allWell: 'Der Arbeitsbereich ist verbunden',
  allWellHint:
    'Die erste Kopie Ihrer Datensätze hat begonnen. Melden Sie sich mit Ihrem Konto von Twenty an, um weiterzumachen.',
  notYet: 'Noch nicht verbunden',
  notYetHint: 'Beseitigen Sie die Ursache, die die Liste nennt, und verbinden Sie dann neu.',
  continue: 'In diesem Arbeitsbereich anmelden',
  workspaces: 'Arbeitsbereiche',
  workspacesHint:
    'Alle, die dieser Hub kennt. Verbinden Sie einen neu, wenn sich sein Schlüssel oder seine Adresse geändert hat.',
  connected: 'verbunden',
  notConnected: 'nicht verbunden',
  suspended: 'ausgesetzt',
  connectAgain: 'Neu verbinden',
  another: 'Noch einen Arbeitsbereich verbinden',
  finish: 'Einrichtung verlassen',
};
