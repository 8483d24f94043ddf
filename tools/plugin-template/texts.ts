import type { PluginTexts } from '@switchboard/core/contract';

/** What people read of the plugin, beside what `plugin.ts` and `config.ts` say in English. */
export const texts: PluginTexts = {
  summary: {
    nl: 'Kopieert tickets van Acme naar zaken in het CRM.',
    de: 'Kopiert Tickets von Acme in Fälle im CRM.',
  },
  settings: {
    url: {
      name: { en: 'Address of Acme', nl: 'Adres van Acme', de: 'Adresse von Acme' },
      description: {
        nl: 'Adres van Acme, zoals https://tickets.example.com.',
        de: 'Adresse von Acme, etwa https://tickets.example.com.',
      },
    },
    apiKey: {
      name: { en: 'Key of Acme', nl: 'Sleutel van Acme', de: 'Schlüssel von Acme' },
      description: { nl: 'Sleutel van Acme, Settings, API.', de: 'Schlüssel von Acme, Settings, API.' },
    },
    webhookSecret: {
      name: { en: 'Secret of webhooks', nl: 'Geheim van webhooks', de: 'Geheimnis der Webhooks' },
      description: {
        nl: 'De tekst die Acme met elke webhook als x-acme-secret meestuurt. Maak er een met `openssl rand -base64 32`.',
        de: 'Der Text, den Acme mit jedem Webhook als x-acme-secret mitsendet. Erzeugen Sie einen mit `openssl rand -base64 32`.',
      },
    },
  },
};
