import type { Stage } from '../../e2e/stage.ts';
import { duplicated, type Finding, lost, wrong } from './finding.ts';
import type { HubDatabase } from './hub-database.ts';

/** The hub itself: nothing is set aside that nobody refused, one event per call, and its own writes came back as nothing. */
export async function verifyHub(stage: Stage, database: HubDatabase, calls: number): Promise<Finding[]> {
  const findings = await Promise.all([
    setAside(stage, '/crm/parked?limit=500', 'parked', 'a write is parked'),
    setAside(stage, '/dead-letters', 'deadLetters', 'a job gave up'),
    setAside(stage, '/deliveries?result=failed&limit=500', 'deliveries', 'a delivery failed'),
    setAside(stage, '/deliveries?result=rejected&limit=500', 'deliveries', 'a delivery was rejected'),
    setAside(stage, '/deliveries?result=waiting&limit=500', 'deliveries', 'a delivery still waits'),
    oneEventPerCall(database, calls),
    noEcho(database),
  ]);
  return findings.flat();
}

async function setAside(stage: Stage, path: string, list: string, text: string): Promise<Finding[]> {
  const { body } = await stage.api('GET', `/tenants/acme${path}`);
  const items = (body as Record<string, unknown[]>)[list] ?? [];
  return items.map((item) => wrong(`${text}: ${JSON.stringify(item)}`));
}

async function oneEventPerCall(database: HubDatabase, calls: number): Promise<Finding[]> {
  const events = await database.events('call.ended');
  const different = new Set(events.map(({ payload }) => payload['callId']));
  const doubled = events.length - different.size;
  return [
    ...Array.from({ length: doubled }, () => duplicated('a call was announced twice')),
    ...Array.from({ length: Math.max(0, calls - different.size) }, () => lost('a call was not announced')),
  ];
}

/** Only the hub creates calls, and the member changes nothing of them that anybody mirrors. */
async function noEcho(database: HubDatabase): Promise<Finding[]> {
  const names = ['record.created', 'record.updated', 'record.deleted'];
  const echoes = await Promise.all(
    names.map(async (name) => {
      const events = await database.events(name);
      return events
        .filter(({ payload }) => payload['object'] === 'phoneCall')
        .map(({ payload, createdAt }) =>
          wrong(`a write of the hub came back as ${name} ${JSON.stringify(payload)} at ${createdAt.toISOString()}`),
        );
    }),
  );
  return echoes.flat();
}
