import type { PluginTexts } from '@switchboard/core/contract';

/** What people read of the plugin, beside what `plugin.ts` and `config.ts` say in English. */
export const texts: PluginTexts = {
  summary: {
    nl: 'Schrijft op wat in opgenomen gesprekken wordt gezegd: op deze machine, bij OpenAI of op een eigen server.',
    de: 'Schreibt nieder, was in aufgenommenen Anrufen gesagt wird: auf dieser Maschine, bei OpenAI oder auf einem eigenen Server.',
  },
  settings: {
    engines: {
      name: { en: 'Engines, in their order', nl: 'Engines, op volgorde', de: 'Engines, der Reihe nach' },
      description: {
        nl: 'Wie opschrijft wat er is gezegd, in deze volgorde: de volgende waar een ervan het niet kan. `3cx` neemt over wat 3CX schreef, `embedded` werkt op deze machine (Engels), `openai` en `openai-compatible` sturen het geluid weg.',
        de: 'Wer niederschreibt, was gesagt wurde, in dieser Reihenfolge: die nächste, wo eine es nicht kann. `3cx` übernimmt, was 3CX schrieb, `embedded` arbeitet auf dieser Maschine (Englisch), `openai` und `openai-compatible` senden den Ton fort.',
      },
    },
    language: {
      name: { en: 'Language of calls', nl: 'Taal van gesprekken', de: 'Sprache der Anrufe' },
      description: {
        nl: 'Wat er wordt gesproken, zoals `en` of `nl`. Met `auto` zoekt elke engine het zelf uit, en markeert de ingebouwde wat geen Engels is als onduidelijk.',
        de: 'Was gesprochen wird, etwa `en` oder `nl`. Mit `auto` findet jede Engine es heraus, und die eingebaute kennzeichnet, was nicht Englisch ist, als unklar.',
      },
    },
    consent: {
      name: {
        en: 'Whose calls are written down',
        nl: 'Wiens gesprekken worden uitgeschreven',
        de: 'Wessen Anrufe niedergeschrieben werden',
      },
      description: {
        nl: 'Welke gesprekken worden uitgeschreven: alle die mogen worden opgenomen, of alleen die waarvan de beller het vooraf is gevraagd.',
        de: 'Welche Anrufe niedergeschrieben werden: alle, die aufgenommen werden dürfen, oder nur die, deren Anrufer vorher gefragt wurde.',
      },
    },
    consentRules: {
      name: {
        en: 'Rules by country and direction',
        nl: 'Regels per land en richting',
        de: 'Regeln nach Land und Richtung',
      },
      description: {
        nl: 'Wat in plaats daarvan geldt voor gesprekken met een land of in een richting, zoals `DE inbound asked` of `any internal never`: een land van twee letters of `any`; inbound, outbound, internal of `any`; recorded, asked of never. De regel die het land noemt, gaat voor. Waar een nummer geen land verraadt, geldt de strengste die mogelijk is.',
        de: 'Was stattdessen für Anrufe mit einem Land oder in einer Richtung gilt, etwa `DE inbound asked` oder `any internal never`: ein Land aus zwei Buchstaben oder `any`; inbound, outbound, internal oder `any`; recorded, asked oder never. Die Regel, die das Land nennt, geht vor. Wo eine Nummer kein Land verrät, gilt die strengste mögliche.',
      },
    },
    directions: {
      name: {
        en: 'Directions that are written down',
        nl: 'Richtingen die worden uitgeschreven',
        de: 'Richtungen, die niedergeschrieben werden',
      },
      description: {
        nl: 'Welke gesprekken worden uitgeschreven, per richting; `external` laat gesprekken tussen collega’s weg.',
        de: 'Welche Anrufe niedergeschrieben werden, nach Richtung; `external` lässt Anrufe zwischen Kollegen aus.',
      },
    },
    left: {
      name: {
        en: 'Who is on the left channel',
        nl: 'Wie op het linkerkanaal staat',
        de: 'Wer auf dem linken Kanal ist',
      },
      description: {
        nl: 'Wie links staat van een opname met twee kanalen: wie het gesprek begon, of altijd die kant.',
        de: 'Wer bei einer Aufnahme mit zwei Kanälen links ist: wer angerufen hat, oder immer diese Seite.',
      },
    },
    redactCountries: {
      name: {
        en: 'Identity numbers of which countries',
        nl: 'Identiteitsnummers van welke landen',
        de: 'Ausweisnummern welcher Länder',
      },
      description: {
        nl: 'Landen waarvan identiteitsnummers uit teksten worden weggelaten, naast dat van de werkruimte. Kaartnummers altijd.',
        de: 'Länder, deren Ausweisnummern aus Texten weggelassen werden, neben dem des Arbeitsbereichs. Kartennummern immer.',
      },
    },
    openaiKey: {
      name: { en: 'Key at OpenAI', nl: 'Sleutel bij OpenAI', de: 'Schlüssel bei OpenAI' },
      description: {
        nl: 'Sleutel van de aanbieder; gesprekken gaan deel voor deel daarheen zodra hij bij de engines staat.',
        de: 'Schlüssel des Anbieters; Anrufe gehen Teil für Teil dorthin, sobald er unter den Engines steht.',
      },
    },
    openaiModel: {
      name: { en: 'Model at OpenAI', nl: 'Model bij OpenAI', de: 'Modell bei OpenAI' },
      description: {
        nl: 'Model bij OpenAI; modellen houden op te bestaan, kijk dus daar.',
        de: 'Modell bei OpenAI; Modelle laufen aus, sehen Sie also dort nach.',
      },
    },
    openaiAnswers: {
      name: { en: 'What that model answers', nl: 'Wat dat model antwoordt', de: 'Was dieses Modell antwortet' },
      description: {
        nl: 'Wat dat model naast de tekst vertelt: niets, hoe waarschijnlijk elk woord is (gpt-4o-transcribe), of tijden en waarschijnlijkheden (whisper-1).',
        de: 'Was dieses Modell neben dem Text mitteilt: nichts, wie wahrscheinlich jedes Wort ist (gpt-4o-transcribe), oder Zeiten und Wahrscheinlichkeiten (whisper-1).',
      },
    },
    openaiPricePerMinute: {
      name: { en: 'Price per minute at OpenAI', nl: 'Prijs per minuut bij OpenAI', de: 'Preis je Minute bei OpenAI' },
      description: {
        nl: 'Wat een minuut geluid bij OpenAI kost, in de munt van het budget.',
        de: 'Was eine Minute Ton bei OpenAI kostet, in der Währung des Budgets.',
      },
    },
    compatibleUrl: {
      name: { en: 'Address of your own server', nl: 'Adres van uw eigen server', de: 'Adresse des eigenen Servers' },
      description: {
        nl: 'Basisadres van een server die de API van OpenAI spreekt, zoals een eigen Whisper-server.',
        de: 'Basisadresse eines Servers, der die API von OpenAI spricht, etwa eines eigenen Whisper-Servers.',
      },
    },
    compatibleKey: {
      name: { en: 'Key of that server', nl: 'Sleutel van die server', de: 'Schlüssel dieses Servers' },
      description: {
        nl: 'Sleutel van die server, als hij er een wil.',
        de: 'Schlüssel dieses Servers, falls er einen verlangt.',
      },
    },
    compatibleModel: {
      name: { en: 'Model at that server', nl: 'Model op die server', de: 'Modell auf diesem Server' },
      description: { nl: 'Model op die server.', de: 'Modell auf diesem Server.' },
    },
    compatibleAnswers: {
      name: { en: 'What that server answers', nl: 'Wat die server antwoordt', de: 'Was dieser Server antwortet' },
      description: {
        nl: 'Wat dat model naast de tekst vertelt, zoals bij OpenAI.',
        de: 'Was dieses Modell neben dem Text mitteilt, wie bei OpenAI.',
      },
    },
    compatiblePricePerMinute: {
      name: {
        en: 'Price per minute at that server',
        nl: 'Prijs per minuut op die server',
        de: 'Preis je Minute auf diesem Server',
      },
      description: {
        nl: 'Wat een minuut geluid op die server kost, in de munt van het budget.',
        de: 'Was eine Minute Ton auf diesem Server kostet, in der Währung des Budgets.',
      },
    },
    monthlyBudget: {
      name: { en: 'Budget per month', nl: 'Budget per maand', de: 'Budget je Monat' },
      description: {
        nl: 'Wat engines die iets kosten in een kalendermaand mogen kosten. Daarna neemt de volgende engine het over, of gesprekken wachten.',
        de: 'Was Engines, die etwas kosten, im Kalendermonat kosten dürfen. Danach übernimmt die nächste Engine, oder Anrufe warten.',
      },
    },
    textDays: {
      name: { en: 'Keep texts for (days)', nl: 'Teksten bewaren (dagen)', de: 'Texte behalten (Tage)' },
      description: {
        nl: 'Na hoeveel dagen de tekst van een gesprek wordt verwijderd, in de hub, in zijn zoekindex en in Twenty; 0 bewaart hem. Hoe lang geluid wordt bewaard, is een instelling van de telefooncentrale.',
        de: 'Nach wie vielen Tagen der Text eines Anrufs gelöscht wird, im Hub, in seiner Suche und in Twenty; 0 behält ihn. Wie lange Ton behalten wird, ist eine Einstellung der Telefonanlage.',
      },
    },
    derivedDays: {
      name: { en: 'Keep waveforms for (days)', nl: 'Golfvormen bewaren (dagen)', de: 'Wellenformen behalten (Tage)' },
      description: {
        nl: 'Na hoeveel dagen golfvormen, en wat verder uit geluid en tekst is afgeleid, worden verwijderd; 0 bewaart ze zo lang als de tekst.',
        de: 'Nach wie vielen Tagen Wellenformen und was sonst aus Ton und Text gewonnen wurde gelöscht werden; 0 behält sie so lange wie den Text.',
      },
    },
    patienceDays: {
      name: {
        en: 'Wait for an engine (days)',
        nl: 'Op een engine wachten (dagen)',
        de: 'Auf eine Engine warten (Tage)',
      },
      description: {
        nl: 'Hoe lang een gesprek wacht op een engine die uitvalt of een budget dat op is, voordat het als mislukt telt.',
        de: 'Wie lange ein Anruf auf eine ausgefallene Engine oder ein aufgebrauchtes Budget wartet, bevor er als gescheitert gilt.',
      },
    },
    assist: {
      name: {
        en: 'Let a language model propose',
        nl: 'Een taalmodel laten voorstellen',
        de: 'Ein Sprachmodell vorschlagen lassen',
      },
      description: {
        nl: 'Of een taalmodel elke tekst die klaar is leest en een samenvatting, actiepunten, stemming en het onderwerp, de categorie en de storing van een zaak voorstelt. Mensen nemen het over of wijzen het af.',
        de: 'Ob ein Sprachmodell jeden fertigen Text liest und eine Zusammenfassung, Aufgaben, Stimmung sowie Betreff, Kategorie und Störung eines Falls vorschlägt. Menschen nehmen es an oder lehnen es ab.',
      },
    },
    assistModel: {
      name: { en: 'Language model', nl: 'Taalmodel', de: 'Sprachmodell' },
      description: {
        nl: 'Taalmodel; het moet gestructureerde antwoorden kennen.',
        de: 'Sprachmodell; es muss strukturierte Antworten beherrschen.',
      },
    },
    assistUrl: {
      name: {
        en: 'Address of your own language model',
        nl: 'Adres van uw eigen taalmodel',
        de: 'Adresse des eigenen Sprachmodells',
      },
      description: {
        nl: 'Basisadres van een eigen server die de API van OpenAI spreekt; zonder dit adres gaan teksten naar OpenAI.',
        de: 'Basisadresse eines eigenen Servers, der die API von OpenAI spricht; ohne sie gehen Texte an OpenAI.',
      },
    },
    assistKey: {
      name: {
        en: 'Key for the language model',
        nl: 'Sleutel voor het taalmodel',
        de: 'Schlüssel für das Sprachmodell',
      },
      description: {
        nl: 'Sleutel voor het taalmodel; zonder wordt daar die van OpenAI gebruikt.',
        de: 'Schlüssel für das Sprachmodell; ohne ihn wird dort der von OpenAI benutzt.',
      },
    },
    assistPricePerMillion: {
      name: { en: 'Price per million tokens', nl: 'Prijs per miljoen tokens', de: 'Preis je Million Tokens' },
      description: {
        nl: 'Wat een miljoen tokens daar kost, gelezen of geschreven, in de munt van het budget.',
        de: 'Was eine Million Tokens dort kostet, gelesen oder geschrieben, in der Währung des Budgets.',
      },
    },
  },
};
