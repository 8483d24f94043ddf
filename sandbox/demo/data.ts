import { readFileSync } from 'node:fs';

/** The fictional company data of the demo workspace. Names say "example" in some language; numbers lie in ranges kept for fiction. */

export interface DemoLocation {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  readonly phone: string;
  readonly accessNotes: string;
}

export interface DemoPerson {
  readonly key: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly jobTitle: string;
  readonly email: string;
  readonly phone: string;
  /** Key of the location where the person works. */
  readonly location: string;
}

export interface DemoAsset {
  readonly name: string;
  readonly kind: string;
  readonly location: string;
  readonly placement: string;
  readonly serialNumber: string;
}

export interface DemoCustomer {
  readonly key: string;
  readonly name: string;
  readonly domain: string;
  readonly serviceLevel: string;
  readonly responseMinutes: number;
  readonly resolveMinutes: number;
  readonly supportHours: string;
  readonly locations: readonly DemoLocation[];
  readonly people: readonly DemoPerson[];
  readonly assets: readonly DemoAsset[];
}

export interface DemoProtocol {
  readonly name: string;
  readonly purpose: string;
  readonly appliesTo: readonly string[];
  readonly body: string;
}

/** The telephone system knows the members by their extensions. */
export interface DemoMember {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly extension: string;
  /** Label of the role in Twenty. */
  readonly role: string;
}

export interface DemoData {
  readonly members: readonly DemoMember[];
  readonly customers: readonly DemoCustomer[];
  readonly protocols: readonly DemoProtocol[];
}

export function readDemoData(): DemoData {
  return JSON.parse(readFileSync(new URL('demo.json', import.meta.url), 'utf8')) as DemoData;
}
