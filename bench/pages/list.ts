/** A page of the console: below `/console/WORKSPACE/`. A new page is one more line. */
export interface BenchPage {
  readonly name: string;
  /** Where `ID` stands, another record each time. */
  readonly path: string;
  /** Its heading; without one, any heading but that of the page before. */
  readonly title?: string;
  readonly ids?: readonly string[];
}

/** Of which record the pages of one record are shown, by kind; as many as were visited of late in an office. */
export interface Shown {
  readonly people: readonly string[];
  readonly companies: readonly string[];
  readonly locations: readonly string[];
  readonly cases: readonly string[];
  readonly folders: readonly string[];
  readonly calls: readonly string[];
}

/** Not the map: the graphics processor of a real screen paints it, and the machine of a measurement has none. */
export function benchPages({ people, companies, locations, cases, folders, calls }: Shown): readonly BenchPage[] {
  return [
    { name: 'my day', path: 'day', title: 'My day' },
    { name: 'calls', path: 'calls', title: 'Calls' },
    { name: 'call', path: 'calls/ID', ids: calls },
    { name: 'said in calls', path: 'calls/said?q=pump', title: 'What was said' },
    { name: 'case', path: 'cases/ID', ids: cases },
    { name: 'person', path: 'people/ID', ids: people },
    { name: 'company', path: 'companies/ID', ids: companies },
    { name: 'location', path: 'locations/ID', ids: locations },
    { name: 'malfunctions', path: 'malfunctions', title: 'Malfunctions' },
    { name: 'malfunction board', path: 'malfunctions?view=board', title: 'Malfunctions' },
    { name: 'malfunction', path: 'malfunctions/ID', ids: folders },
    { name: 'mail to a malfunction', path: 'malfunctions/ID/mail', ids: folders },
    { name: 'sent mail', path: 'mail/sent', title: 'Sent mail' },
    { name: 'mails needing a look', path: 'mail/look', title: 'Mails needing a look' },
    { name: 'mails set aside', path: 'mail/aside', title: 'Set aside' },
    { name: 'templates', path: 'mail/templates', title: 'Templates and signatures' },
    { name: 'mailboxes', path: 'mail/mailboxes', title: 'Mailboxes' },
    { name: 'status', path: 'status', title: 'Status' },
    { name: 'AI', path: 'ai', title: 'Preparations for AI' },
    { name: 'needs a hand', path: 'stuck', title: 'Needs a hand' },
    { name: 'plugins', path: 'plugins', title: 'Plugins' },
    { name: 'plugin', path: 'plugins/threecx', title: '3CX' },
    { name: 'deliveries', path: 'deliveries', title: 'Deliveries' },
    { name: 'deliveries searched', path: 'deliveries?search=Harbour', title: 'Deliveries' },
    { name: 'roles', path: 'roles', title: 'Roles and permissions' },
    { name: 'security', path: 'security', title: 'Sign-in and security' },
    { name: 'audit', path: 'audit', title: 'Audit log' },
  ];
}

/** The address of the page the n-th time. */
export function pathOf({ path, ids = [] }: BenchPage, turn: number): string {
  return path.replace('ID', ids[turn % ids.length] ?? '');
}
