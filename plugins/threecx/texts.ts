import type { PluginTexts } from '@switchboard/core/contract';

/** What people read of the plugin, beside what `plugin.ts` and `config.ts` say in English. */
export const texts: PluginTexts = {
  summary: {
    nl: 'Toont wie er belt in 3CX en legt elk gesprek vast in het CRM, met persoon, bedrijf en locatie.',
    de: 'Zeigt, wer in 3CX anruft, und hält jeden Anruf im CRM fest, mit Person, Firma und Standort.',
  },
  settings: {
    apiKey: {
      name: { en: 'Hub key', nl: 'Sleutel van de hub', de: 'Schlüssel des Hubs' },
      description: {
        nl: 'Sleutel waarmee 3CX aan de hub bewijst wie het is. Maak er een met `openssl rand -base64 32` en vul hem hier in en in 3CX als "Hub key". Beheerders van de centrale kunnen hem daar lezen; gebruik hem dus nergens anders voor.',
        de: 'Schlüssel, mit dem 3CX dem Hub beweist, wer es ist. Erzeugen Sie einen mit `openssl rand -base64 32` und tragen Sie ihn hier und in 3CX als "Hub key" ein. Administratoren der Anlage können ihn dort lesen; verwenden Sie ihn also für nichts anderes.',
      },
    },
    pbxUrl: {
      name: { en: 'Address of the PBX', nl: 'Adres van de centrale', de: 'Adresse der Telefonanlage' },
      description: {
        nl: 'Adres van de centrale voor haar eigen API’s; die vragen een Enterprise-licentie. Zonder dit adres weet de hub wat de template vertelt.',
        de: 'Adresse der Anlage für deren eigene APIs, die eine Enterprise-Lizenz brauchen. Ohne sie weiß der Hub, was die Vorlage mitteilt.',
      },
    },
    liveClientId: {
      name: { en: 'Client for live calls', nl: 'Client voor lopende gesprekken', de: 'Client für laufende Anrufe' },
      description: {
        nl: 'Client van 3CX met "Call Control API" en de toestellen van alle medewerkers: toont gesprekken terwijl het gaat over, en belt.',
        de: 'Client von 3CX mit "Call Control API" und den Nebenstellen aller Mitarbeiter: zeigt Anrufe, während es klingelt, und ruft an.',
      },
    },
    liveSecret: {
      name: {
        en: 'Key of the client for live calls',
        nl: 'Sleutel van de client voor lopende gesprekken',
        de: 'Schlüssel des Clients für laufende Anrufe',
      },
      description: {
        nl: 'De sleutel van die client; 3CX toont hem één keer.',
        de: 'Der Schlüssel dieses Clients; 3CX zeigt ihn einmal.',
      },
    },
    syncClientId: {
      name: { en: 'Client for reading', nl: 'Client om te lezen', de: 'Client zum Lesen' },
      description: {
        nl: 'Nog een client van 3CX, met "Configuration API" en de rol System Owner: leest het gesprekkenlog, opnamen en gebruikers.',
        de: 'Ein weiterer Client von 3CX mit "Configuration API" und der Rolle System Owner: liest Anrufliste, Aufnahmen und Benutzer.',
      },
    },
    syncSecret: {
      name: {
        en: 'Key of the client for reading',
        nl: 'Sleutel van de client om te lezen',
        de: 'Schlüssel des Clients zum Lesen',
      },
      description: {
        nl: 'De sleutel van die client; 3CX toont hem één keer.',
        de: 'Der Schlüssel dieses Clients; 3CX zeigt ihn einmal.',
      },
    },
    journalInternal: {
      name: { en: 'Record internal calls', nl: 'Interne gesprekken vastleggen', de: 'Interne Anrufe festhalten' },
      description: {
        nl: 'Gesprekken tussen twee toestellen vastleggen.',
        de: 'Anrufe zwischen zwei Nebenstellen festhalten.',
      },
    },
    journalWithheld: {
      name: {
        en: 'Record calls with a withheld number',
        nl: 'Gesprekken met afgeschermd nummer vastleggen',
        de: 'Anrufe mit unterdrückter Nummer festhalten',
      },
      description: {
        nl: 'Gesprekken vastleggen waarvan de beller zijn nummer afschermt.',
        de: 'Anrufe festhalten, deren Anrufer die Nummer unterdrückt.',
      },
    },
    followUpHours: {
      name: {
        en: 'Follow up missed calls within (hours)',
        nl: 'Gemiste gesprekken opvolgen binnen (uur)',
        de: 'Verpassten Anrufen nachgehen binnen (Stunden)',
      },
      description: {
        nl: 'Een gemist gesprek telt als opgevolgd wanneer iemand de beller binnen zoveel uur spreekt.',
        de: 'Einem verpassten Anruf wurde nachgegangen, wenn jemand binnen so vieler Stunden mit dem Anrufer spricht.',
      },
    },
    dialFormat: {
      name: { en: 'How numbers are dialled', nl: 'Hoe nummers worden gekozen', de: 'Wie Nummern gewählt werden' },
      description: {
        nl: 'Hoe de hub nummers schrijft die hij kiest: +31201234567, 0031201234567, of nationaal (020…) binnen het land van de werkruimte en met 00 daarbuiten.',
        de: 'Wie der Hub Nummern schreibt, die er wählt: +31201234567, 0031201234567, oder national (020…) im Land des Arbeitsbereichs und mit 00 anderswo.',
      },
    },
    dialPrefix: {
      name: { en: 'Outside line prefix', nl: 'Cijfer voor een buitenlijn', de: 'Ziffer für die Amtsleitung' },
      description: {
        nl: 'Wat vóór een buitennummer moet worden gekozen als de uitgaande regels van de centrale dat willen, zoals 0.',
        de: 'Was vor einer Nummer außerhalb zu wählen ist, wenn die ausgehenden Regeln der Anlage es verlangen, etwa 0.',
      },
    },
    recordings: {
      name: { en: 'Recordings', nl: 'Opnamen', de: 'Aufnahmen' },
      description: {
        nl: 'Wat er met opnamen gebeurt: gekopieerd naar de opslag van de hub, in 3CX gelaten en opgehaald als iemand er een afspeelt, of niet bekeken.',
        de: 'Was aus Aufnahmen wird: in den Speicher des Hubs kopiert, in 3CX gelassen und beim Abspielen geholt, oder nicht beachtet.',
      },
    },
    recordingDays: {
      name: { en: 'Keep recordings for (days)', nl: 'Opnamen bewaren (dagen)', de: 'Aufnahmen behalten (Tage)' },
      description: {
        nl: 'Hoeveel dagen opnamen kunnen worden afgespeeld. Verwijdert 3CX ze eerder, dan de hub ook.',
        de: 'Wie viele Tage Aufnahmen abgespielt werden können. Löscht 3CX sie früher, dann auch der Hub.',
      },
    },
    transcripts: {
      name: { en: 'Who writes transcripts', nl: 'Wie uitschrijft', de: 'Wer niederschreibt' },
      description: {
        nl: 'Wie opschrijft wat er is gezegd: 3CX, de hub, of de hub waar 3CX het niet deed. De hub heeft daarvoor een plug-in voor transcriptie nodig.',
        de: 'Wer niederschreibt, was gesagt wurde: 3CX, der Hub, oder der Hub, wo 3CX es nicht tat. Der Hub braucht dafür ein Plug-in zur Transkription.',
      },
    },
    transcriptWaitMinutes: {
      name: {
        en: 'Wait for the transcript of 3CX (minutes)',
        nl: 'Op de tekst van 3CX wachten (minuten)',
        de: 'Auf den Text von 3CX warten (Minuten)',
      },
      description: {
        nl: 'Bij 3cx-then-hub: hoe lang 3CX de tijd heeft om het op te schrijven, vanaf het einde van de opname.',
        de: 'Bei 3cx-then-hub: wie lange 3CX Zeit zum Niederschreiben hat, ab dem Ende der Aufnahme.',
      },
    },
    agentNames: {
      name: {
        en: 'Whose names of agents are right',
        nl: 'Wiens namen van medewerkers gelden',
        de: 'Wessen Namen der Mitarbeiter gelten',
      },
      description: {
        nl: 'Wiens voor- en achternamen van medewerkers gelden: die van het CRM, die van 3CX, of niemand kijkt ernaar.',
        de: 'Wessen Vor- und Nachnamen der Mitarbeiter gelten: die des CRM, die von 3CX, oder niemand vergleicht sie.',
      },
    },
    agentEmails: {
      name: {
        en: 'Whose e-mail addresses of agents are right',
        nl: 'Wiens e-mailadressen van medewerkers gelden',
        de: 'Wessen E-Mail-Adressen der Mitarbeiter gelten',
      },
      description: {
        nl: 'Wiens e-mailadressen van medewerkers gelden: die waarmee leden zich bij het CRM aanmelden, of niemand kijkt ernaar. 3CX wint hier nooit.',
        de: 'Wessen E-Mail-Adressen der Mitarbeiter gelten: die, mit denen sich Mitglieder beim CRM anmelden, oder niemand vergleicht sie. 3CX gewinnt hier nie.',
      },
    },
    createUnknown: {
      name: { en: 'Create unknown callers', nl: 'Onbekende bellers aanmaken', de: 'Unbekannte Anrufer anlegen' },
      description: {
        nl: 'Voorinstelling van de template: maak voor elke onbekende beller een persoon aan. Kan in 3CX worden gewijzigd.',
        de: 'Voreinstellung der Vorlage: für jeden unbekannten Anrufer eine Person anlegen. Kann in 3CX geändert werden.',
      },
    },
    numberPrefix: {
      name: {
        en: 'International prefix from 3CX',
        nl: 'Internationaal voorvoegsel van 3CX',
        de: 'Internationale Vorwahl von 3CX',
      },
      description: {
        nl: 'Hoe 3CX het internationale voorvoegsel van nummers schrijft die het stuurt: 00, +, zoals ontvangen, of geen.',
        de: 'Wie 3CX die internationale Vorwahl der Nummern schreibt, die es sendet: 00, +, wie empfangen, oder keine.',
      },
    },
    datePasses: {
      name: { en: 'Date evaluation of 3CX', nl: 'Datumverwerking van 3CX', de: 'Datumsauswertung von 3CX' },
      description: {
        nl: 'Hoe vaak 3CX datums uitwerkt. Kies 2 als het leverlogboek gesprekken weigert vanwege hun datum.',
        de: 'Wie oft 3CX Datumsangaben auswertet. Nehmen Sie 2, wenn das Lieferprotokoll Anrufe wegen ihres Datums abweist.',
      },
    },
    textPasses: {
      name: { en: 'Text evaluation of 3CX', nl: 'Tekstverwerking van 3CX', de: 'Textauswertung von 3CX' },
      description: {
        nl: 'Hoe vaak 3CX teksten uitwerkt. Kies 0 als in transcripties delen tussen haakjes ontbreken.',
        de: 'Wie oft 3CX Texte auswertet. Nehmen Sie 0, wenn in Transkripten Teile in Klammern fehlen.',
      },
    },
  },
};
