import { createTwentyClient, signIn } from '@switchboard/sandbox/demo';

export interface TwentyLogin {
  /** Of Twenty. */
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

/** The token that Twenty gives to a front component of our application in this member's browser. */
export async function frontComponentToken({ url, ...login }: TwentyLogin): Promise<string> {
  const twenty = createTwentyClient(url, await signIn(url, login));
  const { frontComponents } = (await twenty.metadata('{ frontComponents { id name } }')) as {
    frontComponents: readonly { readonly id: string; readonly name: string }[];
  };
  const own = frontComponents.find(({ name }) => name.startsWith('switchboard-panel'));
  const { frontComponent } = (await twenty.metadata(
    'query Token($id: UUID!) { frontComponent(id: $id) { applicationTokenPair { applicationAccessToken { token } } } }',
    { id: own?.id },
  )) as { frontComponent: { applicationTokenPair: { applicationAccessToken: { token: string } } } };
  return frontComponent.applicationTokenPair.applicationAccessToken.token;
}
