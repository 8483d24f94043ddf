import type { Texts } from '../index.ts';

export const shell: Texts['shell'] = {
  product: 'Switchboard',
  skip: 'Zum Inhalt',
  menu: 'Menü',
  workspace: 'Arbeitsbereich',
  addWorkspace: 'In einem anderen Arbeitsbereich anmelden',
  groups: { overview: 'Übersicht', work: 'Verbindungen', people: 'Menschen' },
  nav: {
    status: 'Zustand',
    plugins: 'Plug-ins',
    deliveries: 'Lieferungen',
    stuck: 'Braucht Hilfe',
    audit: 'Protokoll',
    roles: 'Rollen',
    security: 'Sicherheit',
  },
  language: 'Sprache',
  appearance: 'Darstellung',
  appearances: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  account: 'Ihr Konto',
  signOut: 'Abmelden',
  signOutEverywhere: 'Überall abmelden',
  nothing: 'Ihre Rolle hat hier noch nichts zu tun.',
  nothingHint: 'Ein Administrator dieses Arbeitsbereichs kann ihr unter „Rollen und Rechte“ Rechte geben.',
  viewing: (role) => `Sie sehen die Konsole als die Rolle „${role}“. Solange lässt sich nichts ändern.`,
  stopViewing: 'Zurück zu meiner eigenen Rolle',
};
