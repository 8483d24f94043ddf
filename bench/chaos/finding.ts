/** Something that is not as it must be. */
export type Finding = { readonly kind: 'lost' | 'duplicated' | 'wrong'; readonly text: string };

export const lost = (text: string): Finding => ({ kind: 'lost', text });
export const duplicated = (text: string): Finding => ({ kind: 'duplicated', text });
export const wrong = (text: string): Finding => ({ kind: 'wrong', text });

export const countOf = (findings: readonly Finding[], kind: Finding['kind']): number =>
  findings.filter((finding) => finding.kind === kind).length;
