import type { IssuedToken } from '../auth/tokens.ts';
import type { Server } from '../server.ts';
import type { StoredFile } from './files.ts';

type SignableFile = Pick<StoredFile, 'id' | 'workspaceId' | 'folder'>;

/** An address that gives the file to whoever has it, for a day. */
export async function downloadUrl(server: Server, file: SignableFile): Promise<string> {
  const { token } = await sign(server, 'FILE', file);
  return `${server.url()}/file/${file.folder}/${file.id}?token=${token}`;
}

/** The address the bytes are put to, for 15 minutes. */
export async function uploadUrl(server: Server, file: SignableFile): Promise<{ url: string; expiresAt: string }> {
  const { token, expiresAt } = await sign(server, 'FILE_UPLOAD', file);
  return { url: `${server.url()}/file-upload/${file.id}?token=${token}`, expiresAt };
}

function sign(server: Server, type: 'FILE' | 'FILE_UPLOAD', file: SignableFile): Promise<IssuedToken> {
  return server.tokens.sign({ type, sub: file.workspaceId, workspaceId: file.workspaceId, fileId: file.id });
}
