export const languages = ['en', 'nl', 'de', 'fr'] as const;
type Said = Readonly<Record<(typeof languages)[number], readonly string[]>>;

/** What is broken, and how callers say it. */
export interface Fault {
  readonly assetKind: string;
  readonly said: Said;
}

export const faults: readonly Fault[] = [
  {
    assetKind: 'ELEVATOR',
    said: {
      en: ['Elevator stuck between floors', 'The lift stands still, people inside', 'Lift does not move any more'],
      nl: ['Lift zit vast tussen verdiepingen', 'De lift staat stil met mensen erin', 'Lift beweegt niet meer'],
      de: [
        'Aufzug steckt zwischen den Etagen',
        'Der Aufzug steht, Personen eingeschlossen',
        'Aufzug faehrt nicht mehr',
      ],
      fr: [
        'Ascenseur bloqué entre deux étages',
        "L'ascenseur est arrêté avec des personnes",
        "L'ascenseur ne bouge plus",
      ],
    },
  },
  {
    assetKind: 'HEATING',
    said: {
      en: [
        'No heating in the whole building',
        'Boiler shows an error and radiators are cold',
        'Heating failed last night',
      ],
      nl: [
        'Geen verwarming in het hele gebouw',
        'Ketel geeft storing, radiatoren zijn koud',
        'Verwarming vannacht uitgevallen',
      ],
      de: [
        'Keine Heizung im ganzen Gebäude',
        'Kessel zeigt Störung, Heizkörper kalt',
        'Heizung ist heute Nacht ausgefallen',
      ],
      fr: [
        "Pas de chauffage dans l'immeuble",
        'La chaudière affiche une erreur, radiateurs froids',
        'Panne de chauffage cette nuit',
      ],
    },
  },
  {
    assetKind: 'NETWORK',
    said: {
      en: [
        'Internet down at all desks',
        'Network switch does not answer',
        'No connection to the internet since morning',
      ],
      nl: [
        'Internet ligt eruit op alle werkplekken',
        'Netwerkswitch reageert niet',
        'Sinds vanmorgen geen internetverbinding',
      ],
      de: [
        'Internet an allen Plätzen ausgefallen',
        'Netzwerkswitch antwortet nicht',
        'Seit heute morgen keine Internetverbindung',
      ],
      fr: [
        'Internet en panne sur tous les postes',
        'Le commutateur réseau ne répond pas',
        'Pas de connexion internet depuis ce matin',
      ],
    },
  },
  {
    assetKind: 'PLUMBING',
    said: {
      en: ['Water leaks from the ceiling', 'Burst pipe floods the basement', 'Water runs down the wall'],
      nl: ['Water lekt uit het plafond', 'Gesprongen leiding, kelder onder water', 'Er loopt water langs de muur'],
      de: ['Wasser tropft von der Decke', 'Rohrbruch, Keller unter Wasser', 'Wasser läuft an der Wand herunter'],
      fr: ["De l'eau coule du plafond", 'Tuyau éclaté, cave inondée', "L'eau coule le long du mur"],
    },
  },
  {
    assetKind: 'DOOR',
    said: {
      en: [
        'Garage gate does not open',
        'Sliding door at the entrance is stuck open',
        'Barrier of the car park stays closed',
      ],
      nl: [
        'Garagepoort gaat niet open',
        'Schuifdeur bij de ingang blijft open staan',
        'Slagboom van de parkeerplaats blijft dicht',
      ],
      de: ['Garagentor öffnet nicht', 'Schiebetür am Eingang bleibt offen', 'Schranke am Parkplatz bleibt zu'],
      fr: [
        "La porte du garage ne s'ouvre pas",
        "Porte coulissante de l'entrée reste ouverte",
        'La barrière du parking reste fermée',
      ],
    },
  },
  {
    assetKind: 'ELECTRICAL',
    said: {
      en: ['Power cut on two floors', 'Fuse trips again and again', 'Lights are out in the stairwell'],
      nl: ['Stroomuitval op twee verdiepingen', 'Zekering slaat steeds door', 'Licht in het trappenhuis is uit'],
      de: ['Stromausfall auf zwei Etagen', 'Sicherung fliegt immer wieder heraus', 'Licht im Treppenhaus ist aus'],
      fr: [
        'Coupure de courant sur deux étages',
        'Le fusible saute sans cesse',
        "Lumière éteinte dans la cage d'escalier",
      ],
    },
  },
];

/** What says nothing about a fault. */
export const smallTalk: Said = {
  en: [
    'Please call back',
    'Question about the invoice',
    'When does somebody come?',
    'Customer asks for an appointment',
  ],
  nl: ['Graag terugbellen', 'Vraag over de factuur', 'Wanneer komt er iemand?', 'Klant vraagt om een afspraak'],
  de: ['Bitte um Rückruf', 'Frage zur Rechnung', 'Wann kommt jemand?', 'Kunde bittet um einen Termin'],
  fr: [
    'Merci de rappeler',
    'Question sur la facture',
    'Quand quelqu’un viendra-t-il ?',
    'Le client demande un rendez-vous',
  ],
};
