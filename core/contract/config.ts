import { z } from 'zod';

/**
 * Marks a text field of a plugin's configuration as a secret: stored encrypted, write-only in the API and the
 * console, redacted in logs.
 *
 * @example config: z.object({ apiKey: secret('The key from the vendor\'s admin page.') })
 */
export function secret(description: string) {
  return z.string().min(1, 'must not be empty').meta({ description, secret: true });
}

/** The names of the secret fields of a configuration schema. Secrets live at the top level only. */
export function secretFields(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape)
    .filter(([, field]) => isSecret(field as z.ZodType))
    .map(([name]) => name);
}

function isSecret(field: z.ZodType): boolean {
  if (field.meta()?.['secret'] === true) return true;
  const inner = (field as z.ZodType & { def: { innerType?: z.ZodType } }).def.innerType;
  return inner !== undefined && isSecret(inner);
}
