import type { PluginTexts } from '@switchboard/core/contract';

/** What people read of the plugin, beside what `plugin.ts` and `config.ts` say in English. */
export const texts: PluginTexts = {
  summary: {
    nl: 'Leest postvakken via IMAP, legt elke mail bij zijn zaak en verstuurt mail over zaken.',
    de: 'Liest Postfächer über IMAP, legt jede Mail zu ihrem Fall und verschickt Mail zu Fällen.',
  },
  settings: {
    googleClientId: {
      name: { en: 'Client id at Google', nl: 'Client-id bij Google', de: 'Client-ID bei Google' },
      description: {
        nl: 'Client van een Google Cloud-project (type Web application) waarmee mensen zich aanmelden bij Gmail-postvakken.',
        de: 'Client eines Google-Cloud-Projekts (Typ Web application), mit dem sich Leute bei Gmail-Postfächern anmelden.',
      },
    },
    googleSecret: {
      name: { en: 'Client secret at Google', nl: 'Clientgeheim bij Google', de: 'Clientschlüssel bei Google' },
      description: { nl: 'Geheim van die client.', de: 'Geheimnis dieses Clients.' },
    },
    microsoftClientId: {
      name: {
        en: 'Application id at Microsoft',
        nl: 'Toepassings-id bij Microsoft',
        de: 'Anwendungs-ID bei Microsoft',
      },
      description: {
        nl: 'Toepassings-id (client-id) van een app-registratie in Microsoft Entra, voor Microsoft 365-postvakken.',
        de: 'Anwendungs-ID (Client) einer App-Registrierung in Microsoft Entra, für Postfächer von Microsoft 365.',
      },
    },
    microsoftSecret: {
      name: { en: 'Client secret at Microsoft', nl: 'Clientgeheim bij Microsoft', de: 'Clientschlüssel bei Microsoft' },
      description: { nl: 'Clientgeheim van die registratie.', de: 'Clientschlüssel dieser Registrierung.' },
    },
    microsoftTenant: {
      name: { en: 'Directory at Microsoft', nl: 'Directory bij Microsoft', de: 'Verzeichnis bei Microsoft' },
      description: {
        nl: 'Directory-id (tenant) waarin mensen zich aanmelden; "organizations" laat elk werkaccount toe.',
        de: 'Verzeichnis-ID (Mandant), in dem sich Leute anmelden; "organizations" erlaubt jedes Geschäftskonto.',
      },
    },
    internalHosts: {
      name: {
        en: 'Mail servers in your own network',
        nl: 'Mailservers in uw eigen netwerk',
        de: 'Mailserver im eigenen Netz',
      },
      description: {
        nl: 'Mailservers in uw eigen netwerk waarmee verbinding mag worden gemaakt, gescheiden door spaties. Alle andere moeten een openbaar adres hebben.',
        de: 'Mailserver im eigenen Netz, zu denen verbunden werden darf, durch Leerzeichen getrennt. Alle anderen müssen öffentliche Adressen haben.',
      },
    },
    trustedAuthserv: {
      name: { en: 'Your own mail gateway', nl: 'Uw eigen mailgateway', de: 'Eigenes Mailgateway' },
      description: {
        nl: 'Naam van uw eigen mailgateway zoals die vooraan in Authentication-Results staat. Zonder deze naam controleert de hub zelf handtekeningen.',
        de: 'Name Ihres eigenen Mailgateways, wie er am Anfang von Authentication-Results steht. Ohne ihn prüft der Hub selbst die Signaturen.',
      },
    },
    ownServers: {
      name: { en: 'Your own mail servers', nl: 'Uw eigen mailservers', de: 'Eigene Mailserver' },
      description: {
        nl: 'Namen van uw eigen mailservers zoals ze achter "by" staan in de Received-velden die ze schrijven, gescheiden door spaties. Daarmee controleert de hub zelf SPF; zonder kan dat niet.',
        de: 'Namen Ihrer eigenen Mailserver, wie sie hinter "by" in den Received-Feldern stehen, die sie schreiben, durch Leerzeichen getrennt. Damit prüft der Hub SPF selbst; ohne sie ist das nicht möglich.',
      },
    },
    verifySenders: {
      name: { en: 'Check senders', nl: 'Afzenders controleren', de: 'Absender prüfen' },
      description: {
        nl: 'Via DNS controleren wie elke binnenkomende mail heeft verstuurd, en waarschuwen voor mail die dat niet bewijst. Zonder wordt alleen gecontroleerd wat van medewerkers zegt te komen.',
        de: 'Über DNS prüfen, wer jede eingehende Mail gesendet hat, und vor solchen warnen, die es nicht beweisen. Ohne wird nur geprüft, was von Mitarbeitern zu kommen behauptet.',
      },
    },
    maxMessageMb: {
      name: { en: 'Largest message (MB)', nl: 'Grootste bericht (MB)', de: 'Größte Nachricht (MB)' },
      description: {
        nl: 'Van grotere mail worden alleen de kopvelden en de tekst bewaard; de rest blijft in het postvak.',
        de: 'Von größeren Mails werden nur Kopfzeilen und Text behalten; der Rest bleibt im Postfach.',
      },
    },
    discardedKeptDays: {
      name: {
        en: 'Keep discarded mail (days)',
        nl: 'Weggedane mail bewaren (dagen)',
        de: 'Verworfene Mail behalten (Tage)',
      },
      description: {
        nl: 'Mail die niet kon worden gelezen en is weggedaan, blijft zoveel dagen bewaard en is tot dan terug te halen.',
        de: 'Mail, die nicht gelesen werden konnte und verworfen wurde, bleibt so viele Tage und kann bis dahin zurückgeholt werden.',
      },
    },
    silentAfterMinutes: {
      name: {
        en: 'Report silence after (minutes)',
        nl: 'Stilte melden na (minuten)',
        de: 'Stille melden nach (Minuten)',
      },
      description: {
        nl: 'Een postvak dat zo lang niet kon worden gelezen, wordt gemeld.',
        de: 'Ein Postfach, das so lange nicht gelesen werden konnte, wird gemeldet.',
      },
    },
  },
};
