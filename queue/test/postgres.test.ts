import { describeQueue } from './conformance/index.ts';

describeQueue('PostgreSQL', (connectionString) => ({ kind: 'postgres', connectionString }));
