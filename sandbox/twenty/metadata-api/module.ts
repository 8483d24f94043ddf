import type { RequestContext } from '../server.ts';

// Arguments were checked by graphql-js against the SDL of the module, so each resolver names the shape it expects.
// oxlint-disable-next-line typescript/no-explicit-any
type Arguments = any;

export type MetadataResolver = (args: Arguments, context: RequestContext) => unknown;

/** One area of /metadata: its SDL (`extend type Query`, `extend type Mutation`, own types) and its root resolvers. */
export type MetadataModule = {
  typeDefs: string;
  queries: Record<string, MetadataResolver>;
  mutations: Record<string, MetadataResolver>;
};
