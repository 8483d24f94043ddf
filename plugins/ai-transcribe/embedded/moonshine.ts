import llamaTokenizer from 'llama-tokenizer-js';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { isLoop } from './loop.ts';
import { fileOfPackage, openSession } from './session.ts';

export interface Heard {
  readonly text: string;
  /** Mean log-probability of the tokens: 0 is certain, below -0.6 it is no English, or not clear (measured). */
  readonly confidence: number;
  /** The model has begun to repeat itself, as it does with what is no speech. */
  readonly isLooping: boolean;
}

export interface Moonshine {
  /** @param audio 16 kHz, up to half a minute */
  readonly write: (audio: Float32Array) => Promise<Heard>;
}

const PACKAGE = '@moonshine-ai/moonshine-js';
const MODELS = 'dist/model/tiny/quantized';
const RATE = 16_000;
const BEGIN = 1;
const END = 2;
/** The graph knows more ids than the tokenizer, which fails on them. */
const TOKENIZER_SIZE = 32_000;
/** Nobody speaks faster. */
const TOKENS_PER_SECOND = 10;
const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;
/** The graph takes no less. */
const LEAST_SAMPLES = RATE / 2;

type Tensors = Record<string, Tensor>;

/** Moonshine tiny: English speech to text. */
export async function loadMoonshine(): Promise<Moonshine> {
  const [encoder, decoder] = await Promise.all(
    ['encoder_model.onnx', 'decoder_model_merged.onnx'].map(
      async (name) => await openSession(await fileOfPackage(PACKAGE, `${MODELS}/${name}`)),
    ),
  );
  if (encoder === undefined || decoder === undefined) throw new Error('The model has two graphs');
  return {
    async write(audio) {
      const samples = padded(audio);
      const encoded = await encoder.run({ input_values: new Tensor('float32', samples, [1, samples.length]) });
      const state = encoded['last_hidden_state'];
      if (state === undefined) throw new Error('The encoder answers nothing');
      const limit = Math.ceil((audio.length / RATE) * TOKENS_PER_SECOND) + 4;
      return await decode(decoder, state, limit);
    },
  };
}

function padded(audio: Float32Array): Float32Array {
  if (audio.length >= LEAST_SAMPLES) return audio;
  const longer = new Float32Array(LEAST_SAMPLES);
  longer.set(audio);
  return longer;
}

async function decode(decoder: InferenceSession, state: Tensor, limit: number): Promise<Heard> {
  const ids: number[] = [];
  let sum = 0;
  let past = noPast();
  let token = BEGIN;
  while (ids.length < limit && !isLoop(ids)) {
    const isFirst = past.isEmpty;
    const answer = await decoder.run({
      input_ids: new Tensor('int64', BigInt64Array.of(BigInt(token)), [1, 1]),
      encoder_hidden_states: state,
      use_cache_branch: new Tensor('bool', [!isFirst], [1]),
      ...past.tensors,
    });
    const best = likeliest(answer['logits']?.data as Float32Array);
    sum += best.logProbability;
    token = best.id;
    if (token === END) return heard(ids, sum / (ids.length + 1), false);
    ids.push(token);
    past = { isEmpty: false, tensors: pastOf(answer, past.tensors, isFirst) };
  }
  return heard(ids, sum / Math.max(1, ids.length), isLoop(ids));
}

function heard(ids: readonly number[], confidence: number, isLooping: boolean): Heard {
  const known = ids.filter((id) => id < TOKENIZER_SIZE);
  const text = known.length === 0 ? '' : llamaTokenizer.decode(known, false, true).trim();
  return { text, confidence, isLooping };
}

const names = Array.from({ length: LAYERS }, (_, layer) =>
  ['decoder', 'encoder'].flatMap((side) => ['key', 'value'].map((kind) => `${layer}.${side}.${kind}`)),
).flat();

function noPast(): { isEmpty: boolean; tensors: Tensors } {
  const empty = () => new Tensor('float32', new Float32Array(0), [1, HEADS, 0, HEAD_SIZE]);
  return { isEmpty: true, tensors: Object.fromEntries(names.map((name) => [`past_key_values.${name}`, empty()])) };
}

/** What the graph remembers: of the audio since the first step, of its own words since the last. */
function pastOf(answer: Tensors, before: Tensors, isFirst: boolean): Tensors {
  return Object.fromEntries(
    names.map((name) => {
      const isKept = !isFirst && name.includes('.encoder.');
      const tensor = isKept ? before[`past_key_values.${name}`] : answer[`present.${name}`];
      if (tensor === undefined) throw new Error(`The decoder does not answer ${name}`);
      return [`past_key_values.${name}`, tensor];
    }),
  );
}

function likeliest(logits: Float32Array): { id: number; logProbability: number } {
  let id = 0;
  for (let index = 1; index < logits.length; index += 1) if ((logits[index] ?? 0) > (logits[id] ?? 0)) id = index;
  const top = logits[id] ?? 0;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - top);
  return { id, logProbability: -Math.log(total) };
}
