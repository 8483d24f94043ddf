import type { MemberRequest, PluginContext } from '@switchboard/core/contract';
import type { Config } from './config.ts';

export type Context = PluginContext<Config>;

/** Who does something at the desk. */
export interface Author {
  readonly id: string;
  readonly name: string;
}

export function authorOf({ member }: Pick<MemberRequest, 'member'>): Author {
  return { id: member.id, name: member.name || member.email };
}
