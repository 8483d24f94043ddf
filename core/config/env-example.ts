import type { z } from 'zod';
import { settings } from './settings.ts';

/** The text of `.env.example`: every setting, explained, as a comment with its default or an example. */
export function renderEnvExample(): string {
  const names = Object.keys(settings.shape) as (keyof typeof settings.shape)[];
  let group: unknown;
  const blocks = names.map((name) => {
    const schema: z.ZodType = settings.shape[name];
    const about = schema.meta() ?? {};
    const heading = about['group'] === group ? [] : [`# --- ${String(about['group'])} ${'-'.repeat(60)}`, ''];
    group = about['group'];
    const fallback = given(schema);
    const example = asText(about['example']) ?? fallback ?? '';
    const explanation =
      fallback === undefined || fallback === example ? about.description : `${about.description} Default: ${fallback}.`;
    return [...heading, ...wrap(String(explanation)), `#${name}=${example}`].join('\n');
  });
  return `${head}\n${blocks.join('\n\n')}\n`;
}

const head = `# The settings of Switchboard. All of them are optional for a first start. Copy this file to .env and remove the # before
# what you set; variables of the environment come first. Generated from core/config/settings.ts by "npm run generate".
`;

/** The default in the form in which it is written. */
function given(schema: z.ZodType): string | undefined {
  return 'defaultValue' in schema.def ? asText(schema.def.defaultValue) : undefined;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const width = 116;

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > width) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
