import type { preparations as english } from '../en/preparations.ts';

export const preparations: typeof english = {
  title: 'Vorbereitungen für KI',
  intro:
    'Ob aufgenommene Gespräche zu Text werden, wer sie hört, was erlaubt ist, wie lange es bleibt und was es kostet.',
  missing: 'Dieser Hub hat keine Transkription',
  missingHint: 'Wer den Hub betreibt, kann das Plugin „Transcription“ hinzufügen.',
  settings: 'Alle Einstellungen',
  off: 'Gespräche werden derzeit nicht zu Text',
  offHint:
    'Sehen Sie durch, was unten steht, und schalten Sie es dann ein. Was hier eingestellt ist, bleibt solange erhalten.',
  engines: {
    '3cx': '3CX',
    assistant: 'Sprachmodell',
    embedded: 'Eingebaute Engine',
    openai: 'OpenAI',
    'openai-compatible': 'Eigener Server',
  },
  stays: 'Ton bleibt hier',
  leaves: 'Ton verlässt den Hub',
  where: 'Wer was hört',
  whereHint:
    'Die Engines in ihrer Reihenfolge; die nächste übernimmt, wo eine nicht kann. Nach den gespeicherten Einstellungen.',
  goesTo: {
    assistant: (url) =>
      `Sprachmodell: Die Texte der Gespräche gehen an ${url === '' ? 'ein Sprachmodell bei OpenAI' : `das Sprachmodell unter ${url}`}, das Zusammenfassung, Aufgaben, Stimmung und den Betreff eines Falls vorschlägt; Menschen nehmen es an oder lehnen es ab.`,
    '3cx': () => '3CX: Text, den die Telefonanlage selbst erstellt hat, wird übernommen; der Hub sendet keinen Ton.',
    embedded: () => 'Eingebaute Engine: arbeitet auf der Maschine des Hubs; kein Ton verlässt sie.',
    openai: () =>
      'OpenAI: Der Ton aufgenommener Gespräche geht in Teilen von höchstens 30 Sekunden an OpenAI, ohne Namen oder Nummern der Beteiligten.',
    'openai-compatible': (url) =>
      `Eigener Server: Der Ton aufgenommener Gespräche geht in Teilen von höchstens 30 Sekunden an ${url === '' ? 'eine Adresse, die noch nicht eingestellt ist' : url}, ohne Namen oder Nummern der Beteiligten.`,
  },
  byTelephone: {
    '3cx':
      'Die Telefonanlage ist so eingestellt, dass sie alle Transkripte selbst schreibt: Keine andere Engine hört etwas.',
    hub: 'Die Telefonanlage überlässt alle Transkripte dem Hub.',
    '3cx-then-hub': 'Die Engines hören die Gespräche, die die Telefonanlage nicht selbst aufschreibt.',
  },
  register: {
    title: 'Für das Verzeichnis der Verarbeitungstätigkeiten',
    begin:
      'Aufgenommene Telefongespräche werden für die Bearbeitung von Servicefällen zu Text; Karten- und Ausweisnummern werden weggelassen, bevor etwas gespeichert wird.',
    consent: {
      recorded: 'Alle Gespräche, die aufgenommen werden dürfen, werden aufgeschrieben.',
      asked: 'Nur Gespräche, deren Anrufer vorher gefragt wurde, werden aufgeschrieben.',
    },
    directions: {
      all: 'Das gilt für Gespräche aller Richtungen.',
      external: 'Gespräche unter Kollegen werden nicht aufgeschrieben.',
      inbound: 'Davon nur eingehende Gespräche.',
      outbound: 'Davon nur ausgehende Gespräche.',
    },
    text: (days) => (days === 0 ? 'Text bleibt, bis ihn jemand löscht.' : `Text wird nach ${days} Tagen gelöscht.`),
    derived: (days) =>
      days === 0
        ? 'Wellenformen und Vorschläge bleiben so lange wie der Text.'
        : `Wellenformen und Vorschläge werden nach ${days} Tagen gelöscht.`,
    rule: (where, direction, need) => `Ausnahme für ${where}, ${direction}: ${need}.`,
  },
  trial: {
    title: 'Verbindungstest',
    hint: 'Eine Engine hört sechs Sekunden Englisch, die zum Hub gehören. Bei einer Engine, die etwas kostet, zählt es ins Budget.',
    act: 'Ausprobieren',
    ofCalls: 'Schreibt selbst: Führen Sie zum Ausprobieren ein Gespräch.',
    lacks: {
      key: 'Kann nicht arbeiten: Der Schlüssel fehlt.',
      address: 'Kann nicht arbeiten: Die Adresse fehlt.',
      language: 'Kann nicht arbeiten: Sie kann nur Englisch, und eine andere Sprache ist eingestellt.',
    },
    well: (right, words, seconds) => `Es funktioniert: ${right} von ${words} Wörtern stimmen, nach ${seconds} Sekunden`,
    badly: (right, words, seconds) =>
      `Es kommt eine Antwort, aber nur ${right} von ${words} Wörtern stimmen, nach ${seconds} Sekunden`,
    badlyRemedy: 'Wählen Sie ein anderes Modell: Dieses kann kein Englisch oder schreibt in einer anderen Sprache.',
    heard: 'Gehört',
    said: 'Gesagt',
    nothing: 'nichts',
    ownWords: 'In eigenen Worten:',
    failures: {
      credentials: [
        'Der Schlüssel, das Modell oder die Adresse wird abgelehnt',
        'Prüfen Sie unter „Alle Einstellungen“ den Schlüssel, den Namen des Modells und die Adresse mit ihrer Version, dann noch einmal.',
      ],
      upstream: [
        'Nicht erreichbar oder gestört',
        'Prüfen Sie, ob die Adresse stimmt, der Server läuft und der Hub ihn erreichen darf. Laden Sie das Konto auf, wo der Anbieter erst bezahlt werden will.',
      ],
      'rate-limited': ['Es wird zu oft gefragt', 'Warten Sie eine Minute, dann noch einmal.'],
      speech: [
        'Das Beispiel wird abgelehnt',
        'Wählen Sie unter „Alle Einstellungen“ ein anderes Modell oder eine andere Form der Antworten.',
      ],
      budget: [
        'Das Budget dieses Monats ist aufgebraucht',
        'Erhöhen Sie unten das Monatsbudget oder warten Sie auf den nächsten Monat.',
      ],
      timeout: [
        'Keine Antwort innerhalb einer Minute',
        'Prüfen Sie, ob die Maschine mit anderem beschäftigt ist, dann noch einmal.',
      ],
    },
    otherFailure: ['Das hat nicht geklappt', 'Sehen Sie in das Protokoll des Hubs.'],
  },
  health: {
    title: 'Zustand',
    hint: 'Wie die Arbeit läuft; gezählt über die letzten 31 Tage.',
    log: 'Zustellungen',
    queue: 'Wartend',
    queued: (waiting, working) =>
      waiting + working === 0 ? 'Nichts wartet.' : `${waiting} warten, ${working} in Arbeit.`,
    oldest: 'Der älteste seit',
    lastDone: 'Zuletzt fertig',
    lastTrouble: 'Letzte Störung',
    passedOver: 'Nächste Engine musste übernehmen',
    none: 'Noch keine.',
    instead: (engine, why, times) =>
      times === 1 ? `Einmal: ${engine} konnte nicht (${why})` : `${times}-mal; zuletzt konnte ${engine} nicht (${why})`,
    why: {
      budget: 'Budget aufgebraucht',
      credentials: 'Schlüssel abgelehnt',
      provider: 'nicht erreicht',
      engine: 'gestört',
    },
    toCall: 'zum Gespräch',
    ended: 'Beendet',
    states: {
      ready: 'aufgeschrieben',
      silent: 'still',
      refused: 'nicht erlaubt',
      failed: 'fehlgeschlagen',
      deleted: 'gelöscht',
    },
  },
  consent: {
    title: 'Einwilligung',
    hint: 'Was die Telefonanlage aufzunehmen verbietet, wird nie zu Text, was auch immer hier steht.',
    all: 'Gespräche werden zu Text',
    directions: 'In diesen Richtungen',
    directionChoices: {
      all: 'Alle',
      external: 'Alle außer denen unter Kollegen',
      inbound: 'Nur eingehende',
      outbound: 'Nur ausgehende',
    },
    needs: {
      recorded: 'wo sie aufgenommen werden dürfen',
      asked: 'nur wo der Anrufer vorher gefragt wurde',
      never: 'nie',
    },
    rules: 'Regeln für Länder und Richtungen',
    rulesHint:
      'Sie gehen dem vor, was oben steht. Das Land ist das der Nummer der Gegenseite, unter Kollegen das des Arbeitsbereichs; eine Regel, die es nennt, geht vor. Verrät eine Nummer kein Land, gilt die strengste Regel, die gelten kann.',
    rule: (number) => `Regel ${number}`,
    country: 'Land',
    anyCountry: 'Alle Länder',
    direction: 'Richtung',
    ruleDirections: {
      any: 'Alle Richtungen',
      inbound: 'Eingehend',
      outbound: 'Ausgehend',
      internal: 'Unter Kollegen',
    },
    need: 'Wird zu Text',
    addRule: 'Regel hinzufügen',
    removeRule: (number) => `Regel ${number} entfernen`,
  },
  budget: {
    title: 'Budget und Verbrauch',
    hint: 'Engines, die etwas kosten, hören beim Budget auf: Die nächste Engine übernimmt, oder Gespräche warten.',
    monthly: 'Monatsbudget',
    monthlyHint: 'In der Währung der Minutenpreise unter „Alle Einstellungen“.',
    spent: (spent, budget) => `${spent} von ${budget} sind in diesem Monat verbraucht.`,
    used: 'Verbraucht vom Budget dieses Monats',
    stopped: 'Das Budget dieses Monats ist aufgebraucht',
    stoppedHint: 'Engines, die etwas kosten, hören nichts mehr, bis Sie es erhöhen oder der nächste Monat beginnt.',
    nothing: 'Noch keine Engine hat etwas gehört.',
    by: 'Verbrauch nach',
    byDay: '31 Tage',
    byMonth: '12 Monate',
    day: 'Tag (UTC)',
    month: 'Monat',
    engine: 'Engine',
    minutes: 'Minuten',
    requests: 'Teile',
    cost: 'Kosten',
  },
  retention: {
    title: 'Wie lange es bleibt',
    hint: 'Jede Nacht geht, was älter ist.',
    sound: 'Ton',
    soundKept: {
      copy: (days) => `Aufnahmen bleiben ${days} Tage im Hub.`,
      link: (days) =>
        `Aufnahmen bleiben in der Telefonanlage und werden ${days} Tage lang von dort geholt, wenn jemand sie abspielt.`,
      off: () => 'Der Hub sieht Aufnahmen nicht an.',
    },
    noTelephone: 'Keine Telefonanlage ist verbunden: Es gibt keine Aufnahmen.',
    soundChange: 'Einstellungen der Telefonanlage',
    text: 'Text (Tage)',
    textHint: 'Im Hub, in seiner Suche und in Twenty; 0 behält ihn.',
    derived: 'Wellenformen und Vorschläge (Tage)',
    derivedHint: '0 behält sie so lange wie den Text.',
    ofPerson: 'Alles, was eine Person gesagt hat, kann auf der Seite dieser Person gelöscht werden.',
  },
};
