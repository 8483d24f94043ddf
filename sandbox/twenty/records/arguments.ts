import { type FieldNode, Kind, type ValueNode } from 'graphql';
import { GraphqlError } from '../errors.ts';

export type Arguments = Record<string, unknown>;

/** Reads the arguments of a root field without any types: a variable that was not sent is an absent argument. */
export function readArguments(field: FieldNode, variables: Readonly<Record<string, unknown>>): Arguments {
  const entries = (field.arguments ?? []).map((argument) => [
    argument.name.value,
    readValue(argument.value, variables),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function readValue(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((item) => readValue(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields
          .map((field) => [field.name.value, readValue(field.value, variables)])
          .filter(([, value]) => value !== undefined),
      );
    default:
      return node.value;
  }
}

/** Refuses arguments the operation does not know. */
export function checkAllowed(args: Arguments, allowed: readonly string[]): void {
  const unknown = Object.keys(args).find((name) => !allowed.includes(name));
  if (unknown !== undefined) throw invalidQueryInput(`Argument not allowed: ${unknown}`);
}

export function requireObject(args: Arguments, name: string): Record<string, unknown> {
  const value = args[name];
  if (!isObject(value)) throw invalidQueryInput(`Missing required argument: "${name}" (object)`);
  return value;
}

export function requireList(args: Arguments, name: string): unknown[] {
  const value = args[name];
  if (!Array.isArray(value)) throw invalidQueryInput(`Missing required argument: "${name}" (array)`);
  return value;
}

export function requireId(args: Arguments): string {
  const { id } = args;
  if (!isUuid(id)) throw invalidQueryInput('Missing required argument: "id" (UUID)');
  return id;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only versions 1 to 5 with the RFC variant pass Twenty's check (2.21, measured); 6, 7, 8 and nil do not. */
export function isUuid(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value)
  );
}

export function invalidQueryInput(message: string, userFriendlyMessage = 'An error occurred.'): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT', { subCode: 'INVALID_QUERY_INPUT', userFriendlyMessage });
}
