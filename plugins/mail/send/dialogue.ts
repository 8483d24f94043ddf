import { Readable } from 'node:stream';
import SMTPConnection, {
  type SMTPConnectionAuth,
  type SMTPConnectionOptions,
  type SMTPConnectionSendInfo,
} from 'nodemailer/lib/smtp-connection';
import { type Answer, answerOf, type SmtpFailure } from './smtp-answer.ts';

/** How a mailbox sends: where, and as whom. */
export type SmtpAccount = { readonly options: SMTPConnectionOptions; readonly auth: SMTPConnectionAuth | undefined };

export type Envelope = {
  /** Empty for automatic mail: nothing may answer it. */
  readonly from: string;
  readonly to: readonly string[];
};

/** What became of one try. `unknown`: the connection was lost after the final dot; the server may have the mail or not. */
export type Outcome =
  | {
      readonly kind: 'accepted';
      readonly answer: string;
      readonly accepted: readonly string[];
      readonly refused: readonly { readonly address: string; readonly answer: Answer }[];
      /** Where the server has put another Message-ID in place of ours. */
      readonly serverMessageId: string;
    }
  | {
      readonly kind: 'refused' | 'deferred';
      readonly answer: Answer;
      readonly perRecipient: ReadonlyMap<string, Answer>;
    }
  | { readonly kind: 'unknown'; readonly answer: Answer }
  | { readonly kind: 'overtaken' };

type Try = {
  readonly account: SmtpAccount;
  readonly envelope: Envelope;
  readonly raw: Buffer;
  /**
   * Runs when all bytes but the final dot are handed over: from its end on the mail may be with the server. False stops there, and the server
   * throws away what it has.
   */
  readonly beforeDot: () => Promise<boolean>;
  readonly signal: AbortSignal;
};

const CHUNK_BYTES = 64 * 1024;
/** Silence after which a connection is given up; the job that runs it has more time. */
const SILENCE_MS = 120_000;
/** A server that has the whole message and says nothing final is waited for no longer, whatever else it says. */
const ANSWER_MS = 120_000;
/** From the claim of a mail on, this is the longest that its run can still wait for what became of it. */
export const UNDER_WAY_MS = 60_000 + ANSWER_MS;

/** One SMTP dialogue. It never throws for what happens on the line. */
export async function deliver({ account, envelope, raw, beforeDot, signal }: Try): Promise<Outcome> {
  const connection = new SMTPConnection({
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: SILENCE_MS,
    ...account.options,
  });
  let patience: NodeJS.Timeout | undefined;
  const progress: Progress = {
    dot: false,
    over: false,
    overtaken: false,
    onDot: () => void (patience = setTimeout(() => connection.close(), ANSWER_MS)),
  };
  const body = Readable.from(bytesThenDot(raw, beforeDot, progress), { objectMode: false });
  // After the dot the answer is worth waiting for, even at shutdown: without it nobody knows what became of the mail.
  const stop = () => void (progress.dot || connection.close());
  signal.addEventListener('abort', stop);
  try {
    const info = await talk(connection, account.auth, { ...envelope, bytes: raw.length }, body);
    connection.quit();
    return accepted(info);
  } catch (error) {
    connection.close();
    return progress.overtaken ? { kind: 'overtaken' } : failed(error as SmtpFailure, progress.dot);
  } finally {
    progress.over = true;
    clearTimeout(patience);
    body.destroy();
    signal.removeEventListener('abort', stop);
  }
}

type Progress = {
  /** From here on the server may have the mail. */
  dot: boolean;
  over: boolean;
  overtaken: boolean;
  readonly onDot: () => void;
};

async function* bytesThenDot(raw: Buffer, beforeDot: Try['beforeDot'], progress: Progress): AsyncGenerator<Buffer> {
  for (let start = 0; start < raw.length; start += CHUNK_BYTES) yield raw.subarray(start, start + CHUNK_BYTES);
  const isOurs = await beforeDot();
  if (progress.over) throw new Error('The connection broke before the end of the message');
  if (!isOurs) {
    progress.overtaken = true;
    throw new Error('Somebody else sends this mail, or it was taken back');
  }
  progress.dot = true;
  progress.onDot();
}

function talk(
  connection: SMTPConnection,
  auth: SMTPConnectionAuth | undefined,
  envelope: Envelope & { readonly bytes: number },
  body: Readable,
): Promise<SMTPConnectionSendInfo> {
  return new Promise((resolve, reject) => {
    // The library reports some failures here and others to the callback; the first one counts.
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('The connection was closed')));
    const send = () => {
      const sender = envelope.from === '' ? (false as const) : envelope.from;
      connection.send({ from: sender, to: [...envelope.to], size: envelope.bytes }, body, (error, info) =>
        error ? reject(error) : resolve(info),
      );
    };
    connection.connect((error) => {
      if (error) return reject(error);
      if (auth === undefined) return send();
      connection.login(auth, (refusal) => (refusal ? reject(refusal) : send()));
    });
  });
}

function accepted(info: SMTPConnectionSendInfo): Outcome {
  return {
    kind: 'accepted',
    answer: info.response,
    accepted: info.accepted,
    refused: refusals(info.rejectedErrors),
    serverMessageId: info.serverMessageId ?? '',
  };
}

function failed(error: SmtpFailure, dot: boolean): Outcome {
  const answer = answerOf(error);
  if (dot && answer.code === '') return { kind: 'unknown', answer };
  const perRecipient = new Map(refusals(error.rejectedErrors).map((one) => [one.address, one.answer]));
  return { kind: answer.isFinal ? 'refused' : 'deferred', answer, perRecipient };
}

function refusals(errors: readonly SmtpFailure[] = []): { address: string; answer: Answer }[] {
  return errors.map((error) => ({ address: error.recipient ?? '', answer: answerOf(error) }));
}
