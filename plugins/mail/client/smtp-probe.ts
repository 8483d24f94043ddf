import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpAccount } from '../send/dialogue.ts';

const PATIENCE_MS = 15_000;

/** Signs in with a server and leaves again. Rejects with what the library says. */
export async function signInToSmtp({ options, auth }: SmtpAccount, signal: AbortSignal): Promise<void> {
  const connection = new SMTPConnection({
    ...options,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  const stop = () => connection.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.on('error', reject);
      connection.once('end', () => reject(new Error('The connection was closed')));
      connection.connect((error) => {
        if (error) return reject(error);
        if (auth === undefined) return resolve();
        connection.login(auth, (refusal) => (refusal ? reject(refusal) : resolve()));
      });
    });
    connection.quit();
  } finally {
    signal.removeEventListener('abort', stop);
    connection.close();
  }
}
