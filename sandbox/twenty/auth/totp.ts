import { generateSecret, generateURI, verify } from 'otplib';

/** One step of 30 s before and after the current one is accepted, as phones' clocks drift. */
const TOLERANCE_SECONDS = 30;

export function newTotpSecret(): string {
  return generateSecret();
}

/** The text of the QR code. Twenty names the issuer after the workspace (2.21, measured). */
export function totpUri(secret: string, workspaceName: string, email: string): string {
  const issuer = `Twenty - ${workspaceName}`;
  const uri = generateURI({ issuer, label: email, secret });
  const query = new URLSearchParams({ secret, period: '30', digits: '6', algorithm: 'SHA1' });
  return `${uri.split('?')[0]}?${query.toString()}&issuer=${encodeURIComponent(issuer)}`;
}

export async function totpMatches(otp: string, secret: string, now: Date): Promise<boolean> {
  if (!/^\d{6}$/.test(otp)) return false;
  const epoch = Math.floor(now.getTime() / 1000);
  const { valid } = await verify({ token: otp, secret, epoch, epochTolerance: TOLERANCE_SECONDS });
  return valid;
}
