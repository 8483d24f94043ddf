import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { SmtpAccount } from '../../send/dialogue.ts';

/** Where in the dialogue something happens. */
export type Step = 'connect' | 'mail' | 'rcpt' | 'data' | 'dot';

export type Fault = { readonly step: Step; readonly does: 'cut' | { readonly code: number; readonly text?: string } };

export type Smtp = {
  readonly account: SmtpAccount;
  /** What the server took for good, or had whole when the line was cut. */
  readonly taken: { readonly from: string; readonly to: readonly string[]; readonly raw: Buffer }[];
  /** What happens next; each fault once, except for addresses that are refused for good. */
  readonly faults: Fault[];
  /** Addresses with what the server says to them. */
  readonly refused: Map<string, number>;
  /** Runs while the server has the whole message and has not answered. */
  beforeAnswer: () => Promise<void>;
  readonly dialogues: () => number;
  readonly close: () => Promise<void>;
};

/** A real SMTP server on this machine that breaks where it is told to. */
export async function startSmtp(options: { readonly startTls?: boolean } = {}): Promise<Smtp> {
  const taken: Smtp['taken'] = [];
  const faults: Fault[] = [];
  const refused = new Map<string, number>();
  let dialogues = 0;

  /** @returns false when the fault has ended the step */
  const passes = (step: Step, done: (error?: Error | null) => void): boolean => {
    const [fault] = faults;
    if (fault?.step !== step) return true;
    faults.shift();
    if (fault.does === 'cut') for (const { _socket: socket } of server.connections) socket.destroy();
    else done(answer(fault.does.code, fault.does.text));
    return false;
  };

  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    disabledCommands: options.startTls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    onConnect(_session, done) {
      dialogues += 1;
      if (passes('connect', done)) done();
    },
    onMailFrom(_address, _session, done) {
      if (passes('mail', done)) done();
    },
    onRcptTo({ address }, _session, done) {
      const code = refused.get(address);
      if (code !== undefined) done(answer(code));
      else if (passes('rcpt', done)) done();
    },
    onData(stream, session, done) {
      if (!passes('data', done)) {
        stream.resume();
        return;
      }
      const whole = buffer(stream).then(async (raw) => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw,
        };
        await smtp.beforeAnswer();
        const isLost = faults[0]?.step === 'dot' && faults[0].does === 'cut';
        if (isLost) taken.push(mail);
        if (!passes('dot', done)) return;
        taken.push(mail);
        done(null, 'Queued as 1');
      });
      // A client that goes in the middle of a message leaves nothing behind.
      whole.catch(() => {});
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const smtp: Smtp = {
    account: {
      options: { host: '127.0.0.1', port, secure: false, requireTLS: options.startTls ?? false },
      auth: undefined,
    },
    taken,
    faults,
    refused,
    beforeAnswer: async () => {},
    dialogues: () => dialogues,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return smtp;
}

function answer(responseCode: number, text = 'Because the test says so'): Error {
  return Object.assign(new Error(text), { responseCode });
}
