import type { Findings } from '../findings.ts';

const owner = 'Geef de client de rol System Owner; een System Admin mag het niet lezen.';
const department = 'Geef de client de rol System Owner in een eigen afdeling, niet in “System Wide”.';
const noLive = 'oproepen zijn niet te zien terwijl ze overgaan, en de hub kan niet bellen.';
const noSync = 'er is geen belgeschiedenis, er zijn geen opnamen en medewerkers worden niet afgestemd.';
const imap = '{address}: IMAP (ontvangen)';

/** What the check-ups of plugins find. Keys that begin with `name:` are for lines that say what another system answered. */
export const pluginFindings: Findings = {
  'name:IMAP (reading)': ['IMAP (ontvangen)', ''],
  'name:SMTP (sending)': ['SMTP (versturen)', ''],
  'name:Version': ['Versie', ''],
  'name:Licence': ['Licentie', ''],
  'name:Call log': ['Belgeschiedenis', ''],
  'name:Recordings': ['Opnamen', ''],
  'name:Room for recordings': ['Ruimte voor opnamen', ''],
  'name:Agents': ['Medewerkers', ''],
  'name:Template test': ['Proef van de template', ''],
  'desk.numbers': ['Zaaknummers', '{count} zaken hebben een nummer.'],
  'desk.no-numbers': ['Zaaknummers', 'Nog geen zaak heeft een nummer.'],
  'mail.no-mailbox': [
    'Postbussen',
    'Er is nog geen postbus: er wordt geen mail gelezen en er kan niets worden verstuurd.',
    'Voeg de postbus van de servicedesk toe.',
  ],
  'mail.paused': ['{address}', 'Gepauzeerd. {reason}', 'Hervat hem.'],
  'mail.needs-password': ['{address}', 'Niemand is aangemeld. {reason}', 'Voer het wachtwoord opnieuw in.'],
  'mail.needs-sign-in': ['{address}', 'Niemand is aangemeld. {reason}', 'Laat de eigenaar zich opnieuw aanmelden.'],
  'mail.heard': ['{address}: laatste succes', 'Voor het laatst volledig gelezen: {last}.'],
  'mail.silent': ['{address}: laatste succes', 'Er komt niets van. Voor het laatst volledig gelezen: {last}. {error}'],
  'mail.imap-tells': [
    imap,
    'Aangemeld bij {host}; {messages} berichten in het postvak; de server meldt nieuwe mail meteen.',
  ],
  'mail.imap-asked': [
    imap,
    'Aangemeld bij {host}; {messages} berichten in het postvak; naar nieuwe mail wordt elke minuut gevraagd.',
  ],
  'mail.imap-without-sent': [
    imap,
    'Aangemeld bij {host}; {messages} berichten in het postvak. Er is geen map voor verzonden mail.',
    'Maak in de postbus een map “Sent”, zodat wat vanuit de hub wordt verstuurd ook daar staat.',
  ],
  'mail.smtp': ['{address}: SMTP (versturen)', 'Aangemeld bij {host}.'],
  'mail.refused': [
    '',
    '{place} weigert de aanmelding van {address}.',
    'Voer gebruikersnaam en wachtwoord opnieuw in of meld opnieuw aan. Bij aanmelden in twee stappen is een app-wachtwoord nodig; sommige aanbieders nemen alleen de aanmelding bij Google of Microsoft.',
  ],
  'mail.not-connected': [
    '',
    '{place} neemt de aanmelding aan, maar niet voor de mailbox {address}.',
    'Iemand anders heeft zich aangemeld, of het is een gedeelde mailbox zonder rechten: meld u aan als de mailbox zelf of geef het account in Exchange volledige toegang.',
  ],
  'mail.certificate': [
    '',
    'De beveiligde verbinding met {place} is niet te vertrouwen: {said}.',
    'Kies de andere versleuteling, gebruik als server de naam in het certificaat, of voeg de certificaatautoriteit van uw eigen netwerk toe.',
  ],
  'mail.throttled': ['', '{place} vraagt te wachten.', 'Niets: de hub probeert het vanzelf opnieuw.'],
  'mail.full': [
    '',
    '{place} heeft voor {address} geen ruimte meer.',
    'Verwijder mail in de mailbox of laat het quotum verhogen.',
  ],
  'mail.declined': [
    '',
    '{place} weigert: {said}.',
    'De hub probeert het vanzelf opnieuw; blijft het zo, vraag dan de aanbieder.',
  ],
  'mail.unreachable': [
    '',
    '{place} is niet te bereiken.',
    'Controleer server, poort en versleuteling, en of de hub er verbinding mee mag maken.',
  ],
  'mail.set-aside': [
    'Opzijgezette mail',
    '{unreadable} berichten konden niet worden gelezen en zijn bewaard zoals ze kwamen; {missing} meldt de server zonder ze te geven.',
    'Bekijk ze met “npm run hub -- mail TENANT set-aside”; na een update van de hub leest “set-aside/retry” ze opnieuw.',
  ],
  'mail.copies-missing': [
    'Kopieën in Sent',
    '{count} mails zijn verstuurd, maar staan niet in de map Sent van hun postbus. {reason}.',
    'Maak ruimte in de postbus, daarna “npm run hub -- mail TENANT mailboxes/copy-again id=MAILBOX”.',
  ],
  'threecx.template-unseen': [
    'Template geïnstalleerd',
    '3CX heeft nog geen contact opgevraagd en geen gesprek gemeld.',
    'Download de template, installeer hem in 3CX onder Integrations, CRM met de hub-sleutel en voer een proefgesprek.',
  ],
  'threecx.template-seen': ['Template geïnstalleerd', 'Laatste opvraging {lookup}, laatst gemelde gesprek {call}.'],
  'threecx.address': ['Adres', '3CX bereikt de hub op {origin}.'],
  'threecx.address-open': [
    'Adres',
    'Het openbare adres {origin} van de hub is niet https: de sleutel gaat leesbaar over de lijn.',
    'Zet de hub achter https, stel zijn openbare adres in en download dan de template opnieuw.',
  ],
  'threecx.country': ['Land', 'Nummers zonder landnummer worden gelezen als in {country}.'],
  'threecx.country-unknown': [
    'Land',
    'Het land “{country}” van de tenant is niet bekend: nummers zonder landnummer horen bij niemand.',
    'Stel als land van de tenant de code van twee letters in, zoals NL.',
  ],
  'threecx.crm-missing': [
    'CRM',
    'De tenant is niet verbonden met een werkruimte van Twenty.',
    'Verbind de tenant met zijn werkruimte.',
  ],
  'threecx.crm': ['CRM', '{people} personen en {locations} locaties zijn bekend; contacten openen in {url}.'],
  'threecx.crm-empty': [
    'CRM',
    'Er is nog geen persoon en geen locatie bekend: iedere beller is een vreemde.',
    'Wacht tot de records uit Twenty zijn gekopieerd of voer ze daar in: npm run hub -- crm status TENANT.',
  ],
  'threecx.live': [
    'Call Control',
    'Er zijn {count} toestellen te zien. De live-verbinding hield het laatst stand op: {held}.',
  ],
  'threecx.live-off': [
    'Call Control',
    `Er is geen client voor ingevoerd: ${noLive}`,
    'Maak in 3CX een client met “Call Control API” en de toestellen van alle medewerkers, en voer die in als liveClientId en liveSecret.',
  ],
  'threecx.live-closed': [
    'Call Control',
    `De client mag het niet gebruiken: ${noLive}`,
    'Vink in 3CX voor de client “Call Control API” aan en kies de toestellen van alle medewerkers.',
  ],
  'threecx.watched': ['Gevolgde toestellen', 'Alle {count} medewerkers staan bij de client.'],
  'threecx.unwatched': [
    'Gevolgde toestellen',
    'Oproepen van deze medewerkers zijn niet te zien terwijl ze overgaan en niet te bedienen: {names}.',
    'Voeg hun toestellen in 3CX onder Integrations, API toe aan de client voor Call Control; groepen zijn daar niet te kiezen.',
  ],
  'threecx.refused-lately': [
    '',
    'Het werkt nu, maar werd geweigerd op {at}: {reason}.',
    'Er hoeft niets te gebeuren: binnen tien minuten wordt het opnieuw geprobeerd.',
  ],
  'threecx.call-log': ['Belgeschiedenis', 'Ze is te lezen.'],
  'threecx.call-log-closed': [
    'Belgeschiedenis',
    'De client mag de belgeschiedenis niet lezen: van een gesprek is bekend wat live te zien was of de template meldde.',
    owner,
  ],
  'threecx.recordings': ['Opnamen', 'Ze zijn te lezen.'],
  'threecx.recordings-closed': [
    'Opnamen',
    'De client mag geen opnamen lezen: er worden er geen bewaard of afgespeeld, en er zijn geen teksten van.',
    owner,
  ],
  'threecx.no-address': [
    'Koppelingen van 3CX',
    'Het adres van de centrale is niet ingesteld: de hub hoort van gesprekken door de template, als ze overgaan en als ze voorbij zijn. Er is geen live beeld, geen bediening van toestellen, geen belgeschiedenis; er zijn geen opnamen en medewerkers worden niet afgestemd.',
    'Maak met een Enterprise-licentie in 3CX onder Integrations, API clients en voer ze samen met het adres in.',
  ],
  'threecx.no-sync-client': [
    'Configuration API',
    `Er is geen client voor ingevoerd: ${noSync}`,
    'Maak in 3CX een client met “Configuration API” en de rol System Owner, en voer die in als syncClientId en syncSecret.',
  ],
  'threecx.sync-closed': [
    'Configuration API',
    `De client mag het niet gebruiken: ${noSync}`,
    'Vink in 3CX voor de client “3CX Configuration API” aan en geef hem een eigen afdeling: in “System Wide” heeft hij de rol van een gebruiker.',
  ],
  'threecx.answers': ['Configuration API', '3CX antwoordt op {url}.'],
  'threecx.system-closed': ['', 'De client mag versie en licentie niet lezen.', department],
  'threecx.version': ['Versie', '3CX {version}.'],
  'threecx.version-other': [
    'Versie',
    '3CX {version} is niet 20.0; de hub kent de koppelingen van 3CX V20.',
    'Voer een proefgesprek en kijk of het verschijnt; werk 3CX onder V20 bij.',
  ],
  'threecx.version-old': [
    'Versie',
    '3CX {version} mist nog iets: {missing}. Al het andere werkt.',
    'Werk 3CX bij naar 20.0.10 of nieuwer.',
  ],
  'threecx.licence': ['Licentie', '{product}, {calls} gelijktijdige gesprekken.'],
  'threecx.licence-expired': [
    'Licentie',
    'Het onderhoud van licentie {product} is verlopen.',
    'Verleng het bij 3CX voordat de koppelingen worden uitgeschakeld.',
  ],
  'threecx.licence-inactive': ['', 'De licentie is niet actief.', 'Activeer haar in 3CX.'],
  'threecx.no-enterprise': [
    '',
    'De licentie {product} is geen Enterprise-licentie, en die eist 3CX voor zijn koppelingen. De template werkt ook zonder.',
    'Neem bij 3CX een Enterprise-licentie; in de hub hoeft dan niets te worden veranderd.',
  ],
  'threecx.room': ['Ruimte voor opnamen', '3CX heeft ruimte voor opnamen.'],
  'threecx.room-full': [
    'Ruimte voor opnamen',
    'De ruimte voor opnamen is op: 3CX neemt niets meer op.',
    'Verhoog het quotum of verwijder opnamen in 3CX onder Recordings.',
  ],
  'threecx.template-answers': [
    'Proef van de template',
    '3CX heeft zelf de hub gevraagd en het antwoord begrepen: niemand heeft het gevraagde nummer.',
  ],
  'threecx.template-shows': [
    'Proef van de template',
    '3CX heeft zelf de hub gevraagd en het antwoord begrepen: het contact werd getoond.',
  ],
  'threecx.template-missing': [
    'Proef van de template',
    '3CX heeft geen CRM-template.',
    'Download de template van deze tenant en installeer hem in 3CX onder Integrations, CRM, met de hub-sleutel.',
  ],
  'threecx.template-other': [
    'Proef van de template',
    '3CX werkt met een ander CRM (“{crm}”) en staat er één toe: bellers zijn in de 3CX-client niet te zien.',
    'Er hoeft niets te gebeuren: de belgeschiedenis meldt de gesprekken. Installeer anders de template van deze tenant.',
  ],
  'threecx.template-fails': [
    'Proef van de template',
    '3CX zegt over de template: {said}.',
    'Vergelijk adres en hub-sleutel in 3CX onder Integrations, CRM met die van deze tenant en kijk of de centrale de hub bereikt.',
  ],
  'threecx.template-drops': [
    'Proef van de template',
    '3CX vroeg de hub naar een bekend nummer en liet het contact vallen.',
    'Kijk of het land van de tenant dat van de centrale is; download daarna de template opnieuw en installeer hem.',
  ],
  'threecx.template-closed': [
    'Proef van de template',
    'De client mag 3CX de template niet laten beproeven.',
    'Geef de client de rol System Owner, of druk in 3CX onder Integrations, CRM op Test.',
  ],
  'threecx.agents': [
    'Medewerkers',
    '{agents} van {users} toestellen horen bij leden van het CRM, volgens adres of toestel.',
  ],
  'threecx.agents-none': [
    'Medewerkers',
    '{agents} van {users} toestellen horen bij leden van het CRM, volgens adres of toestel.',
    'Voer in Twenty de toestellen van de leden in.',
  ],
  'threecx.agents-closed': [
    'Medewerkers',
    'De client mag de gebruikers van 3CX niet lezen: medewerkers zijn bekend door wat de template meldt.',
    department,
  ],
};
