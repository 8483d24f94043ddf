import { describe, expect, test } from '@jest/globals';
import type { WholeMail } from '../src/api/mail.ts';
import { emptyDraft, fillFields, forward, isAddress, problemsOf, replyTo, toRequest } from '../src/pages/mail/draft.ts';
import { asHtml, mark } from '../src/pages/mail/formatting.ts';
import { stateOf } from '../src/pages/mail/sending-state.ts';

const draft = { ...emptyDraft('one'), to: ['Anna Berg <anna@example.net>'], subject: 'Lift', text: 'Text' };
const person = (name: string, address: string) => ({ name, address });
const received: WholeMail = {
  kind: 'received',
  id: '10000000-0000-4000-8000-000000000001',
  subject: 'Lift',
  text: 'It stands.',
  replyText: 'It stands.',
  hasHtml: false,
  hasRemotePictures: false,
  at: '2026-11-22T10:00:00Z',
  from: [person('Anna', 'anna@example.net')],
  to: [person('Desk', 'desk@example.com'), person('Bo', 'bo@example.org')],
  cc: [person('', 'cleo@example.org'), person('Anna', 'ANNA@example.net')],
  replyTo: [],
  attachments: [
    { name: 'plan.pdf', safeName: 'plan.pdf', bytes: 10, inline: false, section: '2' },
    { name: 'logo.png', safeName: 'logo.png', bytes: 10, inline: true, section: '3' },
  ],
};
const answering = { mail: received, own: new Set(['desk@example.com']) };

describe('addresses', () => {
  test.each(['anna@example.com', 'Anna Berg <anna.b+1@mail.example.co.uk>', '  anna@example.com '])(
    '%s is one',
    (text) => {
      expect(isAddress(text)).toBe(true);
    },
  );
  test.each([
    '',
    'anna',
    'anna@',
    '@example.com',
    'anna@example',
    'a b@example.com',
    'a@b@example.com',
    `${'a'.repeat(260)}@example.com`,
  ])('%s is none', (text) => {
    expect(isAddress(text)).toBe(false);
  });

  test('what is missing or wrong is named field by field, and a mail to hundreds is told what to do instead', () => {
    expect(problemsOf(draft)).toEqual([]);
    expect(problemsOf({ ...emptyDraft('one'), cc: ['no'] }).map(({ field, kind }) => `${field} ${kind}`)).toEqual([
      'to nobody',
      'cc no-address',
      'subject empty',
      'text empty',
    ]);
    const many = Array.from({ length: 500 }, (_, index) => `a${index}@example.com`);
    expect(problemsOf({ ...draft, to: many })).toEqual([{ field: 'to', kind: 'too-many', count: 500 }]);
  });
});

describe('an answer', () => {
  test('goes to who wrote; to all leaves out the own mailbox and nobody twice', () => {
    expect(replyTo(emptyDraft('one'), answering, 'one')).toMatchObject({
      to: ['Anna <anna@example.net>'],
      cc: [],
      subject: 'Re: Lift',
    });
    expect(replyTo(emptyDraft('one'), answering, 'all').cc).toEqual(['Bo <bo@example.org>', 'cleo@example.org']);
    const again = {
      ...answering,
      mail: { ...received, subject: 'RE: Lift', replyTo: [person('', 'box@example.net')] },
    };
    expect(replyTo(emptyDraft('one'), again, 'one')).toMatchObject({ to: ['box@example.net'], subject: 'RE: Lift' });
  });

  test('forwarded, a mail comes whole and with its files, to nobody yet', () => {
    const words = { begin: 'Forward', from: 'From', date: 'Sent', subject: 'Subject', to: 'To' };
    const forwarded = forward(emptyDraft('one'), received, words, 'today');
    expect(forwarded).toMatchObject({ to: [], subject: 'Fwd: Lift' });
    expect(forwarded.text).toMatch(/From: Anna <anna@example\.net>[^]*It stands\./);
    expect(forwarded.files).toEqual([{ mailId: received.id, section: '2', name: 'plan.pdf', bytes: 10 }]);
  });

  test('forwarded, words of a customer are no template', () => {
    const words = { begin: 'Forward', from: 'From', date: 'Sent', subject: 'Subject', to: 'To' };
    const tricky = { ...received, subject: '{{case.number}}', text: 'Write {{user.name}} into the form.' };
    const { subject, text } = forward(emptyDraft('one'), tricky, words, 'today');
    expect([subject, text].join()).not.toContain('{{');
    expect(text).toMatch(/Write \{.?\{user\.name\}\} into the form\./);
  });
});

