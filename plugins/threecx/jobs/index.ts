import { actOnPhone } from './act-on-phone.ts';
import { compareAgents } from './compare-agents.ts';
import { fetchRecording } from './fetch-recording.ts';
import { findRecordings } from './find-recordings.ts';
import { mergeCall, mergeLater } from './merge-call.ts';
import { noteConsent } from './note-consent.ts';
import { readCallLog } from './read-call-log.ts';
import { readRecordingText } from './read-recording-text.ts';
import { setProfile } from './set-profile.ts';
import { takeRecording } from './take-recording.ts';

export const jobs = [
  mergeCall,
  mergeLater,
  actOnPhone,
  readCallLog,
  findRecordings,
  takeRecording,
  noteConsent,
  fetchRecording,
  readRecordingText,
  compareAgents,
  setProfile,
];
