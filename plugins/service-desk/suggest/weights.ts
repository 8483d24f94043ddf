import { type FeatureName, featureNames, type Features, probability, type Weights } from './score.ts';

/** What counts how much, and how a tenant teaches it: logistic regression, one decision at a time. Pure. */

/** Where a tenant begins; measured with `npm run bench -- suggest`. */
export const firstWeights: Weights = {
  bias: -3.6,
  location: 4.5,
  near: 3.2,
  asset: 1.4,
  customer: 0.3,
  recent: 0.6,
  words: 1.8,
  elsewhere: -3,
  otherAsset: -2.4,
};

/** No weight falls below a quarter of where it began or grows beyond the double: a run of odd clicks neither silences a reason nor lets it decide alone. */
const LEAST = 0.25;
const MOST = 2;
const BIAS_REACH = 1.5;
/** Each decision moves less than the one before, down to a floor, so that what changes is still learnt after years. */
const FIRST_STEP = 0.25;
const LEAST_STEP = 0.02;

/** @param decisions that were learnt before */
export function learn(weights: Weights, features: Features, isAccepted: boolean, decisions: number): Weights {
  const step = Math.max(LEAST_STEP, FIRST_STEP / (1 + decisions / 25));
  const miss = (isAccepted ? 1 : 0) - probability(features, weights);
  const moved = (name: FeatureName) => bounded(name, weights[name] + step * miss * features[name]);
  return {
    ...(Object.fromEntries(featureNames.map((name) => [name, moved(name)])) as Record<FeatureName, number>),
    bias: clamp(weights.bias + step * miss, firstWeights.bias - BIAS_REACH, firstWeights.bias + BIAS_REACH),
  };
}

/** What is stored, within its bounds; what is missing is as at first. */
export function weightsFrom(stored: unknown): Weights {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Readonly<Record<string, unknown>>;
  const value = (name: keyof Weights) => (typeof given[name] === 'number' ? given[name] : firstWeights[name]);
  return {
    ...(Object.fromEntries(featureNames.map((name) => [name, bounded(name, value(name))])) as Record<
      FeatureName,
      number
    >),
    bias: clamp(value('bias'), firstWeights.bias - BIAS_REACH, firstWeights.bias + BIAS_REACH),
  };
}

function bounded(name: FeatureName, value: number): number {
  const ends = [firstWeights[name] * LEAST, firstWeights[name] * MOST] as const;
  return clamp(value, Math.min(...ends), Math.max(...ends));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
