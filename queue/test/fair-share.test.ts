import { describe, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';

import { chooseFairly } from '../fair-share.ts';

const jobs = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `${name}${n}`, dueAt: new Date(n) }));

const line = (tenant: string, owner: string, count: number) => ({
  lane: 'normal' as const,
  tenant,
  owner,
  candidates: jobs(`${tenant}/${owner}/`, count),
});

const room = (free: number, active: Record<string, number> = {}, perTenant = 1000) => ({
  free,
  perTenant,
  active: new Map(Object.entries(active)),
});

const ids = (chosen: readonly { readonly id: string }[]) => chosen.map(({ id }) => id);

describe('chooseFairly', () => {
  test('gives tenants equal turns, each in its own order', () => {
    const chosen = chooseFairly([line('a', 'x', 100), line('b', 'x', 2)], room(6));
    expect(ids(chosen)).toEqual(['a/x/0', 'b/x/0', 'a/x/1', 'b/x/1', 'a/x/2', 'a/x/3']);
  });

  test('lets whoever has little in flight go first', () => {
    const chosen = chooseFairly([line('a', 'x', 9), line('b', 'x', 9)], room(4, { a: 3 }));
    expect(ids(chosen)).toEqual(['b/x/0', 'b/x/1', 'b/x/2', 'a/x/0']);
  });

  test('gives the plugins of one tenant turns', () => {
    const chosen = chooseFairly([line('a', 'mail', 100), line('a', 'slack', 1)], room(3));
    expect(ids(chosen)).toEqual(['a/mail/0', 'a/slack/0', 'a/mail/1']);
  });

  test('never gives a tenant more than its cap, never more than there is room, and starves nobody', () => {
    const counts = fc.array(fc.nat(30), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(counts, fc.nat(40), fc.integer({ min: 1, max: 20 }), (waiting, free, perTenant) => {
        const lines = waiting.map((count, n) => line(`t${n}`, 'x', count));
        const chosen = ids(chooseFairly(lines, room(free, {}, perTenant)));
        const given = waiting.map((_, n) => chosen.filter((id) => id.startsWith(`t${n}/`)).length);
        const possible = waiting.map((count) => Math.min(count, perTenant));
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.length).toBe(
          Math.min(
            free,
            possible.reduce((sum, count) => sum + count, 0),
          ),
        );
        // Whoever could have had more has at most one less than anybody else.
        const most = Math.max(...given);
        given.forEach((count, n) => expect(count).toBeGreaterThanOrEqual(Math.min(possible[n]!, most - 1)));
      }),
    );
  });
});
