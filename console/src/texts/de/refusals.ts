import type { Refusals } from '../refusals.ts';

export const refusals: Refusals = {
  'mail.case-file-gone': ['Twenty hat diese Datei nicht mehr', 'Sehen Sie in Twenty nach den Dateien des Falls.'],
  'mail.case-file-silent': [
    'Twenty gibt diese Datei gerade nicht heraus',
    'Versuchen Sie es in einer Minute noch einmal, oder fügen Sie die Datei von Ihrem Computer hinzu.',
  ],
  'mail.case-file-size': [
    'Diese Datei ist leer oder größer, als eine Mail trägt',
    'Eine Mail trägt bis zu {most}: Legen Sie die Datei zum Abholen bereit und senden Sie die Adresse.',
  ],
  'mail.case-gone': ['Diesen Fall gibt es nicht mehr', 'Sehen Sie in Twenty nach dem Fall.'],
  'mail.contact-unreachable': [
    'Mail an den Ansprechpartner kommt zurück',
    'Tragen Sie in Twenty eine andere Adresse ein, oder schreiben Sie an eine Adresse Ihrer Wahl.',
  ],
  'mail.contact-wants-none': ['Der Ansprechpartner möchte keine Mail', 'Rufen Sie lieber an.'],
  'mail.contact-without-address': [
    'Der Ansprechpartner hat keine E-Mail-Adresse',
    'Tragen Sie in Twenty eine ein, oder schreiben Sie an eine Adresse Ihrer Wahl.',
  ],
  'mail.file-gone': ['Diese Datei hat der Hub nicht mehr', 'Laden Sie sie noch einmal hoch.'],
  'mail.files-too-large': [
    'Die Dateien haben zusammen {bytes}; eine Mail trägt {most}',
    'Lassen Sie welche weg, oder senden Sie mehrere Mails.',
  ],
  'mail.mailbox-of-others': [
    'Dieses Postfach gehört jemand anderem',
    'Senden Sie von einem Postfach des Servicedesks oder von Ihrem eigenen.',
  ],
  'mail.malfunction-gone': ['Diese Störung gibt es nicht mehr', 'Sehen Sie in Twenty nach der Störung.'],
  'mail.no-address-at-all': [
    '„{text}“ ist keine Adresse, an die Mail gehen kann',
    'Schreiben Sie eine Adresse wie anna@example.com, ohne Anführungszeichen vor dem @.',
  ],
  'mail.no-contact': [
    'Der Fall hat keinen Ansprechpartner, oder Ihre Rolle darf ihn nicht sehen',
    'Tragen Sie in Twenty einen ein, oder schreiben Sie an eine Adresse Ihrer Wahl.',
  ],
  'mail.no-mail': ['Diese Mail gibt es nicht', 'Laden Sie die Liste neu.'],
  'mail.no-mailbox-to-send': [
    'Dieses Postfach gibt es zum Senden nicht',
    'Wählen Sie ein anderes, oder bitten Sie die Verwaltung, eines zu verbinden.',
  ],
  'mail.no-open-case': ['Es gibt keinen offenen Fall, zu dem geschrieben werden kann', 'Wählen Sie Fälle aus.'],
  'mail.no-request': ['Diesen Auftrag gibt es bei Ihnen nicht', 'Laden Sie die Seite neu.'],
  'mail.no-template': ['Diese Vorlage gibt es nicht mehr', 'Laden Sie die Liste neu.'],
  'mail.no-text': ['Die Mail hat keinen Text', 'Schreiben Sie einen.'],
  'mail.nobody': ['An niemanden wird geschrieben', 'Nennen Sie mindestens eine Adresse.'],
  'mail.nothing-failed': [
    'Nichts davon ist gescheitert',
    'Laden Sie die Liste neu: Es wurde schon noch einmal versucht.',
  ],
  'mail.nothing-open': [
    'An dieser Mail ist nichts mehr offen',
    'Laden Sie die Liste neu: Jemand anders hat entschieden, oder sie wurde gefunden.',
  ],
  'mail.password-for-new-server': [
    'Das Passwort wird noch einmal gebraucht, weil der Server oder seine Zertifizierungsstelle ein anderer ist',
    'Geben Sie das Passwort des Postfachs ein; Gespeichertes geht an keinen Server, der es noch nicht hatte.',
  ],
  'mail.request-id': ['Dem Auftrag fehlt eine Kennung', 'Laden Sie die Seite neu und senden Sie noch einmal.'],
  'mail.request-used': [
    'Unter dieser Kennung ging schon eine andere Mail',
    'Ändern Sie etwas und senden Sie noch einmal.',
  ],
  'mail.servers-of-provider': [
    'Zu einer Anmeldung beim Anbieter gehören dessen Server',
    'Lassen Sie die Server bei der Anmeldung; andere Server brauchen ein Passwort.',
  ],
  'mail.servers-of-sign-in': [
    'Die Server eines Postfachs mit Anmeldung beim Anbieter lassen sich nicht ändern',
    'Entfernen Sie das Postfach und fügen Sie es mit den anderen Servern neu hinzu.',
  ],
  'mail.subject': ['Ein Betreff hat 1 bis {most} Zeichen', 'Schreiben Sie einen Betreff.'],
  'mail.template-name-taken': [
    'Eine Vorlage „{name}“ gibt es schon',
    'Geben Sie dieser einen anderen Namen, oder ändern Sie die andere.',
  ],
  'mail.text-too-long': ['Der Text ist länger als 512 KiB', 'Kürzen Sie ihn, oder hängen Sie ihn als Datei an.'],
  'mail.too-many-cases': [
    'Die Störung hat {most} Fälle oder mehr, zu viele für eine Mail an alle',
    'Wählen Sie die Fälle aus, an die geschrieben wird, bis zu {most} für eine Mail.',
  ],
  'mail.too-many-files': ['Eine Mail trägt höchstens {most} Dateien', 'Lassen Sie welche weg.'],
  'mail.too-many-recipients': [
    'Eine Mail geht an höchstens {most} Adressen; diese hat {count}',
    'Schreiben Sie an die Ansprechpartner einer Störung, wo jeder eine eigene Mail bekommt, oder senden Sie mehrere.',
  ],
  'mail.unknown-field': [
    'Ein Feld {names} gibt es nicht',
    'Berichtigen Sie den Namen; die Vorschau zeigt, was aus jedem Feld wird.',
  ],
};
