/** What a server said when it did not take a mail, or what happened to the connection. */
export type Answer = {
  /** Enhanced code such as `5.1.1`, else the reply code; empty when the server said nothing. */
  readonly code: string;
  /** For the author, one line. */
  readonly text: string;
  /** Whether trying again makes no sense. */
  readonly isFinal: boolean;
};

/** The errors of the SMTP library, as far as they are read here. */
export type SmtpFailure = Error & {
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly recipient?: string | undefined;
  readonly rejectedErrors?: readonly SmtpFailure[] | undefined;
};

/** Commands about this very mail. A refusal of the others is about the connection or the account, and passes when somebody repairs it. */
const aboutTheMail = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
/** The server lost its thread; the same commands work in a new connection. */
const BAD_SEQUENCE = 503;

export function answerOf(failure: SmtpFailure): Answer {
  const { responseCode = 0, response = '', command = '', code = '' } = failure;
  // Found by the library itself, from what the server announced.
  const isTooBig = code === 'EMESSAGE' && responseCode === 0 && command === 'MAIL FROM';
  if (isTooBig) return { code: '5.3.4', text: 'The mail is larger than the server takes.', isFinal: true };
  const isFinal = responseCode >= 500 && responseCode !== BAD_SEQUENCE && aboutTheMail.has(command);
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return {
    code: enhanced ?? (responseCode === 0 ? '' : String(responseCode)),
    text: oneLine(response === '' ? connectionText(failure) : response),
    isFinal,
  };
}

const connectionTexts: Readonly<Record<string, string>> = {
  EDNS: 'The name of the mail server is not known.',
  ECONNECTION: 'The connection to the mail server broke.',
  ESOCKET: 'The mail server cannot be reached.',
  ETIMEDOUT: 'The mail server did not answer in time.',
  ETLS: 'No secure connection to the mail server could be made.',
  EAUTH: 'The mail server did not accept the sign-in.',
  EENVELOPE: 'An address cannot be handed to this mail server.',
};

function connectionText({ code = '' }: SmtpFailure): string {
  return connectionTexts[code] ?? 'The connection to the mail server failed.';
}

const LONGEST_TEXT = 500;

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
}
