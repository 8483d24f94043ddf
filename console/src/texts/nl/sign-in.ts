import type { Texts } from '../index.ts';

export const signIn: Texts['signIn'] = {
  title: 'Aanmelden',
  choose: 'Kies je werkruimte',
  chooseHint:
    'Je meldt je aan met je account van Twenty en de tweede factor daarvan. Switchboard heeft geen eigen wachtwoord.',
  signInTo: (workspace) => `Aanmelden bij ${workspace}`,
  otherWorkspace: 'Naam van de werkruimte',
  otherWorkspaceHint: 'Zoals in het adres dat je van je beheerder hebt gekregen, bijvoorbeeld “acme”.',
  go: 'Verder',
  noneHint:
    'Wie de hub beheert, opent de installatielink die de hub bij de eerste start toont. Een nieuwe maak je met:',
  signedOut: 'Je bent afgemeld',
  signedOutHint: 'Sluit dit venster als je de computer met anderen deelt.',
  again: 'Opnieuw aanmelden',
  elsewhere: 'Een andere werkruimte kiezen',
  steps: 'Zo kom je binnen',
  refusals: {
    'signed-out': ['Meld je aan', 'Er is hier niemand aangemeld.'],
    'session-ended': ['Je bent afgemeld', 'Jij of een beheerder heeft deze sessie beëindigd.'],
    'session-idle': ['Je bent afgemeld', 'Hier is lange tijd niets gedaan.'],
    'session-expired': [
      'Tijd om opnieuw aan te melden',
      'Een sessie duurt niet eeuwig, hoeveel er ook mee wordt gedaan.',
    ],
    'session-reused': [
      'Deze sessie is voor je veiligheid beëindigd',
      'Er is een oude sleutel van gebruikt: misschien heeft iemand die gekopieerd. Meld het aan een beheerder, tenzij je deze browser uit een back-up hebt teruggezet.',
    ],
    removed: ['Je bent geen lid meer', 'Vraag een beheerder van de werkruimte om je in Twenty opnieuw uit te nodigen.'],
    'cross-site': ['Dat kwam van een andere site', 'Open de console op haar eigen adres en doe het daar.'],
    'unknown-workspace': ['Die werkruimte is er niet', 'Controleer de naam bij wie de hub beheert.'],
    'not-https': [
      'Deze hub heeft https nodig',
      'Twenty stuurt mensen alleen terug naar https-adressen. Zet een proxy met https voor de hub en PUBLIC_URL op dat adres.',
    ],
    cancelled: ['Je hebt het bij Twenty afgebroken', 'Er is niets gebeurd. Je kunt opnieuw beginnen.'],
    'foreign-answer': [
      'Dit antwoord hoort bij een andere browser',
      'Begin en eindig het aanmelden in dezelfde browser.',
    ],
    'late-answer': ['Deze aanmelding is voorbij', 'Ze duurde langer dan tien minuten, of was al afgerond.'],
    'code-refused': ['Twenty accepteert zijn antwoord niet meer', 'Dat gebeurt na een lange pauze. Begin opnieuw.'],
    'client-unknown': ['Twenty was deze hub vergeten', 'De hub heeft zich opnieuw aangemeld. Begin opnieuw.'],
    'not-accepted': ['Twenty zegt niet wie je bent', 'Meld je af bij Twenty en begin hier opnieuw.'],
    'other-workspace': [
      'Je hebt je bij een andere werkruimte aangemeld',
      'Open in Twenty de juiste werkruimte, meld je daar aan en begin opnieuw; of kies hier de andere.',
    ],
    'other-member': ['Dat was een ander account', 'Bevestig met het account dat hier is aangemeld.'],
    'no-role': ['Je hebt geen rol in deze werkruimte', 'Vraag een beheerder om je er in Twenty een te geven.'],
    'two-factor-required': [
      'Je account heeft een tweede factor nodig',
      'Deze werkruimte laat alleen leden met tweestapsverificatie binnen, en die is bij jou niet ingesteld.',
    ],
    'two-factor-now': [
      'U bent uitgelogd: een tweede factor is nu nodig',
      'Vanaf nu laat deze werkruimte alleen leden met tweestapsverificatie toe, en die van u is niet ingesteld.',
    ],
    'crm-unreachable': ['Twenty is nu niet bereikbaar', 'Probeer het over een minuut opnieuw.'],
    'deed-refused': ['Twenty staat dat niet toe', 'Je rol in Twenty heeft het recht niet. Vraag een beheerder.'],
    'setup-link': [
      'Deze installatielink is niet meer geldig',
      'Hij is al gebruikt of te oud. Maak op de server een nieuwe: npm run hub -- setup-link',
    ],
    'too-many-failures': ['Te veel pogingen', 'Wacht een kwartier en probeer het dan opnieuw.'],
  },
  twoFactorSteps: [
    'Open Twenty en ga naar Settings, Profile.',
    'Kies onder “Two-factor authentication” om het in te stellen en scan de code met een authenticator-app.',
    'Voer de zes cijfers in die de app toont.',
    'Kom hier terug en meld je opnieuw aan.',
  ],
};
