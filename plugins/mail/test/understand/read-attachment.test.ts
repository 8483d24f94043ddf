import { expect, test } from '@jest/globals';
import { readAttachment } from '../../understand/read-attachment.ts';

test('the bytes of a file are found again by its section', async () => {
  const raw = Buffer.from(
    'From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/x-a; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC/w==\r\n--b--\r\n',
  );
  expect(Buffer.from(await readAttachment(raw, '2'))).toEqual(Buffer.from([0, 1, 2, 255]));
  await expect(readAttachment(raw, '7')).rejects.toMatchObject({ code: 'not-found' });
});
