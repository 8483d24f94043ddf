import { secret } from '@switchboard/core/contract';
import { z } from 'zod';

/** The settings of one tenant. */
export const config = z.object({
  url: z.url().describe('Address of Acme, like https://tickets.example.com.'),
  apiKey: secret('Key from Acme, Settings, API.'),
  webhookSecret: secret(
    'The text that Acme sends as x-acme-secret with every webhook. Make one with `openssl rand -base64 32`.',
  ),
});

export type Config = z.output<typeof config>;
