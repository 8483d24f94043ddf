import { definePlugin, offer, transcription } from '@switchboard/core/contract';
import { createTranscription } from './capability.ts';
import { check } from './check.ts';
import { config } from './config.ts';
import { shareThreads } from './embedded/shared-threads.ts';
import { createThreads } from './embedded/threads.ts';
import { onRecording } from './events/recording-available.ts';
import { figures } from './figures.ts';
import { schedules } from './forget-work.ts';
import { jobs } from './jobs/index.ts';
import { memberRoutes } from './members/index.ts';
import { mirrors } from './mirrors.ts';
import { routes } from './routes/index.ts';
import { transcriptChanges } from './topic.ts';
import { createServices, type Services } from './services.ts';
import { texts } from './texts.ts';

const threads = shareThreads(createThreads);

export const plugin = definePlugin<typeof config, Services>({
  id: 'ai-transcribe',
  contract: 1,
  name: 'Transcription',
  summary: 'Writes down what is said in recorded calls: on this machine, at OpenAI, or on a server of your own.',
  config,
  texts,
  migrations: new URL('./migrations/', import.meta.url),
  mirrors,
  setup: (context) => createServices(context, threads),
  jobs,
  schedules,
  routes,
  memberRoutes,
  topics: [transcriptChanges],
  events: [onRecording],
  capabilities: (context) => [offer(transcription, createTranscription(context))],
  figures,
  check,
  stop: async () => await threads.release(),
});
