import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AnyPlugin, type CheckLine, languages, secretFields } from '@switchboard/core/contract';
import type { z } from 'zod';
import { findTableProblems } from './plugin-tables.ts';
import { startTestHub, TEST_TENANT, type TestHub } from './test-hub.ts';
import { waitFor } from './wait-for.ts';

/** A request that the plugin's webhook accepts as genuine. */
export interface SampleDelivery {
  readonly path: `/${string}`;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ConformanceOptions {
  readonly plugin: AnyPlugin;
  /** Settings with which the plugin works. */
  readonly config: Readonly<Record<string, unknown>>;
  /** One genuine delivery per webhook of the plugin. */
  readonly deliveries: readonly SampleDelivery[];
}

/** What every plugin promises, tried out in the real hub. */
export function describePlugin({ plugin, config, deliveries }: ConformanceOptions): void {
  describe(`${plugin.id} keeps the plugin contract`, () => {
    let hub: TestHub;
    beforeAll(async () => {
      hub = await startTestHub({ plugins: [plugin] });
      await hub.hub.admin.plugins.enable(TEST_TENANT, plugin.id, config, 'test');
    });
    afterAll(async () => await hub.close());

    const post = (tenant: string, delivery: SampleDelivery, headers = delivery.headers) =>
      fetch(`${hub.url}/hooks/${tenant}/${plugin.id}${delivery.path}`, {
        method: 'POST',
        headers,
        body: delivery.body,
      });
    const inbox = async () =>
      await hub.hub.database.db
        .selectFrom('inbox')
        .select(['id', 'repeats'])
        .where('plugin_id', '=', plugin.id)
        .execute();

    test('every setting says what it is for', () => {
      const undocumented = Object.entries(plugin.config.shape).filter(
        ([, field]) => !(field as z.ZodType).meta()?.description,
      );
      expect(undocumented.map(([name]) => name)).toEqual([]);
    });

    test('its summary and every setting are there in all languages', () => {
      const { texts } = plugin;
      const missing = languages.flatMap((language) =>
        language !== 'en' && !texts?.summary[language] ? [`summary ${language}`] : [],
      );
      for (const name of Object.keys(plugin.config.shape)) {
        const said = texts?.settings[name];
        for (const language of languages) {
          if (!said?.name[language]) missing.push(`${name} name ${language}`);
          if (language !== 'en' && !said?.description[language]) missing.push(`${name} description ${language}`);
        }
      }
      expect(missing).toEqual([]);
    });

    test('its card is in the language that is asked for', async () => {
      const { body } = await hub.api('GET', `/tenants/${TEST_TENANT}/plugins?language=nl`);
      const { plugins } = body as { plugins: { id: string; summary: string }[] };
      expect(plugins.find(({ id }) => id === plugin.id)?.summary).toBe(plugin.texts?.summary.nl);
    });

    test('a blank secret is refused, naming the setting', async () => {
      for (const name of secretFields(plugin.config)) {
        await expect(
          hub.hub.admin.plugins.configure(TEST_TENANT, plugin.id, { [name]: '' }, 'test'),
        ).rejects.toMatchObject({ field: `config.${name}` });
      }
    });

    test('secrets are never shown', async () => {
      const { body } = await hub.api('GET', `/tenants/${TEST_TENANT}/plugins`);
      for (const name of secretFields(plugin.config)) expect(JSON.stringify(body)).not.toContain(String(config[name]));
    });

    test('the check-up answers, and every line that is not well says what to do', async () => {
      const { status, body } = await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/${plugin.id}/check`);
      const { lines } = body as { lines: CheckLine[] };
      expect(status).toBe(200);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => line.state !== 'ok' && !line.remedy)).toEqual([]);
    });

    test('tables of its own carry its name and belong to a tenant, with whom they go', async () => {
      expect(await findTableProblems(hub.hub.database.pool, plugin.id)).toEqual([]);
    });

    test('a sample is there for every webhook', () => {
      expect(deliveries.map(({ path }) => path).sort()).toEqual((plugin.webhooks ?? []).map(({ path }) => path).sort());
    });

    for (const delivery of deliveries) {
      test(`POST ${delivery.path} refuses strangers and stores nothing of theirs`, async () => {
        const before = await inbox();
        expect((await post(TEST_TENANT, delivery, {})).status).toBe(401);
        expect((await post(TEST_TENANT, delivery, { authorization: 'Bearer wrong' })).status).toBe(401);
        expect((await post('nobody', delivery)).status).toBe(401);
        expect(await inbox()).toEqual(before);
      });

      test(`POST ${delivery.path} takes the same delivery once`, async () => {
        const before = (await inbox()).length;
        for (const response of [await post(TEST_TENANT, delivery), await post(TEST_TENANT, delivery)])
          expect(response.status).toBeLessThan(300);
        expect((await inbox()).length).toBe(before + 1);
        await waitFor('the delivery to be worked on', async () => {
          const { body } = await hub.api('GET', `/tenants/${TEST_TENANT}/deliveries?plugin=${plugin.id}`);
          return (body as { deliveries: { result: string }[] }).deliveries.every(({ result }) => result !== 'waiting');
        });
      });
    }

    test('once disabled, its doors are closed', async () => {
      await hub.hub.admin.plugins.disable(TEST_TENANT, plugin.id, 'test');
      await waitFor('the doors to close', async () => {
        const answers = await Promise.all(
          deliveries.map(async (delivery) => (await post(TEST_TENANT, delivery)).status),
        );
        return answers.every((status) => status === 401);
      });
    });
  });
}
