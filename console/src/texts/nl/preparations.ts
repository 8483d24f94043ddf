import type { preparations as english } from '../en/preparations.ts';

export const preparations: typeof english = {
  title: 'Voorbereidingen voor AI',
  intro: 'Of opgenomen gesprekken tekst worden, wie ze hoort, wat mag, hoelang het blijft en wat het kost.',
  missing: 'Deze hub heeft geen transcriptie',
  missingHint: 'Wie de hub beheert, kan de plugin ‘Transcription’ toevoegen.',
  settings: 'Alle instellingen',
  off: 'Gesprekken worden nu geen tekst',
  offHint: 'Kijk na wat hieronder staat en zet het dan aan. Wat hier is ingesteld, blijft intussen bewaard.',
  engines: {
    '3cx': '3CX',
    assistant: 'Taalmodel',
    embedded: 'Ingebouwde engine',
    openai: 'OpenAI',
    'openai-compatible': 'Eigen server',
  },
  stays: 'Geluid blijft hier',
  leaves: 'Geluid verlaat de hub',
  where: 'Wie wat hoort',
  whereHint:
    'De engines in hun volgorde; de volgende neemt het over waar er een niet kan. Volgens de opgeslagen instellingen.',
  goesTo: {
    assistant: (url) =>
      `Taalmodel: De teksten van gesprekken gaan naar ${url === '' ? 'een taalmodel bij OpenAI' : `het taalmodel op ${url}`}, dat een samenvatting, actiepunten, stemming en het onderwerp van een zaak voorstelt; mensen nemen het aan of wijzen het af.`,
    '3cx': () =>
      '3CX: tekst die de telefooncentrale zelf heeft gemaakt, wordt overgenomen; de hub stuurt geen geluid weg.',
    embedded: () => 'Ingebouwde engine: werkt op de machine van de hub; er gaat geen geluid vandaan.',
    openai: () =>
      'OpenAI: het geluid van opgenomen gesprekken gaat naar OpenAI in delen van hooguit 30 seconden, zonder namen of nummers van de partijen.',
    'openai-compatible': (url) =>
      `Eigen server: het geluid van opgenomen gesprekken gaat naar ${url === '' ? 'een adres dat nog niet is ingesteld' : url} in delen van hooguit 30 seconden, zonder namen of nummers van de partijen.`,
  },
  byTelephone: {
    '3cx':
      'De telefooncentrale is zo ingesteld dat die alle transcripties zelf schrijft: geen andere engine hoort iets.',
    hub: 'De telefooncentrale laat alle transcripties aan de hub over.',
    '3cx-then-hub': 'De engines horen de gesprekken die de telefooncentrale niet zelf opschrijft.',
  },
  register: {
    title: 'Voor het verwerkingsregister',
    begin:
      'Opgenomen telefoongesprekken worden tekst voor de behandeling van servicezaken; kaart- en identiteitsnummers worden weggelaten voordat er iets wordt opgeslagen.',
    consent: {
      recorded: 'Alle gesprekken die mogen worden opgenomen, worden opgeschreven.',
      asked: 'Alleen gesprekken waarvan de beller vooraf is gevraagd, worden opgeschreven.',
    },
    directions: {
      all: 'Dat geldt voor gesprekken in alle richtingen.',
      external: 'Gesprekken tussen collega’s worden niet opgeschreven.',
      inbound: 'Daarvan alleen inkomende gesprekken.',
      outbound: 'Daarvan alleen uitgaande gesprekken.',
    },
    text: (days) =>
      days === 0 ? 'Tekst wordt bewaard tot iemand hem verwijdert.' : `Tekst wordt na ${days} dagen verwijderd.`,
    derived: (days) =>
      days === 0
        ? 'Golfvormen en voorstellen worden even lang bewaard als de tekst.'
        : `Golfvormen en voorstellen worden na ${days} dagen verwijderd.`,
    rule: (where, direction, need) => `Uitzondering voor ${where}, ${direction}: ${need}.`,
  },
  trial: {
    title: 'Verbindingstest',
    hint: 'Een engine hoort zes seconden Engels die bij de hub horen. Bij een engine die iets kost, telt het mee in het budget.',
    act: 'Proberen',
    ofCalls: 'Schrijft zelf: voer een gesprek om het te proberen.',
    lacks: {
      key: 'Kan niet werken: de sleutel ontbreekt.',
      address: 'Kan niet werken: het adres ontbreekt.',
      language: 'Kan niet werken: kent alleen Engels, en er is een andere taal ingesteld.',
    },
    well: (right, words, seconds) => `Het werkt: ${right} van ${words} woorden kloppen, na ${seconds} seconden`,
    badly: (right, words, seconds) =>
      `Er komt antwoord, maar slechts ${right} van ${words} woorden kloppen, na ${seconds} seconden`,
    badlyRemedy: 'Kies een ander model: dit kent geen Engels of schrijft in een andere taal.',
    heard: 'Gehoord',
    said: 'Gezegd',
    nothing: 'niets',
    ownWords: 'In eigen woorden:',
    failures: {
      credentials: [
        'De sleutel, het model of het adres wordt geweigerd',
        'Kijk bij alle instellingen naar de sleutel, de naam van het model en het adres met zijn versie, en probeer het opnieuw.',
      ],
      upstream: [
        'Niet bereikbaar, of mislukt',
        'Kijk of het adres klopt, de server draait en de hub erbij mag. Vul het tegoed aan als de aanbieder eerst betaald wil worden.',
      ],
      'rate-limited': ['Er wordt te vaak gevraagd', 'Wacht een minuut en probeer het opnieuw.'],
      speech: [
        'Het voorbeeld wordt geweigerd',
        'Kies bij alle instellingen een ander model of een andere antwoordvorm.',
      ],
      budget: ['Het budget van deze maand is op', 'Verhoog hieronder het maandbudget of wacht op de volgende maand.'],
      timeout: [
        'Geen antwoord binnen een minuut',
        'Kijk of de machine met ander werk bezig is en probeer het opnieuw.',
      ],
    },
    otherFailure: ['Dat is niet gelukt', 'Kijk in het logboek van de hub.'],
  },
  health: {
    title: 'Toestand',
    hint: 'Hoe het werk verloopt; geteld over de laatste 31 dagen.',
    log: 'Leveringen',
    queue: 'In de wacht',
    queued: (waiting, working) =>
      waiting + working === 0 ? 'Er wacht niets.' : `${waiting} wachten, ${working} in de maak.`,
    oldest: 'De oudste sinds',
    lastDone: 'Laatste die klaar is',
    lastTrouble: 'Laatste probleem',
    passedOver: 'Volgende engine moest het overnemen',
    none: 'Nog geen.',
    instead: (engine, why, times) =>
      times === 1 ? `Eén keer: ${engine} kon niet (${why})` : `${times} keer; laatst kon ${engine} niet (${why})`,
    why: {
      budget: 'budget op',
      credentials: 'sleutel geweigerd',
      provider: 'niet bereikt',
      engine: 'defect',
    },
    toCall: 'naar het gesprek',
    ended: 'Afgelopen',
    states: {
      ready: 'opgeschreven',
      silent: 'stil',
      refused: 'niet toegestaan',
      failed: 'mislukt',
      deleted: 'verwijderd',
    },
  },
  consent: {
    title: 'Toestemming',
    hint: 'Wat de telefooncentrale verbiedt op te nemen, wordt nooit tekst, wat hier ook staat.',
    all: 'Gesprekken worden tekst',
    directions: 'In deze richtingen',
    directionChoices: {
      all: 'Alle',
      external: 'Alle behalve die tussen collega’s',
      inbound: 'Alleen inkomend',
      outbound: 'Alleen uitgaand',
    },
    needs: {
      recorded: 'waar ze mogen worden opgenomen',
      asked: 'alleen als de beller vooraf is gevraagd',
      never: 'nooit',
    },
    rules: 'Regels voor landen en richtingen',
    rulesHint:
      'Ze gaan voor wat hierboven staat. Het land is dat van het nummer van de andere kant, tussen collega’s dat van de werkruimte; een regel die het noemt, gaat voor. Zegt een nummer geen land, dan geldt de strengste regel die van toepassing kan zijn.',
    rule: (number) => `Regel ${number}`,
    country: 'Land',
    anyCountry: 'Alle landen',
    direction: 'Richting',
    ruleDirections: {
      any: 'Alle richtingen',
      inbound: 'Inkomend',
      outbound: 'Uitgaand',
      internal: 'Tussen collega’s',
    },
    need: 'Wordt tekst',
    addRule: 'Regel toevoegen',
    removeRule: (number) => `Regel ${number} verwijderen`,
  },
  budget: {
    title: 'Budget en gebruik',
    hint: 'Engines die iets kosten, stoppen bij het budget: de volgende engine neemt het over, of gesprekken wachten.',
    monthly: 'Maandbudget',
    monthlyHint: 'In de valuta van de prijzen per minuut bij alle instellingen.',
    spent: (spent, budget) => `${spent} van ${budget} is deze maand gebruikt.`,
    used: 'Gebruikt van het budget van deze maand',
    stopped: 'Het budget van deze maand is op',
    stoppedHint: 'Engines die iets kosten, horen niets meer tot u het verhoogt of de volgende maand begint.',
    nothing: 'Nog geen engine heeft iets gehoord.',
    by: 'Gebruik per',
    byDay: '31 dagen',
    byMonth: '12 maanden',
    day: 'Dag (UTC)',
    month: 'Maand',
    engine: 'Engine',
    minutes: 'Minuten',
    requests: 'Delen',
    cost: 'Kosten',
  },
  retention: {
    title: 'Hoelang het blijft',
    hint: 'Elke nacht gaat weg wat ouder is.',
    sound: 'Geluid',
    soundKept: {
      copy: (days) => `Opnamen blijven ${days} dagen in de hub.`,
      link: (days) =>
        `Opnamen blijven in de telefooncentrale en worden ${days} dagen lang daar opgehaald als iemand ze afspeelt.`,
      off: () => 'De hub kijkt niet naar opnamen.',
    },
    noTelephone: 'Er is geen telefooncentrale verbonden: er zijn geen opnamen.',
    soundChange: 'Instellingen van de telefooncentrale',
    text: 'Tekst (dagen)',
    textHint: 'In de hub, het zoeken en Twenty; 0 bewaart hem.',
    derived: 'Golfvormen en voorstellen (dagen)',
    derivedHint: '0 bewaart ze even lang als de tekst.',
    ofPerson: 'Alles wat een persoon heeft gezegd, kan op de pagina van die persoon worden verwijderd.',
  },
};
