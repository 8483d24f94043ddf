import type { Texts } from '../index.ts';

export const signIn: Texts['signIn'] = {
  title: 'Anmelden',
  choose: 'Wählen Sie Ihren Arbeitsbereich',
  chooseHint:
    'Sie melden sich mit Ihrem Konto von Twenty und dessen zweitem Faktor an. Switchboard hat kein eigenes Kennwort.',
  signInTo: (workspace) => `Bei ${workspace} anmelden`,
  otherWorkspace: 'Name des Arbeitsbereichs',
  otherWorkspaceHint: 'Wie in der Adresse, die Sie von Ihrem Administrator haben, zum Beispiel „acme“.',
  go: 'Weiter',
  noneHint:
    'Wer den Hub betreibt, öffnet den Link zur Einrichtung, den der Hub beim ersten Start zeigt. Einen neuen macht:',
  signedOut: 'Sie sind abgemeldet',
  signedOutHint: 'Schließen Sie dieses Fenster, wenn auch andere diesen Computer benutzen.',
  again: 'Wieder anmelden',
  elsewhere: 'Einen anderen Arbeitsbereich wählen',
  steps: 'So kommen Sie hinein',
  refusals: {
    'signed-out': ['Bitte melden Sie sich an', 'Hier ist niemand angemeldet.'],
    'session-ended': ['Sie wurden abgemeldet', 'Sie oder ein Administrator haben diese Sitzung beendet.'],
    'session-idle': ['Sie wurden abgemeldet', 'Hier wurde lange nichts getan.'],
    'session-expired': [
      'Zeit, sich neu anzumelden',
      'Eine Sitzung dauert begrenzte Zeit, wie viel auch in ihr getan wird.',
    ],
    'session-reused': [
      'Diese Sitzung wurde zu Ihrer Sicherheit beendet',
      'Ein alter Schlüssel von ihr wurde benutzt: Vielleicht hat ihn jemand kopiert. Sagen Sie es einem Administrator, es sei denn, Sie haben diesen Browser aus einer Sicherung wiederhergestellt.',
    ],
    removed: ['Sie sind nicht mehr Mitglied', 'Bitten Sie einen Administrator, Sie in Twenty wieder einzuladen.'],
    'cross-site': [
      'Das kam von einer anderen Seite',
      'Öffnen Sie die Konsole unter ihrer eigenen Adresse und tun Sie es dort.',
    ],
    'unknown-workspace': ['Diesen Arbeitsbereich gibt es nicht', 'Klären Sie den Namen mit dem Betreiber des Hubs.'],
    'not-https': [
      'Dieser Hub braucht https',
      'Twenty schickt Menschen nur an Adressen mit https zurück. Stellen Sie einen Proxy mit https vor den Hub und setzen Sie PUBLIC_URL auf dessen Adresse.',
    ],
    cancelled: ['Sie haben bei Twenty abgebrochen', 'Es ist nichts geschehen. Sie können neu beginnen.'],
    'foreign-answer': [
      'Diese Antwort gehört zu einem anderen Browser',
      'Beginnen und beenden Sie die Anmeldung im selben Browser.',
    ],
    'late-answer': ['Diese Anmeldung ist vorbei', 'Sie dauerte länger als zehn Minuten oder war schon fertig.'],
    'code-refused': [
      'Twenty nimmt seine Antwort nicht mehr an',
      'Das kommt nach einer langen Pause vor. Beginnen Sie neu.',
    ],
    'client-unknown': ['Twenty hatte diesen Hub vergessen', 'Der Hub hat sich neu eingetragen. Beginnen Sie neu.'],
    'not-accepted': ['Twenty sagt nicht, wer Sie sind', 'Melden Sie sich bei Twenty ab und beginnen Sie hier neu.'],
    'other-workspace': [
      'Sie haben sich in einem anderen Arbeitsbereich angemeldet',
      'Öffnen Sie in Twenty den richtigen, melden Sie sich dort an und beginnen Sie neu; oder wählen Sie hier den anderen.',
    ],
    'other-member': ['Das war ein anderes Konto', 'Bestätigen Sie mit dem Konto, das hier angemeldet ist.'],
    'no-role': [
      'Sie haben in diesem Arbeitsbereich keine Rolle',
      'Bitten Sie einen Administrator, Ihnen in Twenty eine zu geben.',
    ],
    'two-factor-required': [
      'Ihr Konto braucht einen zweiten Faktor',
      'Dieser Arbeitsbereich lässt nur Mitglieder mit Zwei-Faktor-Authentisierung herein, und bei Ihnen ist sie nicht eingerichtet.',
    ],
    'two-factor-now': [
      'Sie wurden abgemeldet: Ein zweiter Faktor ist jetzt nötig',
      'Dieser Arbeitsbereich lässt ab jetzt nur noch Mitglieder mit Zwei-Faktor-Authentifizierung ein, und Ihre ist nicht eingerichtet.',
    ],
    'crm-unreachable': ['Twenty ist gerade nicht zu erreichen', 'Versuchen Sie es in einer Minute noch einmal.'],
    'deed-refused': [
      'Twenty erlaubt das nicht',
      'Ihrer Rolle in Twenty fehlt das Recht. Fragen Sie einen Administrator.',
    ],
    'setup-link': [
      'Dieser Link zur Einrichtung gilt nicht mehr',
      'Er wurde schon benutzt oder ist zu alt. Machen Sie auf dem Server einen neuen: npm run hub -- setup-link',
    ],
    'too-many-failures': ['Zu viele Versuche', 'Warten Sie eine Viertelstunde und versuchen Sie es dann noch einmal.'],
  },
  twoFactorSteps: [
    'Öffnen Sie Twenty und gehen Sie zu Settings, Profile.',
    'Wählen Sie unter „Two-factor authentication“ die Einrichtung und scannen Sie den Code mit einer Authenticator-App.',
    'Geben Sie die sechs Ziffern ein, die die App zeigt.',
    'Kommen Sie hierher zurück und melden Sie sich neu an.',
  ],
};
