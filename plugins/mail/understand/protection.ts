import type { Protection } from './understood.ts';
import { walkParts } from './mime/find.ts';
import type { Part } from './mime/tree.ts';

/** Whether the message is signed or encrypted. Nothing is verified or opened: the parts stay as they came. */
export function protectionOf(root: Part, text: string): Protection {
  for (const part of walkParts(root)) {
    const found = byType(part);
    if (found !== 'none') return found;
  }
  if (/^-----BEGIN PGP MESSAGE-----/m.test(text)) return 'pgp-encrypted';
  return /^-----BEGIN PGP SIGNED MESSAGE-----/m.test(text) ? 'pgp-signed' : 'none';
}

function byType(part: Part): Protection {
  const protocol = part.typeParameters.get('protocol')?.toLowerCase() ?? '';
  switch (part.type) {
    case 'multipart/encrypted':
      return 'pgp-encrypted';
    case 'application/pgp-encrypted':
      return 'pgp-encrypted';
    case 'multipart/signed':
      return protocol.includes('pgp') ? 'pgp-signed' : 'smime-signed';
    case 'application/pkcs7-mime':
    case 'application/x-pkcs7-mime': {
      const kind = part.typeParameters.get('smime-type')?.toLowerCase() ?? '';
      return kind === 'signed-data' ||
        kind === 'signed-receipt' ||
        /\.p7s$/i.test(part.typeParameters.get('name') ?? '')
        ? 'smime-signed'
        : 'smime-encrypted';
    }
    default:
      return 'none';
  }
}
