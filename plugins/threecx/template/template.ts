import { XMLBuilder } from 'fast-xml-parser';
import type { Config } from '../config.ts';
import type { Element } from './elements.ts';
import { scenarios } from './scenarios.ts';

/** Raise with every change of what the template says: 3CX shows it, so an administrator sees which one is installed. */
const VERSION = '1';

/** By this 3CX tells one CRM from another. */
export const TEMPLATE_NAME = 'Switchboard';

export type TemplateOptions = Pick<Config, 'createUnknown' | 'numberPrefix' | 'datePasses' | 'textPasses'> & {
  /** Where 3CX reaches this tenant's doors, without a trailing slash. */
  readonly baseUrl: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
};

/** The CRM template of a tenant as XML. The key is a parameter that the administrator of the PBX fills in. */
export function crmTemplate(options: TemplateOptions): string {
  const builder = new XMLBuilder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    suppressBooleanAttributes: false,
    suppressEmptyNode: true,
    format: true,
  });
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'utf-8' }, Crm: crm(options) });
}

function crm(options: TemplateOptions): Element {
  return {
    '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    '@xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
    '@Country': options.country,
    '@Name': TEMPLATE_NAME,
    '@Version': VERSION,
    '@SupportsEmojis': 'true',
    '@SupportsTranscription': 'true',
    '@ListPageSize': '0',
    Number: { '@Prefix': options.numberPrefix, '@MaxLength': '' },
    Connection: { '@MaxConcurrentRequests': '4' },
    Parameters: { Parameter: parameters(options) },
    Authentication: { '@Type': 'No' },
    Scenarios: { Scenario: scenarios(options) },
  };
}

function parameters({ baseUrl, createUnknown }: TemplateOptions): Element[] {
  return [
    parameter('BaseUrl', 'String', 'Hub address:', baseUrl, 'General Configuration'),
    parameter('ApiKey', 'Password', 'Hub key:', '', 'General Configuration'),
    parameter('JournalCalls', 'Boolean', 'Send finished calls', 'True'),
    parameter('JournalChats', 'Boolean', 'Send finished chats', 'True'),
    parameter('CreateUnknown', 'Boolean', 'Create unknown callers', createUnknown ? 'True' : 'False'),
  ];
}

function parameter(name: string, type: string, title: string, preset: string, parent = ''): Element {
  return { '@Name': name, '@Type': type, '@Parent': parent, '@Editor': 'String', '@Title': title, '@Default': preset };
}
