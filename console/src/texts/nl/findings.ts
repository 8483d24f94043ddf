import type { Findings } from '../findings.ts';
import { pluginFindings } from './plugin-findings.ts';

const key = 'Maak in Twenty (Settings, APIs & Webhooks) een API-sleutel met de rol Admin en verbind daar opnieuw mee.';
const admin = 'Geef de API-sleutel in Twenty de rol Admin.';
const app = 'Verbind opnieuw en laat daarbij de app installeren, of voer uit: npm run crm:install';
const unreachable = '{url} is niet te bereiken ({reason}).';
const lost = 'Een proefwijziging in Twenty kwam niet terug bij {url}; wijzigingen worden door navragen opgemerkt.';
const reach =
  'Zorg dat de server van Twenty {url} bereikt: zijn DNS, de firewall ertussen, het certificaat en een proxy die POST /crm/webhooks doorlaat.';

export const findings: Findings = {
  ...pluginFindings,
  'twenty.answers': ['Twenty', '{url} antwoordt (versie {version}).'],
  'twenty.without-version': ['Twenty', '{url} antwoordt; de versie wordt niet genoemd.'],
  'twenty.too-old': [
    'Twenty',
    '{url} heeft versie {version}; de hub heeft {oldest} of nieuwer nodig.',
    'Werk eerst Twenty bij.',
  ],
  'twenty.leads-elsewhere': [
    'Twenty',
    '{url} leidt door naar {target}.',
    'Verbind met {target}, als dat jouw Twenty is.',
  ],
  'twenty.other-server': [
    'Twenty',
    '{url} antwoordt (HTTP {status}), maar niet zoals Twenty.',
    'Geef het adres waaronder je Twenty zelf in de browser opent, zonder pad.',
  ],
  'twenty.unknown-name': [
    'Twenty',
    unreachable,
    'De naam {hostname} is hier niet bekend: verbeter hem of zet hem in de DNS.',
  ],
  'twenty.silent': [
    'Twenty',
    unreachable,
    'Binnen {seconds} s antwoordt er niets: controleer de firewall tussen de hub en {hostname}.',
  ],
  'twenty.certificate': [
    'Twenty',
    unreachable,
    'Het certificaat van {hostname} wordt niet vertrouwd: vernieuw het of noem de uitgever in NODE_EXTRA_CA_CERTS.',
  ],
  'twenty.down': ['Twenty', unreachable, 'Kijk of {url} draait en vanaf de machine van de hub te bereiken is.'],
  'key.opens': ['API-sleutel', 'Hij opent de werkruimte “{workspace}”.'],
  'key.opens-until': ['API-sleutel', 'Hij opent de werkruimte “{workspace}” tot {until}.'],
  'key.ends-soon': [
    'API-sleutel',
    'Hij opent de werkruimte “{workspace}”, maar alleen tot {until}.',
    'Maak voor die dag in Twenty een nieuwe API-sleutel en verbind daar opnieuw mee.',
  ],
  'key.expired': ['API-sleutel', 'De API-sleutel is verlopen.', key],
  'key.other-token': ['API-sleutel', 'Dit is een ander token, dat snel eindigt, en geen API-sleutel.', key],
  'permissions.enough': ['Rechten', 'De sleutel mag alles wat de hub nodig heeft.'],
  'permissions.missing': ['Rechten', 'De rol van de API-sleutel mag niet alles wat de hub nodig heeft.', admin],
  'limits.known': ['Grenzen', 'Aanroepen met de API-sleutel: {apiKey}; met het token van de app: {application}.'],
  'app.to-do': [
    'Switchboard-app',
    'Versie {version} wordt geïnstalleerd: {create} onderdelen maken, {change} wijzigen, {destroy} verwijderen.',
  ],
  'app.nothing-to-do': ['Switchboard-app', 'Voor versie {version} hoeft hier niets te veranderen.'],
  'app.installed': ['Switchboard-app', 'Geïnstalleerd ({version}); haar token wordt voor records gebruikt.'],
  'app.not-installed': ['Switchboard-app', 'Ze is in deze werkruimte niet geïnstalleerd.', app],
  'objects.there': ['Objecten', 'Alle objecten die de hub leest zijn er ({count} in de werkruimte).'],
  'objects.missing': ['Objecten', 'Er ontbreken: {missing}.', app],
  'copy.fresh': ['Kopie', '{count} objecten zijn gekopieerd en worden vers gehouden.'],
  'copy.under-way': ['Kopie', 'Onderweg: tot nu toe {copied} van {total} records.'],
  'copy.no-worker': [
    'Kopie',
    'Voor deze werkruimte werkt geen worker van de hub: er wordt niets gekopieerd, verzonden of aangemeld.',
    'Start de hub (npm start of npm run worker) en controleer dan opnieuw.',
  ],
  'workspace.other': [
    'Werkruimte',
    'De API-sleutel hoort bij een andere werkruimte dan die tot nu toe verbonden was.',
    'Gebruik een sleutel van dezelfde werkruimte, of maak voor de andere een eigen tenant.',
  ],
  'workspace.taken': [
    'Werkruimte',
    'De tenant “{tenant}” is al met deze werkruimte verbonden.',
    'Werk met “{tenant}”, of verwijder die eerst.',
  ],
  'connection.not-stored': [
    'Verbinding',
    'Er is niets opgeslagen; een eerdere verbinding is zoals ze was.',
    'Neem de oorzaak hierboven weg en verbind dan opnieuw.',
  ],
  'sign-in.possible': ['Aanmelden met Twenty', 'Twenty stuurt leden terug naar {url}.'],
  'sign-in.not-https': [
    'Aanmelden met Twenty',
    'Twenty stuurt mensen alleen naar https-adressen terug, en deze hub heeft een gewoon http-adres ({url}).',
    'Zet een proxy met https voor de hub en PUBLIC_URL op het adres daarvan; gewoon http werkt met localhost.',
  ],
  'webhooks.arrive': ['Webhooks', 'Twenty bereikt de hub op {url}: een proefwijziging kwam na {seconds} s terug.'],
  'webhooks.being-tested': [
    'Webhooks',
    'Of ze aankomen, wordt nu beproefd.',
    'Controleer over een minuut opnieuw; een worker van de hub moet draaien.',
  ],
  'webhooks.missed': ['Webhooks', '{count} wijzigingen kwamen door navragen en niet door webhooks.', reach],
  'webhooks.silent': ['Webhooks', lost, reach],
  'webhooks.private': [
    'Webhooks',
    lost,
    '{hostname} is een privéadres, waar Twenty uit zichzelf niets naartoe stuurt: zet OUTBOUND_HTTP_SAFE_MODE_ENABLED=false in de omgeving van Twenty, start het opnieuw en zorg dat het de hub op dit adres bereikt; of geef de hub een openbaar adres (PUBLIC_URL).',
  ],
  'webhooks.unresolved': [
    'Webhooks',
    lost,
    'De naam {hostname} is niet bekend: verbeter PUBLIC_URL of zet de naam in de DNS.',
  ],
  'webhooks.elsewhere': [
    'Webhooks',
    lost,
    'Op {url}/healthz antwoordt de hub niet: verbeter PUBLIC_URL of de proxy ervoor en kijk of het webproces draait.',
  ],
  'webhooks.unsigned': [
    'Webhooks',
    lost,
    'Verzoeken komen aan zonder de headers van Twenty: de proxy voor de hub moet x-twenty-webhook-signature, -timestamp en -nonce doorgeven.',
  ],
  'webhooks.late': [
    'Webhooks',
    lost,
    'Verzoeken komen aan met een tijd die minuten afwijkt: zet de klokken van beide machines gelijk met NTP.',
  ],
  'webhooks.wrong': [
    'Webhooks',
    lost,
    'Verzoeken komen aan, maar hun handtekening klopt niet: geen proxy mag de inhoud onderweg wijzigen.',
  ],
  'webhooks.no-application': ['Webhooks', 'Of ze aankomen, kon niet worden beproefd.', app],
  'webhooks.permission': [
    'Webhooks',
    'Of ze aankomen, kon niet worden beproefd.',
    'Geef de rol van de API-sleutel en die van de Switchboard-app in Twenty het recht om belscripts te wijzigen.',
  ],
  'plugin.not-enabled': [
    'Plugin',
    'De plugin is voor deze werkruimte niet ingeschakeld.',
    'Schakel hem in en controleer dan opnieuw.',
  ],
};
