import type { PluginTexts } from '@switchboard/core/contract';

/** What people read of the plugin, beside what `plugin.ts` and `config.ts` say in English. */
export const texts: PluginTexts = {
  summary: {
    nl: 'Nummert zaken, opent ze vanuit gesprekken en geeft medewerkers een eigen werkplek.',
    de: 'Nummeriert Fälle, öffnet sie aus Anrufen und gibt Mitarbeitern einen eigenen Arbeitsplatz.',
  },
  settings: {
    numberPrefix: {
      name: { en: 'Prefix of numbers', nl: 'Begin van nummers', de: 'Anfang der Nummern' },
      description: {
        nl: 'Waarmee de nummers van zaken beginnen, zoals C- voor C-000123. Gegeven nummers blijven zoals ze zijn.',
        de: 'Womit die Nummern der Fälle beginnen, etwa C- für C-000123. Vergebene Nummern bleiben, wie sie sind.',
      },
    },
    calendar: {
      name: {
        en: 'When promised times count',
        nl: 'Wanneer beloofde tijden tellen',
        de: 'Wann zugesagte Zeiten zählen',
      },
      description: {
        nl: 'Wanneer beloofde tijden tellen: de kantooruren, de langere uren van sommige contracten, en de feestdagen.',
        de: 'Wann zugesagte Zeiten zählen: die Geschäftszeiten, die längeren Zeiten mancher Verträge und die Feiertage.',
      },
    },
    levelTimes: {
      name: {
        en: 'Promised times per service level',
        nl: 'Beloofde tijden per serviceniveau',
        de: 'Zugesagte Zeiten je Servicelevel',
      },
      description: {
        nl: 'Minuten tot de eerste reactie en tot de oplossing, per serviceniveau, voor contracten die er geen noemen.',
        de: 'Minuten bis zur ersten Antwort und bis zur Lösung, je Servicelevel, für Verträge, die keine nennen.',
      },
    },
    priorityShares: {
      name: {
        en: 'Part of the time per priority (percent)',
        nl: 'Deel van de tijd per prioriteit (procent)',
        de: 'Anteil der Zeit je Priorität (Prozent)',
      },
      description: {
        nl: 'Het percentage van de beloofde tijd dat elke prioriteit overlaat.',
        de: 'Prozent der zugesagten Zeit, die jede Priorität lässt.',
      },
    },
    levelWithoutContract: {
      name: {
        en: 'Service level without a contract',
        nl: 'Serviceniveau zonder contract',
        de: 'Servicelevel ohne Vertrag',
      },
      description: {
        nl: 'Serviceniveau van zaken zonder contract. NONE belooft niets.',
        de: 'Servicelevel von Fällen ohne Vertrag. NONE sagt nichts zu.',
      },
    },
    warnPercent: {
      name: { en: 'Warn after (percent)', nl: 'Waarschuwen na (procent)', de: 'Warnen nach (Prozent)' },
      description: {
        nl: 'Er komt een waarschuwing wanneer zoveel procent van de beloofde tijd voorbij is.',
        de: 'Eine Warnung kommt, wenn so viel Prozent der zugesagten Zeit vergangen sind.',
      },
    },
    reopenDays: {
      name: {
        en: 'Open solved cases again within (days)',
        nl: 'Opgeloste zaken heropenen binnen (dagen)',
        de: 'Gelöste Fälle wieder öffnen innerhalb von (Tagen)',
      },
      description: {
        nl: 'Een antwoord of gesprek tot zoveel dagen na de oplossing opent de zaak opnieuw. Later, of als ze gesloten was, volgt een nieuwe zaak. 0 opent nooit opnieuw.',
        de: 'Eine Antwort oder ein Anruf bis so viele Tage nach der Lösung öffnet den Fall wieder. Später, oder wenn er geschlossen war, folgt ihm ein neuer. 0 öffnet nie wieder.',
      },
    },
    formKey: {
      name: { en: 'Key of web forms', nl: 'Sleutel van webformulieren', de: 'Schlüssel der Webformulare' },
      description: {
        nl: 'Sleutel waarmee een webformulier of een ander programma zaken opent. Zonder sleutel doet niemand dat.',
        de: 'Schlüssel, mit dem ein Webformular oder ein anderes Programm Fälle öffnet. Ohne einen tut es niemand.',
      },
    },
    formPerMinute: {
      name: {
        en: 'Cases from forms per minute',
        nl: 'Zaken uit formulieren per minuut',
        de: 'Fälle aus Formularen je Minute',
      },
      description: {
        nl: 'Meer zaken per minuut worden van formulieren niet aangenomen.',
        de: 'Mehr Fälle je Minute werden aus Formularen nicht angenommen.',
      },
    },
    mapTiles: {
      name: { en: 'Server of map pictures', nl: 'Server met kaartbeelden', de: 'Server für Kartenbilder' },
      description: {
        nl: 'Adres van een server met kaartbeelden, zoals https://tiles.example.com/{z}/{x}/{y}.png. Zonder adres wordt de kaart getoond die bij de hub hoort: kusten, grenzen en namen van steden.',
        de: 'Adresse eines Servers mit Kartenbildern, etwa https://tiles.example.com/{z}/{x}/{y}.png. Ohne eine erscheint die Karte, die der Hub mitbringt: Küsten, Grenzen und Namen von Städten.',
      },
    },
    mapTilesBy: {
      name: { en: 'Makers of the map pictures', nl: 'Makers van de kaartbeelden', de: 'Urheber der Kartenbilder' },
      description: {
        nl: 'Wie die beelden maakte, zoals hun licentie het op de kaart vermeld wil zien.',
        de: 'Wer diese Bilder gemacht hat, wie ihre Lizenz es auf der Karte genannt haben will.',
      },
    },
  },
};
