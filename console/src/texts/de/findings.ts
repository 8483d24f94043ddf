import type { Findings } from '../findings.ts';
import { pluginFindings } from './plugin-findings.ts';

const key =
  'Legen Sie in Twenty (Settings, APIs & Webhooks) einen API-Schlüssel mit der Rolle Admin an und verbinden Sie neu damit.';
const admin = 'Geben Sie dem API-Schlüssel in Twenty die Rolle Admin.';
const app = 'Verbinden Sie neu und lassen Sie dabei die App installieren, oder rufen Sie auf: npm run crm:install';
const unreachable = '{url} ist nicht zu erreichen ({reason}).';
const lost = 'Eine Probeänderung in Twenty kam nicht zu {url} zurück; Änderungen werden durch Nachfragen bemerkt.';
const reach =
  'Sorgen Sie dafür, dass der Server von Twenty {url} erreicht: sein DNS, die Firewall dazwischen, das Zertifikat und ein Proxy, der POST /crm/webhooks durchlässt.';

export const findings: Findings = {
  ...pluginFindings,
  'twenty.answers': ['Twenty', '{url} antwortet (Version {version}).'],
  'twenty.without-version': ['Twenty', '{url} antwortet; die Version nennt es nicht.'],
  'twenty.too-old': [
    'Twenty',
    '{url} hat die Version {version}; der Hub braucht {oldest} oder neuer.',
    'Bringen Sie zuerst Twenty auf den neuen Stand.',
  ],
  'twenty.leads-elsewhere': [
    'Twenty',
    '{url} führt weiter zu {target}.',
    'Verbinden Sie mit {target}, wenn das Ihr Twenty ist.',
  ],
  'twenty.other-server': [
    'Twenty',
    '{url} antwortet (HTTP {status}), aber nicht wie Twenty.',
    'Geben Sie die Adresse an, unter der Sie Twenty selbst im Browser öffnen, ohne Pfad.',
  ],
  'twenty.unknown-name': [
    'Twenty',
    unreachable,
    'Der Name {hostname} ist hier nicht bekannt: Berichtigen Sie ihn oder tragen Sie ihn im DNS ein.',
  ],
  'twenty.silent': [
    'Twenty',
    unreachable,
    'Innerhalb von {seconds} s antwortet nichts: Prüfen Sie die Firewall zwischen dem Hub und {hostname}.',
  ],
  'twenty.certificate': [
    'Twenty',
    unreachable,
    'Dem Zertifikat von {hostname} wird nicht vertraut: Erneuern Sie es oder nennen Sie dessen Stelle in NODE_EXTRA_CA_CERTS.',
  ],
  'twenty.down': [
    'Twenty',
    unreachable,
    'Sehen Sie nach, ob {url} läuft und von der Maschine des Hubs zu erreichen ist.',
  ],
  'key.opens': ['API-Schlüssel', 'Er öffnet den Arbeitsbereich „{workspace}“.'],
  'key.opens-until': ['API-Schlüssel', 'Er öffnet den Arbeitsbereich „{workspace}“ bis {until}.'],
  'key.ends-soon': [
    'API-Schlüssel',
    'Er öffnet den Arbeitsbereich „{workspace}“, aber nur bis {until}.',
    'Legen Sie vor diesem Tag in Twenty einen neuen API-Schlüssel an und verbinden Sie neu damit.',
  ],
  'key.expired': ['API-Schlüssel', 'Der API-Schlüssel ist abgelaufen.', key],
  'key.other-token': ['API-Schlüssel', 'Das ist ein anderes Token, das bald endet, und kein API-Schlüssel.', key],
  'permissions.enough': ['Rechte', 'Der Schlüssel darf alles, was der Hub braucht.'],
  'permissions.missing': ['Rechte', 'Die Rolle des API-Schlüssels darf nicht alles, was der Hub braucht.', admin],
  'limits.known': ['Grenzen', 'Aufrufe mit dem API-Schlüssel: {apiKey}; mit dem Token der App: {application}.'],
  'app.to-do': [
    'Switchboard-App',
    'Version {version} wird installiert: {create} Teile anzulegen, {change} zu ändern, {destroy} zu entfernen.',
  ],
  'app.nothing-to-do': ['Switchboard-App', 'Für Version {version} ist hier nichts zu ändern.'],
  'app.installed': ['Switchboard-App', 'Installiert ({version}); ihr Token wird für Datensätze benutzt.'],
  'app.not-installed': ['Switchboard-App', 'Sie ist in diesem Arbeitsbereich nicht installiert.', app],
  'objects.there': ['Objekte', 'Alle Objekte, die der Hub liest, sind da ({count} im Arbeitsbereich).'],
  'objects.missing': ['Objekte', 'Es fehlen: {missing}.', app],
  'copy.fresh': ['Kopie', '{count} Objekte sind kopiert und werden frisch gehalten.'],
  'copy.under-way': ['Kopie', 'Unterwegs: bisher {copied} von {total} Datensätzen.'],
  'copy.no-worker': [
    'Kopie',
    'Für diesen Arbeitsbereich arbeitet kein Worker des Hubs: Nichts wird kopiert, gesendet oder angemeldet.',
    'Starten Sie den Hub (npm start oder npm run worker) und prüfen Sie dann noch einmal.',
  ],
  'workspace.other': [
    'Arbeitsbereich',
    'Der API-Schlüssel gehört zu einem anderen Arbeitsbereich als dem, der bisher verbunden war.',
    'Nehmen Sie einen Schlüssel desselben Arbeitsbereichs, oder legen Sie für den anderen einen eigenen Mandanten an.',
  ],
  'workspace.taken': [
    'Arbeitsbereich',
    'Der Mandant „{tenant}“ ist schon mit diesem Arbeitsbereich verbunden.',
    'Arbeiten Sie mit „{tenant}“, oder löschen Sie ihn zuerst.',
  ],
  'connection.not-stored': [
    'Verbindung',
    'Es wurde nichts gespeichert; eine frühere Verbindung ist, wie sie war.',
    'Beseitigen Sie die Ursache oben und verbinden Sie dann neu.',
  ],
  'sign-in.possible': ['Anmelden mit Twenty', 'Twenty schickt Mitglieder zurück zu {url}.'],
  'sign-in.not-https': [
    'Anmelden mit Twenty',
    'Twenty schickt Leute nur zu https-Adressen zurück, und dieser Hub hat eine einfache http-Adresse ({url}).',
    'Setzen Sie einen Proxy mit https vor den Hub und PUBLIC_URL auf dessen Adresse; einfaches http geht mit localhost.',
  ],
  'webhooks.arrive': [
    'Webhooks',
    'Twenty erreicht den Hub unter {url}: Eine Probeänderung kam nach {seconds} s zurück.',
  ],
  'webhooks.being-tested': [
    'Webhooks',
    'Ob sie ankommen, wird gerade geprüft.',
    'Prüfen Sie in einer Minute noch einmal; ein Worker des Hubs muss laufen.',
  ],
  'webhooks.missed': ['Webhooks', '{count} Änderungen kamen durch Nachfragen und nicht durch Webhooks.', reach],
  'webhooks.silent': ['Webhooks', lost, reach],
  'webhooks.private': [
    'Webhooks',
    lost,
    '{hostname} ist eine private Adresse, an die Twenty von sich aus nichts sendet: Setzen Sie OUTBOUND_HTTP_SAFE_MODE_ENABLED=false in der Umgebung von Twenty, starten Sie es neu und sorgen Sie dafür, dass es den Hub unter dieser Adresse erreicht; oder geben Sie dem Hub eine öffentliche Adresse (PUBLIC_URL).',
  ],
  'webhooks.unresolved': [
    'Webhooks',
    lost,
    'Der Name {hostname} ist nicht bekannt: Berichtigen Sie PUBLIC_URL oder tragen Sie den Namen im DNS ein.',
  ],
  'webhooks.elsewhere': [
    'Webhooks',
    lost,
    'Unter {url}/healthz antwortet der Hub nicht: Berichtigen Sie PUBLIC_URL oder den Proxy davor und sehen Sie nach, ob der Web-Prozess läuft.',
  ],
  'webhooks.unsigned': [
    'Webhooks',
    lost,
    'Anfragen kommen ohne die Kopfzeilen von Twenty an: Der Proxy vor dem Hub muss x-twenty-webhook-signature, -timestamp und -nonce weitergeben.',
  ],
  'webhooks.late': [
    'Webhooks',
    lost,
    'Anfragen kommen mit einer Zeit an, die um Minuten abweicht: Stellen Sie die Uhren beider Maschinen mit NTP.',
  ],
  'webhooks.wrong': [
    'Webhooks',
    lost,
    'Anfragen kommen an, aber ihre Signatur passt nicht: Kein Proxy darf den Inhalt unterwegs ändern.',
  ],
  'webhooks.no-application': ['Webhooks', 'Ob sie ankommen, konnte nicht geprüft werden.', app],
  'webhooks.permission': [
    'Webhooks',
    'Ob sie ankommen, konnte nicht geprüft werden.',
    'Geben Sie der Rolle des API-Schlüssels und der der Switchboard-App in Twenty das Recht, Gesprächsleitfäden zu ändern.',
  ],
  'plugin.not-enabled': [
    'Plugin',
    'Das Plugin ist für diesen Arbeitsbereich nicht eingeschaltet.',
    'Schalten Sie es ein und prüfen Sie dann noch einmal.',
  ],
};
