import type { AuthenticationResult } from '../understood.ts';

export interface MethodResult {
  readonly result: AuthenticationResult;
  /** `header.d`, `smtp.mailfrom` and so on, names in lower case. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface AuthenticationResults {
  readonly authservId: string;
  readonly methods: ReadonlyMap<string, readonly MethodResult[]>;
}

const results: ReadonlySet<string> = new Set<AuthenticationResult>([
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'policy',
  'temperror',
  'permerror',
]);
const spellings: Readonly<Record<string, AuthenticationResult>> = {
  hardfail: 'fail',
  bestguesspass: 'none',
  unknown: 'permerror',
  error: 'temperror',
  invalid: 'permerror',
  nxdomain: 'none',
  discard: 'fail',
  skipped: 'none',
};

/** One Authentication-Results field (RFC 8601). Comments are left out, so that nothing can hide in them. */
export function readAuthenticationResults(value: string): AuthenticationResults {
  const [head = '', ...rest] = splitOutside(withoutComments(value.slice(0, 20_000)));
  const methods = new Map<string, MethodResult[]>();
  // Exchange Online begins without an id: "spf=pass (...) smtp.mailfrom=...".
  const hasId = !/^\s*[a-z-]+\s*=/i.test(head);
  for (const statement of hasId ? rest : [head, ...rest]) {
    const [first, ...properties] = [...statement.matchAll(/([\w.-]{1,60})(?:\/\d+)?\s*=\s*("[^"]*"|[^\s"]+)/g)];
    const method = first?.[1]?.toLowerCase();
    if (!first || method === undefined) continue;
    const list = methods.get(method) ?? [];
    list.push({
      result: resultOf(first[2] ?? ''),
      properties: new Map(
        properties.map((match) => [(match[1] ?? '').toLowerCase(), (match[2] ?? '').replaceAll('"', '')]),
      ),
    });
    methods.set(method, list);
  }
  return { authservId: hasId ? (head.trim().split(/\s+/)[0] ?? '').replaceAll('"', '').toLowerCase() : '', methods };
}

export function resultOf(word: string): AuthenticationResult {
  const lower = word.trim().toLowerCase();
  return results.has(lower) ? (lower as AuthenticationResult) : (spellings[lower] ?? 'none');
}

/** The best of several signatures counts: a broken one beside a good one says nothing. */
export function bestOf(found: readonly MethodResult[] | undefined): AuthenticationResult {
  return found?.find(({ result }) => result === 'pass')?.result ?? found?.[0]?.result ?? 'none';
}

function withoutComments(value: string): string {
  let kept = '';
  let depth = 0;
  for (const char of value) {
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += char;
  }
  return kept;
}

function splitOutside(value: string): string[] {
  return (value.match(/(?:"[^"]*"|[^;"]|")+/g) ?? []).map((part) => part.trim());
}
