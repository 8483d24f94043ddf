import type { Texts } from '../index.ts';

export const senders: Texts['senders'] = {
  badges: {
    proven: 'Absender bewiesen',
    unproven: 'Absender nicht bewiesen',
    suspicious: 'Absender vielleicht gefälscht',
    'not-checked': 'Absender nicht geprüft',
  },
  suspicious: 'Diese Mail kommt vielleicht nicht von dem, den sie nennt',
  suspiciousHint: (domain) =>
    `${domain === '' ? 'Die Domain des Absenders' : domain} bittet, Mail abzulehnen, die nicht beweist, dass sie von dort kommt, und diese beweist es nicht. Öffnen Sie keine Dateien oder Links, und lassen Sie sich auf anderem Weg bestätigen, worum sie bittet.`,
  facts: ({ spf, dkim, dmarc }, by) =>
    `DMARC ${dmarc}, DKIM ${dkim}, SPF ${spf === 'not-checkable' ? 'nicht prüfbar' : spf} (${by})`,
  by: { hub: 'vom Hub geprüft', server: 'laut Ihrem Mailserver' },
  reasons: {
    '': 'Sie konnte nicht geprüft werden.',
    'no-answer': 'Die Server ihrer Domain haben einen Tag lang nicht geantwortet.',
    'too-large': 'Sie ist zu groß, um geprüft zu werden.',
    'not-readable': 'Sie ist so geschrieben, dass sie nicht geprüft werden kann.',
  },
};
