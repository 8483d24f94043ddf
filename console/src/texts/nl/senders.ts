import type { Texts } from '../index.ts';

export const senders: Texts['senders'] = {
  badges: {
    proven: 'Afzender bewezen',
    unproven: 'Afzender niet bewezen',
    suspicious: 'Afzender mogelijk vervalst',
    'not-checked': 'Afzender niet gecontroleerd',
  },
  suspicious: 'Deze mail komt misschien niet van wie erin staat',
  suspiciousHint: (domain) =>
    `${domain === '' ? 'Het domein van de afzender' : domain} vraagt om mail te weigeren die niet bewijst ervan afkomstig te zijn, en deze mail bewijst dat niet. Open geen bestanden of links, en laat langs een andere weg bevestigen wat erin wordt gevraagd.`,
  facts: ({ spf, dkim, dmarc }, by) =>
    `DMARC ${dmarc}, DKIM ${dkim}, SPF ${spf === 'not-checkable' ? 'niet te controleren' : spf} (${by})`,
  by: { hub: 'gecontroleerd door de hub', server: 'volgens uw mailserver' },
  reasons: {
    '': 'Controle was niet mogelijk.',
    'no-answer': 'De servers van het domein antwoordden een dag lang niet.',
    'too-large': 'De mail is te groot om te controleren.',
    'not-readable': 'De mail is zo geschreven dat controle niet mogelijk is.',
  },
};
