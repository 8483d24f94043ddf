import { z } from 'zod';

/** Encrypted from the first byte, or after STARTTLS; never without. */
const security = z.enum(['tls', 'starttls']);

const server = z.object({
  host: z
    .string()
    .trim()
    .toLowerCase()
    .min(1)
    .max(253)
    .regex(/^[a-z0-9._:[\]-]+$/, 'must be a host name such as imap.example.com'),
  port: z.number().int().min(1).max(65_535),
  security,
  /** What to sign in with; the address when empty. */
  user: z.string().max(320).default(''),
});

/** Where a mailbox is, and what is read of it. */
export const mailboxSettings = z.object({
  imap: server,
  smtp: server,
  /** Days of mail from before that are read when the mailbox is added; 0 reads none, null all. */
  horizonDays: z.number().int().min(0).max(36_500).nullable().default(30),
  /** Folders to read beside the inbox and Sent, by their path. */
  folders: z.array(z.string().min(1).max(500)).max(50).default([]),
  /** A certificate authority to trust for this mailbox beside the public ones, PEM. */
  ca: z.string().max(20_000).optional(),
});

export type MailboxSettings = z.output<typeof mailboxSettings>;
export type Server = z.output<typeof server>;
