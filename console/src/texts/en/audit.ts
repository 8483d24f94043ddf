export const audit = {
  title: 'Audit log',
  intro: 'Who changed what and when. Entries are chained: a changed or removed one is found.',
  columns: { at: 'When', actor: 'Who', action: 'What', subject: 'On what', details: 'Details' },
  actor: 'Who',
  action: 'What',
  actorHint: 'E-mail address',
  actionHint: 'For example sign-in',
  from: 'From',
  to: 'To',
  none: 'Nothing was changed yet',
  noneHint:
    'Every change of settings, permissions and sign-in rules is written here under the name of whoever made it.',
  noMatch: 'Nothing matches',
  noMatchHint: 'Take a filter away.',
  verify: 'Verify the chain',
  intact: (entries: number) =>
    entries === 1 ? 'The only entry is as it was written.' : `All ${entries} entries are as they were written.`,
  broken: (at: number, reason: string) =>
    `The chain is broken at entry ${at}: ${reason}. Keep a copy of the database and find out who had access to it.`,
};
