import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';

import { buildArtifact } from '../deploy/artifact.ts';
import { readManifest } from '../deploy/build-manifest.ts';
import { needsSystemLinks, withSystemLinks } from '../deploy/system-links.ts';
import { buildAnew } from './built.ts';

let built: Awaited<ReturnType<typeof buildAnew>>;
beforeAll(async () => {
  built = await buildAnew('https://hub.example.com/ignored/path');
}, 120_000);
afterAll(() => built.close());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('every panel is built for the hub that was named, and for no other', () => {
  const panels = built.artifact.files.filter(({ folder }) => folder === 'BuiltFrontComponent');
  expect(panels).not.toEqual([]);
  expect(panels).toHaveLength(built.artifact.manifest.frontComponents.length);
  for (const { text } of panels) {
    expect(text).toContain('https://hub.example.com');
    expect(text).not.toContain('ignored');
    expect(text).not.toContain('localhost:4400');
  }
});

test('the manifest tells the browsers which panel they have to load', () => {
  const texts = new Map(built.artifact.files.map(({ path, text }) => [path, text]));
  for (const { builtComponentPath, builtComponentChecksum } of built.artifact.manifest.frontComponents) {
    expect(sha256(texts.get(builtComponentPath) ?? '')).toBe(builtComponentChecksum);
  }
});

test('only the panels differ from what is built for a hub on the same machine', async () => {
  const { manifest, systemLinks } = built.artifact;
  const { frontComponents: ours, ...rest } = withSystemLinks(manifest, systemLinks);
  const { frontComponents: standard, ...others } = await readManifest();
  expect(rest).toEqual(others);
  const nameless = ({ builtComponentChecksum: _sum, ...component }: (typeof ours)[number]) => component;
  expect(ours.map(nameless)).toEqual(standard.map(nameless));
});

test('what was built is kept for the same sources and hub, and made anew when it cannot be read', async () => {
  const { cacheFile } = built.options;
  const { mtimeMs } = await stat(cacheFile);
  expect(await buildArtifact(built.options)).toEqual(built.artifact);
  expect((await stat(cacheFile)).mtimeMs).toBe(mtimeMs);

  await writeFile(cacheFile, '{"key":');
  expect(await buildArtifact(built.options)).toEqual(built.artifact);
  expect(JSON.parse(await readFile(cacheFile, 'utf8'))).toMatchObject({
    artifact: { version: built.artifact.version },
  });
}, 120_000);

test.each([
  ['2.21.0', true],
  ['2.37.9', true],
  ['2.38.0', false],
  ['3.0.0', false],
  [undefined, true],
])('a server of version %s needs the links to timeline, files, notes and tasks: %s', (version, isNeeded) => {
  expect(needsSystemLinks(version)).toBe(isNeeded);
});
