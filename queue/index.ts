export { createBatcher } from './batcher.ts';
export type { BackendConfig } from './bullmq/backend.ts';
export { createQueue, queueMigrations, type QueueOptions } from './create-queue.ts';
export type { QueueDatabase } from './database.ts';
export type { DeadLetter, DeadLetterFilter, DeadLetterPage, DeadLetters } from './dead-letter.ts';
export {
  InvalidJobError,
  InvalidPayloadError,
  JobTimeoutError,
  QueueError,
  UnknownJobTypeError,
  WorkerLostError,
} from './errors.ts';
export type { Job, JobOutcome, JobState, OutcomeKind } from './job.ts';
export { defineJob, lanes, type JobType, type Lane } from './job-type.ts';
export {
  type LaneCounts,
  type OpenJob,
  type OpenJobFilter,
  type OpenJobPage,
  type OpenJobs,
  type OpenJobState,
  openJobStates,
} from './open-job.ts';
export type {
  Enqueued,
  EnqueueInput,
  EnqueueOptions,
  Executor,
  Handler,
  JobContext,
  Log,
  Queue,
  QueueWorker,
  WorkOptions,
} from './queue.ts';
export type { ScheduleInfo, ScheduleInput } from './schedule.ts';
export type { BackendHealth, Backlog, JobCount, Pause, QueueStats } from './stats.ts';
