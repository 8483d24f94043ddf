/** What the hub did not do, and what to do about it; `{most}` and the like stand for what the hub says beside it. */
export type Refusal = readonly [title: string, remedy?: string];

/** By the reason that the hub gives. A refusal that is not here is said in the hub's own words, which are English. */
export type Refusals = Readonly<Record<string, Refusal>>;
