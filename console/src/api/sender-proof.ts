/** What the hub, or the mail server that the administrator named, found out about who has sent a mail. */
export interface SenderProof {
  readonly verdict: 'proven' | 'unproven' | 'suspicious' | 'not-checked';
  readonly by: 'hub' | 'server';
  readonly reason: '' | 'no-answer' | 'too-large' | 'not-readable';
  /** Of the author; empty where it is not known. */
  readonly domain: string;
  readonly policy: '' | 'none' | 'quarantine' | 'reject';
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
}
