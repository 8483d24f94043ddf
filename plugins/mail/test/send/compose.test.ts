import { describe, expect, test } from '@jest/globals';
import { compose, type Composition } from '../../send/compose.ts';
import { bodyOf } from '../../send/body.ts';
import { onceEach, parseRecipient } from '../../send/recipient.ts';
import { renderHtml, renderText } from '../../send/template.ts';

const mail: Composition = {
  from: { name: 'Service desk', address: 'desk@example.com' },
  to: [{ name: 'Anna Berg', address: 'anna@example.net' }],
  cc: [],
  subject: 'Elevator',
  text: 'Dear Anna\n',
  html: '',
  attachments: [],
  messageId: 'm.1@example.com',
  date: new Date('2026-11-21T12:00:00Z'),
  inReplyTo: '',
  references: ['c.1@example.com'],
  marker: 'marker',
  automatic: 'no',
};

const headersOf = (raw: Buffer) => raw.toString('latin1').split('\r\n\r\n')[0] ?? '';

describe('composing', () => {
  test('writes what was decided, and ends lines as the protocol wants', async () => {
    const raw = await compose(mail);
    const headers = headersOf(raw);
    expect(headers).toContain('Message-ID: <m.1@example.com>');
    expect(headers).toContain('References: <c.1@example.com>');
    expect(headers).toContain('X-Switchboard-Mail: marker');
    expect(headers).not.toMatch(/Auto-Submitted|Precedence|X-Auto-Response-Suppress/);
    expect(raw.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('automatic mail says so', async () => {
    const headers = headersOf(await compose({ ...mail, automatic: 'auto-replied' }));
    expect(headers).toContain('Auto-Submitted: auto-replied');
    expect(headers).toContain('X-Auto-Response-Suppress: All');
    expect(headers).toContain('Precedence: bulk');
  });

  test.each(['\r\nBcc: eve@example.net', '\nBcc: eve@example.net', '\rBcc: eve@example.net', '\0\r\n\r\nBody'])(
    'no header can bring another one: %p',
    async (evil) => {
      const raw = await compose({
        ...mail,
        subject: `Elevator${evil}`,
        from: { name: `Desk${evil}`, address: 'desk@example.com' },
        to: [{ name: `Anna${evil}`, address: 'anna@example.net' }],
        messageId: `m.1@example.com${evil}`,
        inReplyTo: `x@example.com${evil}`,
        references: [`c.1@example.com${evil}`],
        marker: `marker${evil}`,
        attachments: [{ name: `plan${evil}.txt`, mimeType: `text/plain${evil}`, content: Buffer.from('x') }],
      });
      expect(raw.toString('latin1')).not.toMatch(/^Bcc:/im);
      expect(
        headersOf(raw)
          .split('\r\n')
          .filter((line) => /^(Subject|From|To):/.test(line)),
      ).toHaveLength(3);
    },
  );

  test('an attachment arrives byte by byte under its name', async () => {
    const content = Buffer.from([0, 255, 13, 10, 46, 13, 10]);
    const raw = await compose({
      ...mail,
      attachments: [{ name: 'Übersicht.bin', mimeType: 'application/x-test', content }],
    });
    expect(raw.toString('latin1')).toContain(content.toString('base64'));
    expect(raw.toString('latin1')).toMatch(/filename\*?0?\*?=/);
  });
});

describe('recipients', () => {
  test('an address, with or without a name', () => {
    expect(parseRecipient('anna@example.net', 'to')).toEqual({ name: '', address: 'anna@example.net' });
    expect(parseRecipient('Anna Berg <anna@example.net>', 'to')).toEqual({
      name: 'Anna Berg',
      address: 'anna@example.net',
    });
    expect(parseRecipient('a@münchen.example.com', 'to').address).toBe('a@xn--mnchen-3ya.example.com');
  });

  test.each([
    'anna',
    'anna@localhost',
    '"eve@example.org"@example.net',
    'anna@example.net, eve@example.org',
    'anna@example.net\r\nRCPT TO:<eve@example.org>',
    'Team: anna@example.net;',
    'anna@@example.net',
    `${'a'.repeat(65)}@example.net`,
    'anna@example.net>',
    '',
  ])('%p is refused', (text) => {
    expect(() => parseRecipient(text, 'to.0')).toThrow('is not an address');
  });

  test('who is named twice gets one mail', () => {
    const anna = { name: '', address: 'anna@example.net' };
    const other = { name: 'Anna', address: 'Anna@Example.net' };
    expect(onceEach([anna], [other], [other])).toEqual([[anna], [], []]);
  });
});

describe('templates', () => {
  const values = { 'case.number': 'C-000123', 'person.firstName': '', 'company.name': 'Berg & <Sons>' };

  test('fields are filled in, and what is missing is named', () => {
    const template = 'Dear {{person.firstName|customer}}, {{ case.number }} of {{company.name}}, {{person.firstName}}!';
    expect(renderText(template, values)).toEqual({
      text: 'Dear customer, C-000123 of Berg & <Sons>, !',
      empty: ['person.firstName'],
      unknown: [],
    });
  });

  test('unknown fields are told, also those that every object has', () => {
    expect(renderText('{{case.nmber}} {{case.constructor}}', values).unknown).toEqual([
      'case.nmber',
      'case.constructor',
    ]);
    expect(renderText('{{constructor.name}}', {}).unknown).toEqual(['constructor.name']);
  });

  test('nothing is computed', () => {
    const template = '{{7*7}} {{case.number.length}} ${case.number} {{#if case}} {{{case.number}}}';
    expect(renderText(template, values).text).toBe(
      '{{7*7}} {{case.number.length}} ${case.number} {{#if case}} {C-000123}',
    );
  });

  test('a value is never read as a template or as markup', () => {
    expect(renderText('{{company.name}}', { 'company.name': '{{case.number}}', 'case.number': 'x' }).text).toBe(
      '{{case.number}}',
    );
    expect(renderHtml('<b>{{company.name}}</b>', values).text).toBe('<b>Berg &amp; &lt;Sons&gt;</b>');
  });

  test('HTML leaves the house without what runs or loads, and takes a plain text along', () => {
    const html =
      '<p onclick="x()">Dear {{person.firstName|you}}</p><script>x()</script><img src="https://example.org/t.png"><a href="javascript:x()">a</a>';
    const body = bodyOf({ text: '', html }, 'Team {{company.name}}', values);
    expect(body.html).not.toMatch(/script|onclick|img|javascript/);
    expect(body.html).toContain('Team Berg &amp; &lt;Sons&gt;');
    expect(body.text).toContain('Dear you');
    expect(body.text).toContain('-- \nTeam Berg & <Sons>');
  });
});
