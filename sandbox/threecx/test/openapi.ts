import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { parse } from 'yaml';

/** The vendor's own description of XAPI, made strict: what it does not name must not be there. */

const FILE = join(import.meta.dirname, '../../../../shared/reference/threecx-xapi-openapi.yaml');

export const noDescription = existsSync(FILE) ? undefined : `there is no ${FILE}`;

type Schema = { readonly [key: string]: unknown } & {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly nullable?: boolean;
};
type Operation = { readonly responses: Readonly<Record<string, Content & { readonly $ref?: string }>> };
type Content = { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> };
type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Record<string, Schema>; readonly responses: Record<string, Content> };
};

/** @returns what is wrong with an answer: nothing when it is as described */
export function createValidator(): (method: string, path: string, status: number, body: unknown) => readonly string[] {
  // Version 1.2 leaves the word `No` a word.
  const { paths, components } = parse(readFileSync(FILE, 'utf8'), { version: '1.2' }) as Description;
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  ajvFormats.default(ajv);
  ajv.addFormat('decimal', true);
  // The library's own knows no fractions of a second; the description brings a pattern.
  ajv.addFormat('duration', true);

  function named(reference: string): Schema {
    return components.schemas[reference.replace('#/components/schemas/', '')] ?? {};
  }

  /** OpenAPI 3.0 to JSON schema: types with ancestors become one closed object. */
  function strict(schema: Schema): object {
    const { nullable, ...rest } = schema;
    if (nullable === true) return { anyOf: [strict(rest), { type: 'null' }] };
    if (schema.$ref !== undefined) return { $ref: schema.$ref.replace('#/components/schemas/', 'xapi#/$defs/') };
    if (schema.anyOf !== undefined) return { anyOf: schema.anyOf.map(strict) };
    if (schema.allOf?.length === 1 && schema.allOf[0] !== undefined && !schema.properties)
      return strict(schema.allOf[0]);
    if (schema.items !== undefined) return { type: 'array', items: strict(schema.items) };
    if (schema.allOf === undefined && schema.properties === undefined) return rest;
    const properties = Object.entries(propertiesOf(schema)).map(([name, one]) => [name, strict(one)]);
    return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
  }

  function propertiesOf(schema: Schema): Record<string, Schema> {
    if (schema.$ref !== undefined) return propertiesOf(named(schema.$ref));
    return Object.assign({}, ...(schema.allOf ?? []).map(propertiesOf), schema.properties);
  }

  const $defs = Object.fromEntries(Object.entries(components.schemas).map(([name, schema]) => [name, strict(schema)]));
  ajv.addSchema({ $id: 'xapi', $defs });
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

  function schemaOf(method: string, path: string, status: number): object | undefined {
    const responses = paths[path]?.[method.toLowerCase()]?.responses;
    const response = responses?.[String(status)] ?? responses?.['default'];
    if (response === undefined) throw new Error(`${method} ${path} is not described`);
    const { content } =
      response.$ref === undefined ? response : (components.responses[response.$ref.split('/').at(-1) ?? ''] ?? {});
    const schema = Object.values(content ?? {})[0]?.schema;
    return schema && strict(schema.$ref === undefined ? schema : { allOf: [schema], properties: {} });
  }

  return (method, path, status, body) => {
    const key = `${method} ${path} ${status}`;
    const schema = schemaOf(method, path, status);
    if (schema === undefined) return Buffer.isBuffer(body) && body.length === 0 ? [] : ['no body is described'];
    const check = compiled.get(key) ?? ajv.compile(schema);
    compiled.set(key, check);
    // Paging is described as an extension of all collections, not in their schemas.
    const { '@odata.nextLink': _next, ...plain } = body as Record<string, unknown>;
    return check(plain)
      ? []
      : (check.errors ?? []).map(
          ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
        );
  };
}
