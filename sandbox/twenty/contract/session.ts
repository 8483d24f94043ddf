import { value } from './answers.ts';
import type { Client, Reply } from './client.ts';

export const loginTokenOf = (client: Client, email: string, password: string, origin: string): Promise<Reply> =>
  client.metadata(
    'mutation($email:String!,$password:String!,$origin:String!){getLoginTokenFromCredentials(email:$email,password:$password,origin:$origin){loginToken{token expiresAt}}}',
    { email, password, origin },
  );

export const authTokensOf = (client: Client, loginToken: string, origin: string): Promise<Reply> =>
  client.metadata(
    'mutation($loginToken:String!,$origin:String!){getAuthTokensFromLoginToken(loginToken:$loginToken,origin:$origin){tokens{accessOrWorkspaceAgnosticToken{token expiresAt} refreshToken{token expiresAt}}}}',
    { loginToken, origin },
  );

export type IssuedToken = { token: string; expiresAt: string };
export type TokenPair = { accessOrWorkspaceAgnosticToken: IssuedToken; refreshToken: IssuedToken };

export const loginToken = (reply: Reply): IssuedToken => (value(reply) as { loginToken: IssuedToken }).loginToken;
export const tokenPair = (reply: Reply): TokenPair => (value(reply) as { tokens: TokenPair }).tokens;

/** Signs in with a password and answers the user's access token, which lives 30 minutes. */
export async function signIn(client: Client, email: string, password: string, origin: string): Promise<string> {
  const login = loginToken(await loginTokenOf(client, email, password, origin));
  return tokenPair(await authTokensOf(client, login.token, origin)).accessOrWorkspaceAgnosticToken.token;
}
