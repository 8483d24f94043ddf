import { createTwentyClient } from './twenty-client.ts';

/** Signs a member in with a password, as Twenty's own front end does. @returns the access token, good for 30 minutes */
export async function signIn(
  url: string,
  member: { readonly email: string; readonly password: string },
): Promise<string> {
  const anonymous = createTwentyClient(url, undefined);
  const first = (await anonymous.metadata(
    `mutation Login($email: String!, $password: String!, $origin: String!) {
      getLoginTokenFromCredentials(email: $email, password: $password, origin: $origin) { loginToken { token } }
    }`,
    { ...member, origin: url },
  )) as { getLoginTokenFromCredentials: { loginToken: { token: string } } };
  const second = (await anonymous.metadata(
    `mutation Tokens($loginToken: String!, $origin: String!) {
      getAuthTokensFromLoginToken(loginToken: $loginToken, origin: $origin) {
        tokens { accessOrWorkspaceAgnosticToken { token } }
      }
    }`,
    { loginToken: first.getLoginTokenFromCredentials.loginToken.token, origin: url },
  )) as { getAuthTokensFromLoginToken: { tokens: { accessOrWorkspaceAgnosticToken: { token: string } } } };
  return second.getAuthTokensFromLoginToken.tokens.accessOrWorkspaceAgnosticToken.token;
}
