import { STANDARD_OBJECT } from 'twenty-sdk/define';

import { identifierOf } from './identifiers.ts';

/** Objects that the application brings. */
export type OwnObject =
  | 'location'
  | 'asset'
  | 'contract'
  | 'protocol'
  | 'serviceCase'
  | 'malfunction'
  | 'phoneCall'
  | 'caseEntry'
  | 'caseMessage'
  | 'callScript'
  | 'callList'
  | 'callTarget';

/** Objects of Twenty that the application adds fields to. */
export type StandardObject = 'person' | 'company' | 'workspaceMember';

export type ObjectName = OwnObject | StandardObject;

const isStandard = (name: ObjectName): name is StandardObject =>
  name === 'person' || name === 'company' || name === 'workspaceMember';

export const objectId = (name: ObjectName): string =>
  isStandard(name) ? STANDARD_OBJECT[name].universalIdentifier : identifierOf('object', name);

/** Identifier of a field that the application defines, on an own or a standard object. */
export const fieldId = (object: ObjectName, field: string): string => identifierOf('field', `${object}.${field}`);

/**
 * Views of a Twenty 2.21 server that get columns for our fields. Fields that an application adds to a standard object
 * appear nowhere until a view shows them; in a record page's box they also need a group. The constants of the SDK are
 * those of newer servers and are not found on 2.21 (measured), so these are written out.
 */
export const STANDARD_VIEW = {
  peopleTable: '20202020-a002-4a02-8a02-ae0a1ea11a00',
  personFields: '20202020-a002-4a02-8a02-ae0a1ea12001',
  companyFields: '20202020-a001-4a01-8a01-c0aba11c1001',
  membersTable: '20202020-e001-4e01-8e01-a0bcaeabe100',
} as const;

/** Record pages of a Twenty 2.21 server that get a tab of ours; the SDK's constants are not found there either (measured). */
export const STANDARD_PAGE = {
  person: '20202020-a102-4002-8002-ae0a1ea11002',
  company: '20202020-a101-4001-8001-c0aba11c0001',
} as const;

export type StandardView = keyof typeof STANDARD_VIEW;

/** Group of a record page's box in which the fields are shown. */
export const STANDARD_VIEW_GROUP: Partial<Record<StandardView, string>> = {
  personFields: '20202020-a002-4a02-8a02-ae0a1ea12102',
  companyFields: '20202020-a001-4a01-8a01-c0aba11c1102',
};
