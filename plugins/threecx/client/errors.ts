import { RefusedError } from '@switchboard/core/contract';

/** 3CX answers 403: its role, its scopes or the licence of the PBX do not allow this to our client. */
export class NotPermittedError extends RefusedError {
  override readonly code = 'not-permitted';

  constructor(path: string) {
    super(`3CX does not allow ${path.split(/[?(]/)[0]} to the hub's client`, {
      remedy:
        'It needs an Enterprise licence, and a client with the role System Owner in a department of its own; see the checklist of the plugin.',
    });
  }
}
