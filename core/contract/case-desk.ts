import { defineCapability } from './capability.ts';

/** Where members open cases, so that all of them are opened in one way. The panel inside Twenty asks whoever offers this. */
export interface CaseDesk {
  /**
   * A `POST` route for members. Takes `{requestId, callId, fields}`, with fields of a `serviceCase`; answers `{outcome: 'opened', caseId, number}`, or
   * `{outcome: 'call-has-case', caseId}` where the call is filed by then.
   */
  readonly door: '/cases';
}

export const caseDesk = defineCapability<CaseDesk>('case-desk');
