import type { MemberRoute } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { again } from './again.ts';
import { correct } from './correct.ts';
import { decideSuggestion } from './decide.ts';
import { erase, preview } from './erase.ts';
import { exportFile } from './export.ts';
import { read, waveform } from './read.ts';
import { search } from './search.ts';

/** What members read and do with transcripts, in the console and inside Twenty. */
export const memberRoutes: readonly MemberRoute<Context>[] = [
  read,
  waveform,
  search,
  correct,
  exportFile,
  decideSuggestion,
  again,
  preview,
  erase,
];