describe('the text', () => {
  test('goes plain unless somebody has marked something in it', () => {
    expect(asHtml('Dear Anna,\n- one\n2 * 3 * 4, snake_case_name')).toBeUndefined();
    expect(toRequest(draft, { caseId: 'x' })).not.toHaveProperty('html');
  });

  test('marks become what they mean, and everything else stays text', () => {
    expect(asHtml('**Now** & _then_ <b>')).toBe('<b>Now</b> &amp; <i>then</i> &lt;b&gt;');
    expect(asHtml('**A**\n- one\n- two\nend')).toBe('<b>A</b><ul><li>one</li><li>two</li></ul>end');
    expect(asHtml('[our page](https://example.com/a?b=1&c=2)')).toBe(
      '<a href="https://example.com/a?b=1&amp;c=2">our page</a>',
    );
    expect(asHtml('[x](javascript:alert(1)) **b**')).toBe('[x](javascript:alert(1)) <b>b</b>');
    expect(asHtml('**{{person.name|R&D}}**')).toContain('{{person.name|R&D}}');
  });

  test('a mark goes around what is selected, or around a word to write over', () => {
    expect(mark({ text: 'see this', start: 4, end: 8 }, 'bold', 'text')).toEqual({
      text: 'see **this**',
      start: 6,
      end: 10,
    });
    expect(mark({ text: '', start: 0, end: 0 }, 'link', 'text').text).toBe('[text](https://)');
    expect(mark({ text: 'a\nb', start: 0, end: 3 }, 'list', 'text').text).toBe('- a\n- b');
  });

  test('fields are filled in; what has no value stays to be seen', () => {
    const values = { 'person.firstName': 'Anna', 'company.name': '' };
    expect(fillFields('{{person.firstName}} {{company.name}} {{company.name|you}} {{no.such}}', values)).toBe(
      'Anna {{company.name}} you {{no.such}}',
    );
  });
});

test('what became of a mail is one word: the worst that somebody has to know', () => {
  const at = Date.parse('2026-11-22T10:00:00Z');
  const state = (
    states: readonly ('accepted' | 'failed' | 'queued' | 'unknown')[],
    change: Partial<Parameters<typeof stateOf>[0]> = {},
  ) =>
    stateOf(
      {
        state: 'going',
        waitsForMailbox: false,
        goesAt: null,
        recipients: states.map((one) => ({ state: one })),
        ...change,
      },
      at,
    );
  expect(state(['accepted'])).toBe('sent');
  expect(state(['accepted', 'failed'])).toBe('partly');
  expect(state(['failed'])).toBe('failed');
  expect(state(['accepted', 'queued'])).toBe('sending');
  expect(state(['unknown', 'accepted'])).toBe('unknown');
  expect(state(['queued'], { waitsForMailbox: true })).toBe('mailbox');
  expect(state(['queued'], { state: 'waiting', goesAt: '2026-11-22T10:00:10Z' })).toBe('waiting');
  expect(state(['queued'], { state: 'waiting', goesAt: '2026-11-23T08:00:00Z' })).toBe('scheduled');
  expect(
    stateOf(
      { state: 'done', waitsForMailbox: false, goesAt: null, recipients: [{ state: 'accepted', bouncedAt: 'x' }] },
      at,
    ),
  ).toBe('bounced');
});
