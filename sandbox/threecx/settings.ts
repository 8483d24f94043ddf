import { z } from 'zod';

/** Builds of 3CX V20 that differ on the wire; the number is the third part of the version. */
const versions = ['20.0.5', '20.0.6', '20.0.7', '20.0.8', '20.0.9', '20.0.10'] as const;

const seconds = z.number().min(0).max(86_400);

/** What an administrator, a licence or an update would change. All of it can be changed while the PBX runs. */
export const settingsSchema = z.strictObject({
  version: z.enum(versions).default('20.0.10'),
  /** Without Enterprise both APIs answer 403; only the system and licence status still answer. */
  licence: z.enum(['Enterprise', 'Professional']).default('Enterprise'),
  /** How much faster than told a call goes. The times recorded are those that really passed. */
  speed: z.number().min(0.1).max(10_000).default(1),
  /** How long a token lives. */
  tokenSeconds: z.number().int().min(1).max(86_400).default(3600),
  /** The vendor documents only the body of a refused token request. */
  badCredentialsStatus: z.union([z.literal(400), z.literal(401)]).default(400),
  /** When the file of a call is there, after the hang-up. */
  recordingAfter: seconds.default(2),
  /** When its text is there, after the file; null: only when asked for. */
  transcriptAfter: seconds.nullable().default(null),
  /** `VoicemailSettings.CallRecordingStereo`: caller left, agent right. */
  stereo: z.boolean().default(false),
  encoding: z.enum(['pcm', 'ulaw']).default('pcm'),
  /** Whether downloads answer to `Range`; the documentation is silent. */
  ranges: z.boolean().default(false),
  /** What `hidePcalls=true` hides; undocumented. */
  hidePcallsHides: z.enum(['polling', 'nothing']).default('polling'),
  /** Whether the call log takes a voicemail box for somebody who answered; undocumented. */
  voicemailAnswers: z.boolean().default(true),
  /** Which field of a live participant names the queue; undocumented. */
  queueNamedIn: z.enum(['on_behalf_of', 'originated_by', 'neither']).default('on_behalf_of'),
  /** `finalstatus` is a string in the documentation and a number in the vendor's types. */
  finalStatusAs: z.enum(['string', 'number']).default('string'),
  /** How people behave in calls that a client of the API starts. */
  agentPicksUpAfter: seconds.default(1),
  /** Null: the called party never answers. */
  farEndPicksUpAfter: seconds.nullable().default(3),
  /** How long such a call rings and talks at most. */
  ringsFor: seconds.default(30),
  talksFor: seconds.default(60),
});

export type SettingsData = z.output<typeof settingsSchema>;
export type SettingsPatch = z.input<typeof settingsSchema>;

export type Settings = {
  readonly current: () => SettingsData;
  /** @throws ZodError telling what is wrong with it; then nothing is changed */
  readonly change: (patch: SettingsPatch) => SettingsData;
  /** Whether the build is that one or newer: `since(8)` is true from 20.0.8 on. */
  readonly since: (build: number) => boolean;
};

export function createSettings(initial: SettingsPatch = {}): Settings {
  let data = settingsSchema.parse(initial);
  return {
    current: () => data,
    change: (patch) => (data = settingsSchema.parse({ ...data, ...patch })),
    since: (build) => Number(data.version.split('.')[2]) >= build,
  };
}
