/** One outbox row without its fields, which are loaded when its batch is sent. */
export type PendingRow = {
  readonly seq: number;
  readonly object: string;
  readonly recordId: string;
  readonly refs: readonly string[];
  readonly bytes: number;
  readonly state: 'pending' | 'parked';
};

/** Everything pending for one record, sent as one row. */
export type PlannedRecord = {
  readonly object: string;
  readonly recordId: string;
  readonly seqs: readonly number[];
  readonly bytes: number;
  /** Ids this record points at in a circle: its first patch goes without them, a second one brings them. */
  readonly withhold: readonly string[];
};

export type Batch = { readonly object: string; readonly records: readonly PlannedRecord[] };

export type Plan = {
  /** May be sent now, in any order, at the same time, and cannot become fuller. */
  readonly ready: readonly Batch[];
  /** May be sent as well, and might become fuller: at most one per object. */
  readonly partial: readonly Batch[];
  /** Point at a record that was refused and does not exist. */
  readonly blocked: readonly { readonly record: PlannedRecord; readonly waitsFor: string }[];
};

export type PlanOptions = {
  /** Records on their way to Twenty: neither they nor what points at them is ready. */
  readonly busy: ReadonlySet<string>;
  /** Records that Twenty has already: pointing at them needs no waiting. */
  readonly existing: ReadonlySet<string>;
  readonly maxRecords: number;
  readonly maxBytes: number;
};

/**
 * Decides what may go to Twenty now. Patches of one record become one row, whatever lane they came by; what points at
 * another pending record stays for a later plan, because the root fields of a request run in parallel and a request may fail.
 *
 * @param rows per record a prefix of its rows, in any order
 */
export function planBatches(rows: readonly PendingRow[], options: PlanOptions): Plan {
  const records = groupByRecord(rows);
  const pending = new Set([...records.values()].filter((record) => record.pending).map(({ recordId }) => recordId));
  const parked = new Set([...records.values()].filter((record) => !record.pending).map(({ recordId }) => recordId));
  const waits = (record: Candidate) =>
    record.refs.filter((ref) => ref !== record.recordId && pending.has(ref) && !options.existing.has(ref));
  const refused = (record: Candidate) => record.refs.find((ref) => parked.has(ref) && !options.existing.has(ref));

  const free: Candidate[] = [];
  const waiting: Candidate[] = [];
  const blocked: { record: PlannedRecord; waitsFor: string }[] = [];
  for (const record of records.values()) {
    if (!record.pending || options.busy.has(record.recordId)) continue;
    const waitsFor = refused(record);
    if (waitsFor !== undefined) blocked.push({ record: toPlanned(record), waitsFor });
    else if (waits(record).length === 0) free.push(record);
    else waiting.push(record);
  }
  if (free.length > 0 || blocked.length > 0 || options.busy.size > 0 || waiting.length === 0) {
    return { ...cut(free, options), blocked };
  }
  const opener = findInCircle(waiting, waits);
  const batch = { object: opener.object, records: [toPlanned(opener, waits(opener))] };
  return { ready: [batch], partial: [], blocked };
}

type Candidate = {
  readonly object: string;
  readonly recordId: string;
  readonly seqs: number[];
  refs: string[];
  bytes: number;
  pending: boolean;
  /** Was refused before: it travels alone until it gets through. */
  suspect: boolean;
};

function groupByRecord(rows: readonly PendingRow[]): Map<string, Candidate> {
  const records = new Map<string, Candidate>();
  for (const row of rows.toSorted((one, other) => one.seq - other.seq)) {
    const key = `${row.object}/${row.recordId}`;
    const record = records.get(key) ?? newCandidate(row);
    records.set(key, record);
    record.seqs.push(row.seq);
    record.refs.push(...row.refs);
    record.bytes += row.bytes;
    record.pending ||= row.state === 'pending';
    record.suspect ||= row.state === 'parked';
  }
  return records;
}

function newCandidate({ object, recordId }: PendingRow): Candidate {
  return { object, recordId, seqs: [], refs: [], bytes: 0, pending: false, suspect: false };
}

function toPlanned(record: Candidate, withhold: readonly string[] = []): PlannedRecord {
  const { object, recordId, seqs, bytes } = record;
  return { object, recordId, seqs, bytes, withhold };
}

function cut(records: readonly Candidate[], options: PlanOptions): Pick<Plan, 'ready' | 'partial'> {
  const open = new Map<string, PlannedRecord[]>();
  const sizes = new Map<string, number>();
  const full: Batch[] = [];
  const close = (object: string): void => {
    full.push({ object, records: open.get(object) ?? [] });
    open.delete(object);
    sizes.delete(object);
  };
  for (const record of records) {
    const { object } = record;
    if (record.suspect) {
      full.push({ object, records: [toPlanned(record)] });
      continue;
    }
    if (open.has(object) && (sizes.get(object) ?? 0) + record.bytes > options.maxBytes) close(object);
    const batch = open.get(object) ?? [];
    batch.push(toPlanned(record));
    open.set(object, batch);
    sizes.set(object, (sizes.get(object) ?? 0) + record.bytes);
    if (batch.length === options.maxRecords) close(object);
  }
  return { ready: full, partial: [...open].map(([object, batch]) => ({ object, records: batch })) };
}

/** Everybody waits for somebody here, so following the waits from anyone ends in a circle. */
function findInCircle(waiting: readonly Candidate[], waits: (record: Candidate) => string[]): Candidate {
  const byId = new Map(waiting.map((record) => [record.recordId, record]));
  const seen = new Set<Candidate>();
  let record = waiting[0] as Candidate;
  while (!seen.has(record)) {
    seen.add(record);
    record =
      waits(record)
        .map((id) => byId.get(id))
        .find((next) => next !== undefined) ?? record;
  }
  return record;
}
