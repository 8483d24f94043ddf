import type { Texts } from '../index.ts';

export const settingNames: Texts['settingNames'] = {
  threecx: {
    apiKey: 'Schlüssel des Hubs',
    pbxUrl: 'Adresse der Telefonanlage',
    liveClientId: 'Client für laufende Anrufe',
    liveSecret: 'Schlüssel des Clients für laufende Anrufe',
    syncClientId: 'Client zum Lesen',
    syncSecret: 'Schlüssel des Clients zum Lesen',
    journalInternal: 'Interne Anrufe festhalten',
    journalWithheld: 'Anrufe mit unterdrückter Nummer festhalten',
    followUpHours: 'Verpassten Anrufen nachgehen binnen (Stunden)',
    dialFormat: 'Wie Nummern gewählt werden',
    dialPrefix: 'Ziffer für die Amtsleitung',
    recordings: 'Aufnahmen',
    recordingDays: 'Aufnahmen behalten (Tage)',
    transcripts: 'Wer niederschreibt',
    transcriptWaitMinutes: 'Auf den Text von 3CX warten (Minuten)',
    agentNames: 'Wessen Namen der Mitarbeiter gelten',
    agentEmails: 'Wessen E-Mail-Adressen der Mitarbeiter gelten',
    createUnknown: 'Unbekannte Anrufer anlegen',
    numberPrefix: 'Internationale Vorwahl von 3CX',
    datePasses: 'Datumsauswertung von 3CX',
    textPasses: 'Textauswertung von 3CX',
  },
};
