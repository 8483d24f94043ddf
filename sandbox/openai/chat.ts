import { ApiError, invalid } from './errors.ts';

/** A request for a chat completion that the API would accept. */
export interface AskedChat {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  /** Of the structured output. */
  readonly schema: JsonSchema;
}

type JsonSchema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: JsonSchema;
  readonly [keyword: string]: unknown;
};

const KNOWN = new Set([
  'model',
  'messages',
  'response_format',
  'max_completion_tokens',
  'temperature',
  'store',
  'user',
]);
const ROLES = new Set(['developer', 'system', 'user', 'assistant']);
/** Of what a schema may say, strict structured output takes these. */
const KEYWORDS = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'description', 'enum']);

/** @throws ApiError naming the parameter that the API refuses */
export function checkChat(body: unknown): AskedChat {
  if (typeof body !== 'object' || body === null)
    throw new ApiError(400, { message: 'We could not parse the JSON body of your request.' });
  const { model, messages, response_format: format } = body as Record<string, unknown>;
  const unknown = Object.keys(body).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw invalid(unknown, `Unknown parameter: '${unknown}'.`, 'unknown_parameter');
  if (typeof model !== 'string') throw invalid('model', 'you must provide a model parameter');
  if (!model.startsWith('gpt-'))
    throw new ApiError(404, {
      message: `The model '${model}' does not exist or you do not have access to it.`,
      param: 'model',
      code: 'model_not_found',
    });
  if (!Array.isArray(messages) || messages.length === 0)
    throw invalid('messages', "Missing required parameter: 'messages'.", 'missing_required_parameter');
  for (const [index, { role, content }] of (messages as AskedChat['messages']).entries())
    if (!ROLES.has(role) || typeof content !== 'string')
      throw invalid(`messages[${index}]`, `Invalid value for 'messages[${index}]'.`, 'invalid_value');
  return { model, messages: messages as AskedChat['messages'], schema: schemaOf(format) };
}

function schemaOf(format: unknown): JsonSchema {
  const { type, json_schema: named } = (format ?? {}) as {
    type?: unknown;
    json_schema?: { name?: unknown; strict?: unknown; schema?: JsonSchema };
  };
  if (type !== 'json_schema' || named === undefined)
    throw invalid('response_format', 'The stand-in answers with structured output alone.', 'unsupported_value');
  if (typeof named.name !== 'string' || !/^[\w-]{1,64}$/.test(named.name))
    throw invalid(
      'response_format.json_schema.name',
      "Missing required parameter: 'response_format.json_schema.name'.",
      'missing_required_parameter',
    );
  if (named.strict !== true || named.schema === undefined)
    throw invalid(
      'response_format.json_schema.schema',
      'The stand-in knows strict schemas alone.',
      'invalid_json_schema',
    );
  checkSchema(named.schema);
  return named.schema;
}

/** What strict mode asks of every object: all properties required, and nothing beside them. */
function checkSchema(schema: JsonSchema): void {
  const refuse = (why: string) =>
    invalid('response_format', `Invalid schema for response_format: ${why}`, 'invalid_json_schema');
  const keyword = Object.keys(schema).find((name) => !KEYWORDS.has(name));
  if (keyword !== undefined) throw refuse(`'${keyword}' is not permitted.`);
  if (schema.items !== undefined) checkSchema(schema.items);
  if (schema.type !== 'object') return;
  if (schema.additionalProperties !== false)
    throw refuse("'additionalProperties' is required to be supplied and to be false.");
  const names = Object.keys(schema.properties ?? {});
  if (names.some((name) => schema.required?.includes(name) !== true))
    throw refuse("'required' is required to be supplied and to be an array including every key in properties.");
  for (const inner of Object.values(schema.properties ?? {})) checkSchema(inner);
}

/** The answer of a model. @param content what it says */
export function completionOf({ model, messages }: AskedChat, content: string): object {
  const tokensOf = (text: string) => Math.ceil(text.length / 4);
  const read = messages.reduce((sum, message) => sum + tokensOf(message.content), 0);
  return {
    id: 'chatcmpl-stand-in',
    object: 'chat.completion',
    created: 1_790_000_000,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: read, completion_tokens: tokensOf(content), total_tokens: read + tokensOf(content) },
  };
}
