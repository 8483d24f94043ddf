import { expect, test } from '@jest/globals';
import { partOf } from '../../recordings/range.ts';

test.each([
  [undefined, 'all'],
  ['bytes=0-', { first: 0, last: 99 }],
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=10-19', { first: 10, last: 19 }],
  ['bytes=90-500', { first: 90, last: 99 }],
  ['bytes=-10', { first: 90, last: 99 }],
  ['bytes=-500', { first: 0, last: 99 }],
  ['bytes=100-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=20-10', 'all'],
  ['bytes=0-1,5-6', 'all'],
  ['bytes=-', 'all'],
  ['lines=1-2', 'all'],
  [`bytes=${'9'.repeat(400)}-`, 'all'],
])('of 100 bytes %s is %j', (header, part) => {
  expect(partOf(header, 100)).toEqual(part);
});
