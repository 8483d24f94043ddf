/** Who has sent a mail, as far as that can be proven. */
export const senders = {
  badges: {
    proven: 'Sender proven',
    unproven: 'Sender not proven',
    suspicious: 'Sender may be forged',
    'not-checked': 'Sender not checked',
  },
  suspicious: 'This mail may not come from whom it names',
  suspiciousHint: (domain: string) =>
    `${domain === '' ? 'The domain of the sender' : domain} asks to have mail refused that does not prove to be its own, and this mail does not. Open no files or links, and confirm by another way what it asks for.`,
  facts: ({ spf, dkim, dmarc }: { readonly spf: string; readonly dkim: string; readonly dmarc: string }, by: string) =>
    `DMARC ${dmarc}, DKIM ${dkim}, SPF ${spf === 'not-checkable' ? 'cannot be checked' : spf} (${by})`,
  by: { hub: 'checked by the hub', server: 'says your mail server' },
  reasons: {
    '': 'It could not be checked.',
    'no-answer': 'The servers of its domain did not answer for a day.',
    'too-large': 'It is too large to be checked.',
    'not-readable': 'It is written in a way that cannot be checked.',
  },
};
