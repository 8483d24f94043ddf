import type { Findings } from '../findings.ts';

const owner = 'Dem Client die Rolle System Owner geben; ein System Admin darf es nicht lesen.';
const department = 'Dem Client die Rolle System Owner in einer eigenen Abteilung geben, nicht in „System Wide“.';
const noLive = 'Anrufe sind nicht zu sehen, während sie klingeln, und von hier aus kann niemand anrufen.';
const noSync = 'Es gibt keine Anrufliste, keine Aufnahmen und keinen Abgleich der Mitarbeiter.';
const imap = '{address}: IMAP (Empfang)';

/** What the check-ups of plugins find. Keys that begin with `name:` are for lines that say what another system answered. */
export const pluginFindings: Findings = {
  'name:IMAP (reading)': ['IMAP (Empfangen)', ''],
  'name:SMTP (sending)': ['SMTP (Senden)', ''],
  'name:Version': ['Version', ''],
  'name:Licence': ['Lizenz', ''],
  'name:Call log': ['Anrufliste', ''],
  'name:Recordings': ['Aufnahmen', ''],
  'name:Room for recordings': ['Platz für Aufnahmen', ''],
  'name:Agents': ['Mitarbeiter', ''],
  'name:Template test': ['Probe der Vorlage', ''],
  'desk.numbers': ['Fallnummern', '{count} Fälle haben eine Nummer.'],
  'desk.no-numbers': ['Fallnummern', 'Noch hat kein Fall eine Nummer.'],
  'mail.no-mailbox': [
    'Postfächer',
    'Es gibt noch kein Postfach: Es wird keine Mail gelesen und es kann keine gesendet werden.',
    'Das Postfach des Service-Desks hinzufügen.',
  ],
  'mail.paused': ['{address}', 'Es pausiert. {reason}', 'Das Postfach fortsetzen.'],
  'mail.needs-password': ['{address}', 'Niemand ist angemeldet. {reason}', 'Das Passwort erneut eingeben.'],
  'mail.needs-sign-in': ['{address}', 'Niemand ist angemeldet. {reason}', 'Wem es gehört, muss sich erneut anmelden.'],
  'mail.heard': ['{address}: letzter Erfolg', 'Zuletzt vollständig gelesen: {last}.'],
  'mail.silent': ['{address}: letzter Erfolg', 'Es kommt nichts davon. Zuletzt vollständig gelesen: {last}. {error}'],
  'mail.imap-tells': [
    imap,
    'An {host} angemeldet; {messages} Nachrichten im Eingang; der Server meldet neue Mail sofort.',
  ],
  'mail.imap-asked': [
    imap,
    'An {host} angemeldet; {messages} Nachrichten im Eingang; nach neuer Mail wird jede Minute gefragt.',
  ],
  'mail.imap-without-sent': [
    imap,
    'An {host} angemeldet; {messages} Nachrichten im Eingang. Es gibt keinen Ordner für gesendete Mail.',
    'Im Postfach einen Ordner „Sent“ anlegen, damit dort liegt, was von hier gesendet wird.',
  ],
  'mail.smtp': ['{address}: SMTP (Versand)', 'An {host} angemeldet.'],
  'mail.refused': [
    '',
    '{place} lehnt die Anmeldung von {address} ab.',
    'Geben Sie Benutzername und Passwort noch einmal ein oder melden Sie sich neu an. Bei Anmeldung in zwei Schritten braucht es ein App-Passwort; manche Anbieter nehmen nur die Anmeldung mit Google oder Microsoft.',
  ],
  'mail.not-connected': [
    '',
    '{place} nimmt die Anmeldung an, aber nicht für das Postfach {address}.',
    'Jemand anderes hat sich angemeldet, oder es ist ein gemeinsames Postfach ohne Rechte: Melden Sie sich als das Postfach selbst an oder geben Sie dem Konto in Exchange vollen Zugriff.',
  ],
  'mail.certificate': [
    '',
    'Der sicheren Verbindung mit {place} ist nicht zu trauen: {said}.',
    'Wählen Sie die andere Verschlüsselung, nehmen Sie als Server den Namen aus dem Zertifikat, oder fügen Sie die Zertifizierungsstelle Ihres eigenen Netzes hinzu.',
  ],
  'mail.throttled': ['', '{place} bittet zu warten.', 'Nichts: Der Hub versucht es von selbst noch einmal.'],
  'mail.full': [
    '',
    '{place} hat für {address} keinen Platz mehr.',
    'Löschen Sie Mail im Postfach oder lassen Sie das Kontingent erhöhen.',
  ],
  'mail.declined': [
    '',
    '{place} lehnt ab: {said}.',
    'Der Hub versucht es von selbst noch einmal; bleibt es so, fragen Sie den Anbieter.',
  ],
  'mail.unreachable': [
    '',
    '{place} ist nicht zu erreichen.',
    'Prüfen Sie Server, Port und Verschlüsselung, und ob der Hub sich dorthin verbinden darf.',
  ],
  'mail.set-aside': [
    'Beiseitegelegte Mail',
    '{unreadable} Nachrichten konnten nicht gelesen werden und liegen, wie sie kamen; {missing} nennt der Server, ohne sie herauszugeben.',
    'Mit „npm run hub -- mail TENANT set-aside“ ansehen; nach einer Aktualisierung liest „set-aside/retry“ sie erneut.',
  ],
  'mail.copies-missing': [
    'Kopien in Sent',
    '{count} Mails sind gesendet, liegen aber nicht im Ordner Sent ihres Postfachs. {reason}.',
    'Im Postfach Platz schaffen, dann „npm run hub -- mail TENANT mailboxes/copy-again id=MAILBOX“.',
  ],
  'threecx.template-unseen': [
    'Vorlage installiert',
    '3CX hat noch nach keinem Kontakt gefragt und keinen Anruf gemeldet.',
    'Die Vorlage herunterladen, in 3CX unter Integrations, CRM mit dem Schlüssel installieren und einen Probeanruf machen.',
  ],
  'threecx.template-seen': ['Vorlage installiert', 'Letzte Anfrage {lookup}, zuletzt gemeldeter Anruf {call}.'],
  'threecx.address': ['Adresse', '3CX erreicht Switchboard unter {origin}.'],
  'threecx.address-open': [
    'Adresse',
    'Die öffentliche Adresse {origin} ist nicht https: Der Schlüssel reist lesbar.',
    'Switchboard hinter https stellen, die öffentliche Adresse eintragen und die Vorlage erneut herunterladen.',
  ],
  'threecx.country': ['Land', 'Nummern ohne Ländervorwahl werden wie in {country} gelesen.'],
  'threecx.country-unknown': [
    'Land',
    'Das Land „{country}“ des Mandanten ist nicht bekannt: Nummern ohne Ländervorwahl gehören niemandem.',
    'Als Land des Mandanten den Code aus zwei Buchstaben eintragen, etwa NL.',
  ],
  'threecx.crm-missing': [
    'CRM',
    'Der Mandant ist mit keinem Arbeitsbereich von Twenty verbunden.',
    'Den Mandanten mit seinem Arbeitsbereich verbinden.',
  ],
  'threecx.crm': ['CRM', '{people} Personen und {locations} Standorte sind bekannt; Kontakte öffnen sich in {url}.'],
  'threecx.crm-empty': [
    'CRM',
    'Noch ist keine Person und kein Standort bekannt: Jeder Anrufer ist fremd.',
    'Warten, bis die Datensätze aus Twenty kopiert sind, oder sie dort eintragen: npm run hub -- crm status TENANT.',
  ],
  'threecx.live': ['Call Control', '{count} Nebenstellen sind zu sehen. Die Live-Verbindung stand zuletzt: {held}.'],
  'threecx.live-off': [
    'Call Control',
    `Es ist kein Client dafür eingetragen: ${noLive}`,
    'In 3CX einen Client mit „Call Control API“ und den Nebenstellen aller Mitarbeiter anlegen und als liveClientId und liveSecret eintragen.',
  ],
  'threecx.live-closed': [
    'Call Control',
    `Der Client darf es nicht benutzen: ${noLive}`,
    'In 3CX beim Client „Call Control API“ ankreuzen und die Nebenstellen aller Mitarbeiter wählen.',
  ],
  'threecx.watched': ['Beobachtete Nebenstellen', 'Alle {count} Mitarbeiter stehen beim Client.'],
  'threecx.unwatched': [
    'Beobachtete Nebenstellen',
    'Anrufe dieser Mitarbeiter sind nicht zu sehen, während sie klingeln, und nicht zu steuern: {names}.',
    'Ihre Nebenstellen in 3CX unter Integrations, API dem Client für Call Control hinzufügen; Gruppen kann man dort nicht wählen.',
  ],
  'threecx.refused-lately': [
    '',
    'Es geht jetzt, wurde aber abgelehnt am {at}: {reason}.',
    'Es ist nichts zu tun: In zehn Minuten wird es erneut versucht.',
  ],
  'threecx.call-log': ['Anrufliste', 'Sie ist lesbar.'],
  'threecx.call-log-closed': [
    'Anrufliste',
    'Der Client darf die Anrufliste nicht lesen: Vom Weg eines Anrufs ist bekannt, was live zu sehen war oder die Vorlage meldet.',
    owner,
  ],
  'threecx.recordings': ['Aufnahmen', 'Sie sind lesbar.'],
  'threecx.recordings-closed': [
    'Aufnahmen',
    'Der Client darf Aufnahmen nicht lesen: Keine wird aufbewahrt oder abgespielt, und es gibt keine Texte davon.',
    owner,
  ],
  'threecx.no-address': [
    'Schnittstellen von 3CX',
    'Die Adresse der Telefonanlage ist nicht eingetragen: Von Anrufen ist durch die Vorlage zu hören, beim ersten Klingeln und am Ende. Es gibt keine Live-Ansicht, keine Steuerung der Telefone, keine Anrufliste, keine Aufnahmen und keinen Abgleich der Mitarbeiter.',
    'Mit einer Enterprise-Lizenz in 3CX unter Integrations, API Clients anlegen und mit der Adresse eintragen.',
  ],
  'threecx.no-sync-client': [
    'Configuration API',
    `Es ist kein Client dafür eingetragen. ${noSync}`,
    'In 3CX einen Client mit „Configuration API“ und der Rolle System Owner anlegen und als syncClientId und syncSecret eintragen.',
  ],
  'threecx.sync-closed': [
    'Configuration API',
    `Der Client darf sie nicht benutzen. ${noSync}`,
    'In 3CX beim Client „3CX Configuration API“ ankreuzen und ihm eine eigene Abteilung geben: In „System Wide“ hat er die Rolle eines Benutzers.',
  ],
  'threecx.answers': ['Configuration API', '3CX antwortet unter {url}.'],
  'threecx.system-closed': ['', 'Der Client darf Version und Lizenz nicht lesen.', department],
  'threecx.version': ['Version', '3CX {version}.'],
  'threecx.version-other': [
    'Version',
    '3CX {version} ist nicht 20.0; bekannt sind die Schnittstellen von 3CX V20.',
    'Einen Probeanruf machen und sehen, ob er erscheint; 3CX unter V20 aktualisieren.',
  ],
  'threecx.version-old': [
    'Version',
    '3CX {version} hat noch nicht: {missing}. Alles andere geht.',
    '3CX auf 20.0.10 oder neuer aktualisieren.',
  ],
  'threecx.licence': ['Lizenz', '{product}, {calls} gleichzeitige Anrufe.'],
  'threecx.licence-expired': [
    'Lizenz',
    'Die Wartung der Lizenz {product} ist abgelaufen.',
    'Bei 3CX verlängern, bevor die Schnittstellen abgeschaltet werden.',
  ],
  'threecx.licence-inactive': ['', 'Die Lizenz ist nicht aktiv.', 'In 3CX aktivieren.'],
  'threecx.no-enterprise': [
    '',
    'Die Lizenz {product} ist keine Enterprise-Lizenz, die 3CX für seine Schnittstellen verlangt. Die Vorlage geht ohne sie.',
    'Bei 3CX eine Enterprise-Lizenz holen; hier ist dann nichts zu ändern.',
  ],
  'threecx.room': ['Platz für Aufnahmen', '3CX hat Platz für Aufnahmen.'],
  'threecx.room-full': [
    'Platz für Aufnahmen',
    'Der Platz für Aufnahmen ist verbraucht: 3CX nimmt nichts mehr auf.',
    'Die Grenze anheben oder Aufnahmen in 3CX unter Recordings löschen.',
  ],
  'threecx.template-answers': [
    'Probe der Vorlage',
    '3CX hat selbst gefragt und die Antwort verstanden: Niemand hat die gefragte Nummer.',
  ],
  'threecx.template-shows': [
    'Probe der Vorlage',
    '3CX hat selbst gefragt und die Antwort verstanden: Der Kontakt wurde gezeigt.',
  ],
  'threecx.template-missing': [
    'Probe der Vorlage',
    '3CX hat keine CRM-Vorlage.',
    'Die Vorlage dieses Mandanten herunterladen und in 3CX unter Integrations, CRM mit dem Schlüssel installieren.',
  ],
  'threecx.template-other': [
    'Probe der Vorlage',
    '3CX arbeitet mit einem anderen CRM („{crm}“) und erlaubt eines: Anrufer sind im Client von 3CX nicht zu sehen.',
    'Es ist nichts zu tun: Die Anrufliste meldet die Anrufe. Sonst stattdessen die Vorlage dieses Mandanten installieren.',
  ],
  'threecx.template-fails': [
    'Probe der Vorlage',
    '3CX sagt von der Vorlage: {said}.',
    'Adresse und Schlüssel in 3CX unter Integrations, CRM mit denen dieses Mandanten vergleichen und prüfen, ob die Anlage hierher gelangt.',
  ],
  'threecx.template-drops': [
    'Probe der Vorlage',
    '3CX hat nach einer bekannten Nummer gefragt und den Kontakt fallen lassen.',
    'Prüfen, ob das Land des Mandanten das der Anlage ist; dann die Vorlage erneut herunterladen und installieren.',
  ],
  'threecx.template-closed': [
    'Probe der Vorlage',
    'Der Client darf 3CX die Vorlage nicht proben lassen.',
    'Dem Client die Rolle System Owner geben oder in 3CX unter Integrations, CRM auf Test drücken.',
  ],
  'threecx.agents': [
    'Mitarbeiter',
    '{agents} von {users} Nebenstellen gehören Mitgliedern des CRM, nach Adresse oder Nebenstelle.',
  ],
  'threecx.agents-none': [
    'Mitarbeiter',
    '{agents} von {users} Nebenstellen gehören Mitgliedern des CRM, nach Adresse oder Nebenstelle.',
    'In Twenty die Nebenstellen der Mitglieder eintragen.',
  ],
  'threecx.agents-closed': [
    'Mitarbeiter',
    'Der Client darf die Benutzer von 3CX nicht lesen: Mitarbeiter sind bekannt durch das, was die Vorlage meldet.',
    department,
  ],
};
