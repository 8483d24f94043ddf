import type { ObjectName } from './objects.ts';

/** One relation, seen from the record that holds the link; Twenty wants both sides defined. */
export type Relation = {
  readonly from: ObjectName;
  readonly name: string;
  readonly label: string;
  readonly icon: string;
  readonly to: ObjectName;
  /** The list on the other side. */
  readonly back: { readonly name: string; readonly label: string; readonly icon: string };
};

const relation = (
  from: ObjectName,
  [name, label, icon]: readonly [string, string, string],
  to: ObjectName,
  [backName, backLabel, backIcon]: readonly [string, string, string],
): Relation => ({ from, name, label, icon, to, back: { name: backName, label: backLabel, icon: backIcon } });

const CASES = ['serviceCases', 'Cases', 'IconTicket'] as const;
const CALLS = ['phoneCalls', 'Calls', 'IconPhone'] as const;
const MALFUNCTIONS = ['malfunctions', 'Malfunctions', 'IconAlertTriangle'] as const;
const ENTRIES = ['entries', 'Journal', 'IconHistory'] as const;
const MESSAGES = ['messages', 'Messages', 'IconMail'] as const;
const ASSETS = ['assets', 'Assets', 'IconEngine'] as const;
const TARGETS = ['callTargets', 'Call targets', 'IconTarget'] as const;

const COMPANY = ['company', 'Company', 'IconBuildingSkyscraper'] as const;
const LOCATION = ['location', 'Location', 'IconMapPin'] as const;
const CONTRACT = ['contract', 'Contract', 'IconFileCertificate'] as const;
const MALFUNCTION = ['malfunction', 'Malfunction', 'IconAlertTriangle'] as const;
const SERVICE_CASE = ['serviceCase', 'Case', 'IconTicket'] as const;
const ASSET = ['asset', 'Asset', 'IconEngine'] as const;

export const RELATIONS: readonly Relation[] = [
  relation('location', COMPANY, 'company', ['locations', 'Locations', 'IconMapPin']),
  relation('location', ['primaryContact', 'Contact', 'IconUserStar'], 'person', [
    'primaryContactOf',
    'Contact of',
    'IconMapPin',
  ]),
  relation('location', ['partOf', 'Part of', 'IconSitemap'], 'location', ['parts', 'Parts', 'IconSitemap']),

  relation('asset', LOCATION, 'location', ASSETS),
  relation('asset', COMPANY, 'company', ASSETS),
  relation('asset', CONTRACT, 'contract', ASSETS),

  relation('contract', COMPANY, 'company', ['serviceContracts', 'Contracts', 'IconFileCertificate']),

  relation('serviceCase', COMPANY, 'company', CASES),
  relation('serviceCase', ['person', 'Contact', 'IconUser'], 'person', CASES),
  relation('serviceCase', LOCATION, 'location', CASES),
  relation('serviceCase', ASSET, 'asset', CASES),
  relation('serviceCase', CONTRACT, 'contract', CASES),
  relation('serviceCase', MALFUNCTION, 'malfunction', CASES),
  relation('serviceCase', ['protocol', 'Protocol', 'IconListCheck'], 'protocol', CASES),
  relation('serviceCase', ['assignee', 'Assignee', 'IconUserCheck'], 'workspaceMember', [
    'assignedCases',
    'Assigned cases',
    'IconTicket',
  ]),
  relation('serviceCase', ['mergedInto', 'Merged into', 'IconArrowMerge'], 'serviceCase', [
    'mergedCases',
    'Merged cases',
    'IconArrowMerge',
  ]),
  relation('serviceCase', ['splitFrom', 'Split from', 'IconArrowsSplit'], 'serviceCase', [
    'splitCases',
    'Split cases',
    'IconArrowsSplit',
  ]),

  relation('malfunction', COMPANY, 'company', MALFUNCTIONS),
  relation('malfunction', LOCATION, 'location', MALFUNCTIONS),
  relation('malfunction', ASSET, 'asset', MALFUNCTIONS),
  relation('malfunction', ['owner', 'Owner', 'IconUserCheck'], 'workspaceMember', [
    'ownedMalfunctions',
    'Owned malfunctions',
    'IconAlertTriangle',
  ]),

  relation('phoneCall', ['agent', 'Agent', 'IconHeadset'], 'workspaceMember', CALLS),
  relation('phoneCall', ['person', 'Person', 'IconUser'], 'person', CALLS),
  relation('phoneCall', COMPANY, 'company', CALLS),
  relation('phoneCall', LOCATION, 'location', CALLS),
  relation('phoneCall', SERVICE_CASE, 'serviceCase', CALLS),
  relation('phoneCall', MALFUNCTION, 'malfunction', CALLS),
  relation('phoneCall', ['callTarget', 'Call target', 'IconTarget'], 'callTarget', CALLS),
  relation('phoneCall', ['mergedInto', 'Merged into', 'IconArrowMerge'], 'phoneCall', [
    'mergedCalls',
    'Merged calls',
    'IconArrowMerge',
  ]),

  relation('caseEntry', SERVICE_CASE, 'serviceCase', ENTRIES),
  relation('caseEntry', MALFUNCTION, 'malfunction', ENTRIES),
  relation('caseEntry', ['phoneCall', 'Call', 'IconPhone'], 'phoneCall', ENTRIES),
  relation('caseEntry', ['caseMessage', 'Message', 'IconMail'], 'caseMessage', ENTRIES),
  relation('caseEntry', ['member', 'Member', 'IconUserCircle'], 'workspaceMember', [
    'caseEntries',
    'Journal entries',
    'IconHistory',
  ]),

  relation('caseMessage', SERVICE_CASE, 'serviceCase', MESSAGES),
  relation('caseMessage', MALFUNCTION, 'malfunction', MESSAGES),
  relation('caseMessage', ['person', 'Contact', 'IconUser'], 'person', ['caseMessages', 'Case messages', 'IconMail']),
  relation('caseMessage', ['sender', 'Sent by', 'IconUserCircle'], 'workspaceMember', [
    'sentCaseMessages',
    'Sent case messages',
    'IconMail',
  ]),

  relation('callList', ['callScript', 'Script', 'IconScript'], 'callScript', [
    'callLists',
    'Call lists',
    'IconListDetails',
  ]),
  relation('callList', ['owner', 'Owner', 'IconUserCheck'], 'workspaceMember', [
    'callLists',
    'Call lists',
    'IconListDetails',
  ]),

  relation('callTarget', ['callList', 'Call list', 'IconListDetails'], 'callList', [
    'targets',
    'Targets',
    'IconTarget',
  ]),
  relation('callTarget', ['person', 'Person', 'IconUser'], 'person', TARGETS),
  relation('callTarget', COMPANY, 'company', TARGETS),
  relation('callTarget', ['assignee', 'Assignee', 'IconUserCheck'], 'workspaceMember', TARGETS),

  relation('person', ['location', 'Works at', 'IconMapPin'], 'location', ['people', 'People', 'IconUsers']),
  relation('person', ['relationshipManager', 'Managed by', 'IconUserHeart'], 'workspaceMember', [
    'managedPeople',
    'Managed people',
    'IconUserHeart',
  ]),
];
