import { randomBytes } from 'node:crypto';
import { freshDatabase } from '@switchboard/testing';
import { startTwenty } from '../index.ts';
import type { Target } from './target.ts';

/** The stand-in with a fresh workspace on a database of its own; nothing of it is left after `close`. */
export async function startStandIn(): Promise<{ target: Target; close: () => Promise<void> }> {
  const database = await freshDatabase();
  const twenty = await startTwenty({ databaseUrl: database.url });
  const admin = { email: 'admin@contract.example.com', password: randomBytes(12).toString('hex') };
  const person = { ...admin, firstName: 'Ada', lastName: 'Admin' };
  const { apiKey } = await twenty.createWorkspace({ name: 'Contract', subdomain: 'contract', admin: person });
  return {
    target: { url: twenty.url, apiKey, admin, expendable: true },
    close: async () => {
      await twenty.close();
      await database.close();
    },
  };
}
