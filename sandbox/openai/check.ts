import { ApiError, invalid } from './errors.ts';
import type { Form } from './form.ts';
import { type Model, models } from './models.ts';

/** A request that the API would accept. */
export interface Asked {
  readonly model: string;
  readonly format: string;
  readonly language: string | undefined;
  readonly wantsLogprobs: boolean;
  readonly file: { readonly name: string; readonly content: Buffer };
}

const KNOWN = new Set(
  'model language prompt response_format temperature stream chunking_strategy include[] keywords[] languages[] timestamp_granularities[] known_speaker_names[] known_speaker_references[]'.split(
    ' ',
  ),
);
const EXTENSIONS = /\.(?:flac|mp3|mp4|mpeg|mpga|m4a|ogg|wav|webm)$/i;
/** Longer files need to be cut by the server, for the model that tells speakers apart. */
const UNCUT_SECONDS = 30;

/** @throws ApiError naming the parameter that the API refuses */
export function check({ fields, file }: Form): Asked {
  const unknown = [...fields.keys()].find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw invalid(unknown, `Unknown parameter: '${unknown}'.`, 'unknown_parameter');
  const name = fields.get('model')?.[0];
  if (name === undefined) throw invalid('model', 'you must provide a model parameter');
  const model = models[name];
  if (model === undefined)
    throw new ApiError(404, {
      message: `The model '${name}' does not exist or you do not have access to it.`,
      param: 'model',
      code: 'model_not_found',
    });
  if (file === undefined) throw invalid('file', "Missing required parameter: 'file'.", 'missing_required_parameter');
  const format = fields.get('response_format')?.[0] ?? 'json';
  checkOptions(name, model, format, fields);
  checkFile(model, file, fields);
  return { model: name, format, language: fields.get('language')?.[0], wantsLogprobs: fields.has('include[]'), file };
}

function checkOptions(name: string, model: Model, format: string, fields: Form['fields']): void {
  if (!model.formats.includes(format))
    throw invalid(
      'response_format',
      `response_format '${format}' is not compatible with model '${name}'.`,
      'unsupported_value',
    );
  const refuse = (param: string) =>
    invalid(param, `'${param}' is not supported with model '${name}' and '${format}'.`, 'unsupported_value');
  if (fields.has('timestamp_granularities[]') && format !== 'verbose_json') throw refuse('timestamp_granularities[]');
  if (fields.has('include[]') && (!model.logprobs || format !== 'json')) throw refuse('include[]');
  if (fields.has('prompt') && model.diarizes) throw refuse('prompt');
  for (const hint of ['languages[]', 'keywords[]']) if (fields.has(hint) && !model.hints) throw refuse(hint);
  if (fields.get('include[]')?.some((value) => value !== 'logprobs') === true)
    throw invalid('include[]', "Supported values are: 'logprobs'.", 'invalid_value');
  const language = fields.get('language')?.[0];
  if (language !== undefined && !/^[a-z]{2}$/.test(language))
    throw invalid(
      'language',
      `Invalid language '${language}'. Language parameter must be specified in ISO-639-1 format.`,
      'invalid_value',
    );
}

function checkFile(model: Model, { name, content }: NonNullable<Form['file']>, fields: Form['fields']): void {
  if (!EXTENSIONS.test(name))
    throw invalid(
      'file',
      "Invalid file format. Supported formats: ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'oga', 'ogg', 'wav', 'webm']",
    );
  if (/\.wav$/i.test(name) && content.toString('latin1', 0, 4) !== 'RIFF')
    throw invalid('file', 'Audio file might be corrupted or unsupported', 'invalid_value');
  const seconds = secondsOf(content);
  if (seconds < 0.1)
    throw invalid('file', 'Audio file is too short. Minimum audio length is 0.1 seconds.', 'audio_too_short');
  if (model.diarizes && seconds > UNCUT_SECONDS && !fields.has('chunking_strategy'))
    throw invalid(
      'chunking_strategy',
      'chunking_strategy is required for diarization models',
      'missing_required_parameter',
    );
}

/** Of a WAV file; others are taken as long enough. */
export function secondsOf(content: Buffer): number {
  if (content.length < 44 || content.toString('latin1', 0, 4) !== 'RIFF') return 1;
  return (content.length - 44) / content.readUInt32LE(28);
}
