import { parseArgs } from 'node:util';

/** `npm run bench -- NAME`: measures, and prints figures; with `--json` the last line is one JSON object. */
interface Benchmark {
  /** Prints what it does as it goes, and returns its figures. */
  run(): Promise<Record<string, number | string>>;
}

const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  'crm-write': async () => await import('./crm-write.ts'),
  journal: async () => await import('./journal.ts'),
  lookup: async () => await import('./lookup.ts'),
  mail: async () => await import('./mail.ts'),
  pop: async () => await import('./pop.ts'),
  suggest: async () => await import('./suggest.ts'),
  pages: async () => await import('./pages.ts'),
  mirror: async () => await import('./mirror.ts'),
  search: async () => await import('./search.ts'),
  transcribe: async () => await import('./transcribe.ts'),
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const name = positionals[0] ?? '';
const load = benchmarks[name];
if (load === undefined) {
  console.error(`There is no benchmark "${name}". Use one of: ${Object.keys(benchmarks).join(', ')}.`);
  process.exitCode = 1;
} else {
  const figures = await (await load()).run();
  if (values.json) console.log(JSON.stringify(figures));
  else console.table(figures);
}
