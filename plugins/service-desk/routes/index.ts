import type { MemberRoute } from '@switchboard/core/contract';
import type { Context } from '../services.ts';

/** The doors for members: one list per part of the desk. */
export const routes: readonly MemberRoute<Context>[] = [];
