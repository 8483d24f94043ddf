import type { Texts } from '../index.ts';

export const settingNames: Texts['settingNames'] = {
  threecx: {
    apiKey: 'Sleutel van de hub',
    pbxUrl: 'Adres van de centrale',
    liveClientId: 'Client voor lopende gesprekken',
    liveSecret: 'Sleutel van de client voor lopende gesprekken',
    syncClientId: 'Client om te lezen',
    syncSecret: 'Sleutel van de client om te lezen',
    journalInternal: 'Interne gesprekken vastleggen',
    journalWithheld: 'Gesprekken met afgeschermd nummer vastleggen',
    followUpHours: 'Gemiste gesprekken opvolgen binnen (uur)',
    dialFormat: 'Hoe nummers worden gekozen',
    dialPrefix: 'Cijfer voor een buitenlijn',
    recordings: 'Opnamen',
    recordingDays: 'Opnamen bewaren (dagen)',
    transcripts: 'Wie uitschrijft',
    transcriptWaitMinutes: 'Op de tekst van 3CX wachten (minuten)',
    agentNames: 'Wiens namen van medewerkers gelden',
    agentEmails: 'Wiens e-mailadressen van medewerkers gelden',
    createUnknown: 'Onbekende bellers aanmaken',
    numberPrefix: 'Internationaal voorvoegsel van 3CX',
    datePasses: 'Datumverwerking van 3CX',
    textPasses: 'Tekstverwerking van 3CX',
  },
};
