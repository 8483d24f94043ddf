/** A token as its issuer gave it. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface SharedToken extends IssuedToken {
  readonly issuedAt: Date;
}

export interface TokenRequest {
  /** Names the account too, so that other credentials never meet the token of the ones before. */
  readonly name: string;
  readonly issue: (signal: AbortSignal) => Promise<IssuedToken>;
  /** The token that the vendor did not accept. */
  readonly refused?: string | undefined;
}

/**
 * Tokens that all processes of the hub share, for vendors that allow one at a time: making a new one ends the one before. Kept
 * encrypted; they belong to (tenant, plugin).
 */
export interface SharedTokens {
  /**
   * The token in force. A new one is issued only when there is none, when it is about to expire, or when it is the very one that the
   * vendor has refused; never twice at a time, whatever process asks.
   */
  readonly use: (request: TokenRequest) => Promise<SharedToken>;
}
