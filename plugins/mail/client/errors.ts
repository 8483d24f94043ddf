import { SwitchboardError, UpstreamError } from '@switchboard/core/contract';

/**
 * credentials: refused for good. not-connected: the sign-in is right, but for another mailbox. certificate: TLS cannot be trusted.
 * throttled: the server asks to wait. full: the mailbox takes nothing more. declined: the server does not do it, for a reason of its own.
 * unreachable: all that goes by itself.
 */
export type Trouble =
  | 'credentials'
  | 'not-connected'
  | 'certificate'
  | 'throttled'
  | 'full'
  | 'declined'
  | 'unreachable';

/** What a mail server answered, for people. The text of the server is quoted only where it explains a refusal. */
export class MailServerError extends UpstreamError {
  override readonly code = 'mail-server';
  readonly trouble: Trouble;

  constructor(trouble: Trouble, message: string, remedy: string, cause?: unknown) {
    super(message, { remedy, cause });
    this.trouble = trouble;
  }
}

/** What libraries and sockets throw, as far as it is looked at. */
type Thrown = {
  readonly code?: string;
  readonly message?: string;
  /** imapflow */
  readonly authenticationFailed?: boolean;
  readonly responseStatus?: string;
  readonly responseText?: string;
  readonly serverResponseCode?: string;
  /** nodemailer */
  readonly responseCode?: number;
  readonly response?: string;
};

const tlsCodes =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS_CERT_ALTNAME_INVALID|WRONG_VERSION|EPROTO/;

/** What is wrong with TLS, in the words of OpenSSL; nodemailer puts a code of its own in place of theirs. */
function tlsTrouble({ code = '', message = '' }: Thrown): string | undefined {
  if (tlsCodes.test(code)) return code;
  return code === 'ESOCKET' && /certificate|wrong version number/i.test(message) ? message : undefined;
}

/** Translates whatever went wrong on a connection to a mail server. */
export function explain(error: unknown, server: { readonly host: string; readonly port: number }): Error {
  if (error instanceof SwitchboardError) return error;
  const thrown = error as Thrown;
  const place = `${server.host}:${server.port}`;
  const said = `${thrown.responseText ?? ''} ${thrown.response ?? ''} ${thrown.message ?? ''}`;
  if (/authenticated but not connected/i.test(said)) return notConnected(place, error);
  if (isThrottle(said, thrown)) {
    return new MailServerError('throttled', `${place} asks to wait`, 'Nothing: the hub tries again by itself.', error);
  }
  if (isRefusal(thrown)) return refusal(place, said, error);
  const tls = tlsTrouble(thrown);
  if (tls !== undefined) return untrusted(place, tls, error);
  if (thrown.responseStatus === 'NO' || thrown.responseStatus === 'BAD') return declined(place, thrown, said);
  return new MailServerError(
    'unreachable',
    `${place} cannot be reached (${thrown.code ?? 'connection lost'})`,
    'Check host, port and kind of encryption, and that the hub may connect to it. The hub tries again by itself.',
    error,
  );
}

function isThrottle(said: string, { serverResponseCode, responseCode }: Thrown): boolean {
  if (serverResponseCode === 'THROTTLED' || serverResponseCode === 'UNAVAILABLE' || serverResponseCode === 'INUSE')
    return true;
  return (
    responseCode === 421 || responseCode === 454 || /too many (simultaneous )?connections|try again later/i.test(said)
  );
}

function isRefusal({ authenticationFailed, code, responseCode }: Thrown): boolean {
  return authenticationFailed === true || code === 'EAUTH' || responseCode === 535;
}

/** An answer of an IMAP server that is there and does not do what it is asked. */
function declined(place: string, thrown: Thrown, said: string): MailServerError {
  const code = thrown.serverResponseCode ?? '';
  if (code === 'OVERQUOTA' || /quota|no space|disk (is )?full/i.test(said)) {
    return new MailServerError(
      'full',
      `${place} has no room left for this mailbox (${code || 'disk full'})`,
      'Delete mail in the mailbox, or have its quota raised.',
      thrown,
    );
  }
  return new MailServerError(
    'declined',
    `${place} declines: ${code || (thrown.responseText ?? 'no reason given').slice(0, 200)}`,
    'The hub tries again by itself; if it stays so, ask the provider of the mailbox.',
    thrown,
  );
}

function notConnected(place: string, cause: unknown): MailServerError {
  return new MailServerError(
    'not-connected',
    `${place} accepts the sign-in, but not for this mailbox ("User is authenticated but not connected")`,
    'Somebody else has signed in, typically the admin who gave consent, or it is a shared mailbox without rights: sign in as the mailbox itself, or give the account full access to it in Exchange.',
    cause,
  );
}

function refusal(place: string, said: string, cause: unknown): MailServerError {
  const isOff =
    /SmtpClientAuthentication is disabled|basic authentication is disabled|authentication (is )?disabled|application-specific|app password/i;
  const remedy = isOff.test(said)
    ? 'The provider takes no plain password here: use the sign-in with Google or Microsoft or an app password, or have IMAP and SMTP AUTH switched on for the mailbox.'
    : 'Enter the user name and password again, or sign in again. Providers with two-factor sign-in want an app password.';
  return new MailServerError('credentials', `${place} refuses the credentials`, remedy, cause);
}

function untrusted(place: string, trouble: string, cause: unknown): MailServerError {
  const isProtocol = /EPROTO|wrong.version/i.test(trouble);
  return new MailServerError(
    'certificate',
    isProtocol
      ? `${place} does not speak TLS there (${trouble})`
      : `The certificate of ${place} cannot be trusted (${trouble})`,
    isProtocol
      ? 'Choose the other kind of encryption: TLS from the first byte is usual on 993 and 465, STARTTLS on 143 and 587.'
      : 'Use the name that the certificate carries as the host, have it renewed, or add the certificate authority of your own network to the mailbox.',
    cause,
  );
}
