import pg from 'pg';

export type MirroredRow = {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly isDeleted: boolean;
};

export type Event = { readonly payload: Readonly<Record<string, unknown>>; readonly createdAt: Date };

/** Looks into the hub's tables, where no door shows what has to be proven. */
export interface HubDatabase {
  readonly mirrored: (object: string) => Promise<MirroredRow[]>;
  /** Jobs whose time has come and that are not done. */
  readonly dueJobs: () => Promise<number>;
  /** Events of one name, oldest first. */
  readonly events: (name: string) => Promise<Event[]>;
  /** What the live feed shows on a topic. */
  readonly shown: (topic: string) => Promise<unknown[]>;
  readonly close: () => Promise<void>;
}

export function openHubDatabase(connectionString: string): HubDatabase {
  const pool = new pg.Pool({ connectionString, max: 2 });
  return {
    mirrored: async (object) => {
      const { rows } = await pool.query<MirroredRow>(
        'select id, data, deleted_at is not null as "isDeleted" from crm_record where object = $1',
        [object],
      );
      return rows;
    },
    dueJobs: async () => {
      const { rows } = await pool.query(
        `select from job where state in ('blocked', 'queued', 'running') or (state = 'waiting' and run_at <= now())`,
      );
      return rows.length;
    },
    events: async (name) => {
      const { rows } = await pool.query<Event>(
        'select payload, created_at as "createdAt" from event where name = $1 order by created_at',
        [name],
      );
      return rows;
    },
    shown: async (topic) => {
      const { rows } = await pool.query<{ data: unknown }>(
        'select data from live_item where topic = $1 and removed_at is null',
        [topic],
      );
      return rows.map(({ data }) => data);
    },
    close: async () => await pool.end(),
  };
}
