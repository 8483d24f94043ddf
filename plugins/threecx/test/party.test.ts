import { describe, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { partyKey, readParty } from '../party.ts';

const amsterdam = fc.integer({ min: 1_000_000, max: 7_999_999 }).map((subscriber) => `20${subscriber}`);

/** The ways in which telephone systems and people write one Dutch number. */
const written: readonly ((national: string) => string)[] = [
  (national) => `+31${national}`,
  (national) => ` 31${national}`,
  (national) => `0031${national}`,
  (national) => `0${national}`,
  (national) => `+31 (0)${national.slice(0, 2)} ${national.slice(2, 5)} ${national.slice(5)}`,
  (national) => `0${national.slice(0, 2)}-${national.slice(2)}`,
];

describe('readParty', () => {
  test('reads every written form of a number as the same E.164', () => {
    fc.assert(
      fc.property(amsterdam, fc.constantFrom(...written), (national, write) => {
        expect(readParty(write(national), 'NL')).toMatchObject({ kind: 'public', e164: `+31${national}` });
      }),
    );
  });

  test.each(['', '  ', 'anonymous', 'Anonymous', 'Unknown', 'private'])('takes "%s" for a withheld number', (raw) => {
    expect(readParty(raw, 'NL')).toEqual({ kind: 'withheld' });
  });

  test.each(['10', '101', '8000', '*62'])('takes %s for an extension', (raw) => {
    expect(readParty(raw, 'NL')).toEqual({ kind: 'internal', extension: raw });
  });

  test('keeps what is neither, so that the call is still told apart from others', () => {
    expect(readParty('sip:door@pbx', 'NL')).toEqual({ kind: 'unreadable', raw: 'sip:door@pbx' });
    expect(partyKey(readParty('sip:door@pbx', 'NL'))).not.toBe(partyKey(readParty('', 'NL')));
  });

  test('reads national numbers in the country of the tenant', () => {
    expect(readParty('020 7946 0123', 'GB')).toMatchObject({ e164: '+442079460123' });
  });
});
