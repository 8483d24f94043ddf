import { describe, expect, test } from '@jest/globals';
import type { CrmMatch } from '@switchboard/core/contract';
import { toCase } from '../map.ts';
import { readNotice, readTicket } from '../schema.ts';
import { ticket } from './vendor.ts';

const person = (id: string): CrmMatch => ({ object: 'person', record: { id } });

describe('a ticket becomes a case', () => {
  test('under the same key whenever it changes', () => {
    const changed = { ...ticket, subject: 'The door closes again' };
    expect(toCase(readTicket(changed), [])).toMatchObject({ key: 'acme:T-1', fields: { subject: changed.subject } });
    expect(toCase(readTicket(ticket), [])).toMatchObject({ key: 'acme:T-1', fields: { customerReference: 'T-1' } });
  });

  test('linked to the one person with its address, and to nobody when there are several', () => {
    expect(toCase(readTicket(ticket), [person('p1')]).fields).toMatchObject({ personId: 'p1' });
    expect(toCase(readTicket(ticket), [person('p1'), person('p2')]).fields).not.toHaveProperty('personId');
  });

  test('with a name even when it has no subject', () => {
    expect(toCase(readTicket({ ...ticket, subject: ' ' }), []).fields).toMatchObject({ name: 'Ticket T-1' });
  });
});

describe('what Acme sends is refused naming the field', () => {
  test.each([
    ['no JSON', 'hello', 'body'],
    ['no ticket', '{"changedAt":"2026-01-05T08:00:00Z"}', 'body.ticketId'],
    ['a date of another culture', '{"ticketId":"T-1","changedAt":"5-1-2026"}', 'body.changedAt'],
  ])('when it is %s', (_what, body, field) => {
    expect(() => readNotice(Buffer.from(body))).toThrow(expect.objectContaining({ field }));
  });

  test('when the ticket itself is not as expected', () => {
    expect(() => readTicket({ id: 7 })).toThrow(expect.objectContaining({ field: 'ticket.id' }));
  });
});
