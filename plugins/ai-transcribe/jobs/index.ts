import type { JobHandler } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { beginTranscript } from './begin-transcript.ts';
import { cutRecording } from './cut-recording.ts';
import { findSaid } from './find-said.ts';
import { forgetCall } from './forget-call.ts';
import { forgetOld } from './forget-old.ts';
import { propose } from './propose.ts';
import { publishTranscript } from './publish-transcript.ts';
import { takeOverText } from './take-over-text.ts';
import { writeTranscript } from './write-transcript.ts';

/** The steps of a recording on its way to a text. */
export const jobs: readonly JobHandler<Context>[] = [
  beginTranscript,
  cutRecording,
  writeTranscript,
  takeOverText,
  publishTranscript,
  propose,
  forgetOld,
  findSaid,
  forgetCall,
];
