/** A page of the console: below `/console/WORKSPACE/`, and its heading, with which it is there. A new page is one more line. */
export interface BenchPage {
  readonly path: string;
  readonly title: string;
}

export const benchPages: readonly BenchPage[] = [
  { path: 'status', title: 'Status' },
  { path: 'stuck', title: 'Needs a hand' },
  { path: 'plugins', title: 'Plugins' },
  { path: 'plugins/threecx', title: '3CX' },
  { path: 'deliveries', title: 'Deliveries' },
  { path: 'deliveries?search=Harbour', title: 'Deliveries' },
  { path: 'roles', title: 'Roles and permissions' },
  { path: 'security', title: 'Sign-in and security' },
  { path: 'audit', title: 'Audit log' },
];
