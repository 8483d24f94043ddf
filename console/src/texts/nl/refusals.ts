import type { Refusals } from '../refusals.ts';

export const refusals: Refusals = {
  'mail.case-file-gone': ['Twenty heeft dit bestand niet meer', 'Kijk in Twenty naar de bestanden van de melding.'],
  'mail.case-file-silent': [
    'Twenty geeft dit bestand nu niet af',
    'Probeer het over een minuut opnieuw, of voeg het bestand van uw computer toe.',
  ],
  'mail.case-file-size': [
    'Dit bestand is leeg, of groter dan een mail kan dragen',
    'Een mail draagt tot {most}: zet het ergens waar mensen het kunnen ophalen en stuur het adres.',
  ],
  'mail.case-gone': ['Deze melding bestaat niet meer', 'Kijk in Twenty naar de melding.'],
  'mail.contact-unreachable': [
    'Mail aan de contactpersoon komt terug',
    'Vul in Twenty een ander adres in, of schrijf naar een adres naar keuze.',
  ],
  'mail.contact-wants-none': ['De contactpersoon wil geen mail', 'Bel liever.'],
  'mail.contact-without-address': [
    'De contactpersoon heeft geen e-mailadres',
    'Vul er in Twenty een in, of schrijf naar een adres naar keuze.',
  ],
  'mail.file-gone': ['Dit bestand heeft de hub niet meer', 'Upload het opnieuw.'],
  'mail.files-too-large': [
    'De bestanden zijn samen {bytes}; een mail draagt {most}',
    'Laat er een paar weg, of verstuur meer mails.',
  ],
  'mail.mailbox-of-others': [
    'Deze mailbox is van iemand anders',
    'Verstuur vanuit een mailbox van de servicedesk of uw eigen.',
  ],
  'mail.malfunction-gone': ['Deze storing bestaat niet meer', 'Kijk in Twenty naar de storing.'],
  'mail.no-address-at-all': [
    '“{text}” is geen adres waar mail heen kan',
    'Schrijf één adres, zoals anna@example.com, zonder aanhalingstekens voor de @.',
  ],
  'mail.no-contact': [
    'De melding heeft geen contactpersoon, of uw rol mag die niet zien',
    'Vul er in Twenty een in, of schrijf naar een adres naar keuze.',
  ],
  'mail.no-mail': ['Deze mail bestaat niet', 'Laad de lijst opnieuw.'],
  'mail.no-mailbox-to-send': [
    'Deze mailbox is er niet om vanuit te versturen',
    'Kies een andere, of vraag de beheerder er een te verbinden.',
  ],
  'mail.no-open-case': ['Er is geen open melding om over te schrijven', 'Kies meldingen uit.'],
  'mail.no-request': ['Deze opdracht is er niet van u', 'Laad de pagina opnieuw.'],
  'mail.no-template': ['Dit sjabloon bestaat niet meer', 'Laad de lijst opnieuw.'],
  'mail.no-text': ['De mail heeft geen tekst', 'Schrijf er een.'],
  'mail.nobody': ['Er wordt aan niemand geschreven', 'Noem minstens één adres.'],
  'mail.nothing-failed': ['Niets daarvan is mislukt', 'Laad de lijst opnieuw: het is al nog eens geprobeerd.'],
  'mail.nothing-open': [
    'Aan deze mail staat niets meer open',
    'Laad de lijst opnieuw: iemand anders heeft beslist, of de mail is gevonden.',
  ],
  'mail.password-for-new-server': [
    'Het wachtwoord is opnieuw nodig, omdat de server of zijn certificaatautoriteit een andere is',
    'Voer het wachtwoord van de mailbox in; wat is opgeslagen gaat naar geen server die het nog niet had.',
  ],
  'mail.request-id': ['De opdracht mist een kenmerk', 'Laad de pagina opnieuw en verstuur nog eens.'],
  'mail.request-used': ['Onder dit kenmerk ging al een andere mail', 'Wijzig iets en verstuur nog eens.'],
  'mail.servers-of-provider': [
    'Bij een aanmelding bij de aanbieder horen diens servers',
    'Laat de servers aan de aanmelding over; andere servers vragen een wachtwoord.',
  ],
  'mail.servers-of-sign-in': [
    'De servers van een mailbox met aanmelding bij de aanbieder zijn niet te wijzigen',
    'Verwijder de mailbox en voeg ze met de andere servers opnieuw toe.',
  ],
  'mail.subject': ['Een onderwerp heeft 1 tot {most} tekens', 'Schrijf een onderwerp.'],
  'mail.template-name-taken': ['Er is al een sjabloon “{name}”', 'Geef dit een andere naam, of wijzig het andere.'],
  'mail.text-too-long': ['De tekst is langer dan 512 KiB', 'Kort hem in, of voeg hem als bestand toe.'],
  'mail.too-many-cases': [
    'De storing heeft {most} meldingen of meer, te veel voor één mail aan alle',
    'Kies de meldingen waarover geschreven wordt, tot {most} voor één mail.',
  ],
  'mail.too-many-files': ['Een mail draagt hoogstens {most} bestanden', 'Laat er een paar weg.'],
  'mail.too-many-recipients': [
    'Een mail gaat naar hoogstens {most} adressen; deze heeft er {count}',
    'Schrijf naar de contactpersonen van een storing, waar ieder een eigen mail krijgt, of verstuur meer mails.',
  ],
  'mail.unknown-field': [
    'Een veld {names} bestaat niet',
    'Verbeter de naam; het voorbeeld toont wat er van elk veld wordt.',
  ],
};
