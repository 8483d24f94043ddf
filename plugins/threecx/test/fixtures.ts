import { phones, type Rows } from './fake-context.ts';

export const ids = {
  anna: '11111111-1111-4111-8111-111111111111',
  bert: '22222222-2222-4222-8222-222222222222',
  office: '33333333-3333-4333-8333-333333333333',
  example: '44444444-4444-4444-8444-444444444444',
  member: '55555555-5555-4555-8555-555555555555',
  other: '66666666-6666-4666-8666-666666666666',
} as const;

export const anna = {
  id: ids.anna,
  name: { firstName: 'Anna', lastName: 'Example' },
  emails: { primaryEmail: 'anna@example.com', additionalEmails: [] },
  phones: phones('+31201234567'),
  companyId: ids.example,
  locationId: ids.office,
};

export const bert = {
  id: ids.bert,
  name: { firstName: 'Bert', lastName: 'Sample' },
  emails: { primaryEmail: 'bert@example.com', additionalEmails: [] },
  phones: phones('+31201234567'),
  companyId: ids.example,
  locationId: ids.office,
};

export const office = {
  id: ids.office,
  name: 'Office Amsterdam',
  phones: phones('+442079460123'),
  companyId: ids.example,
};

const company = { id: ids.example, name: 'Example BV' };
const member = { id: ids.member, userEmail: 'ben.demo@example.com', extension: '102' };

/** Anna alone has +31201234567; +442079460123 is the office. */
export const rows: Rows = { person: [anna], location: [office], company: [company], workspaceMember: [member] };

/** Anna and Bert share +31201234567. */
export const shared: Rows = { ...rows, person: [anna, bert] };

/** A post of ReportCall, as the template makes 3CX send it. */
export const post = {
  callType: 'Inbound',
  direction: 'Inbound',
  number: '0031201234567',
  name: 'Anna Example',
  agent: '102',
  agentEmail: 'ben.demo@example.com',
  agentFirstName: 'Ben',
  agentLastName: 'Demo',
  queue: '',
  seconds: '125',
  startUtc: '2026-11-21T10:00:00Z',
  endUtc: '2026-11-21T10:02:12Z',
  entityId: '',
  entityType: '',
  transcription: '',
  summary: '',
  sentiment: '',
  recordingUrl: '',
};
