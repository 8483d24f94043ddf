/** The Twenty server that the suite runs against. */
export type Target = {
  /** Origin of the server, without a trailing slash. */
  url: string;
  /** Key of a role that may change objects, roles, webhooks and applications. */
  apiKey: string;
  /** Unlocks what needs a user: login, OAuth, API keys of other roles. */
  admin: { email: string; password: string } | undefined;
  /**
   * The workspace exists for this run only, so tests may change the admin's two-factor method, enforce it for everybody
   * and register OAuth clients that Twenty cannot delete. True for the stand-in; a real server opts in.
   */
  expendable: boolean;
};

/** The real server named by the environment, or undefined: then the stand-in is started. */
export function targetFromEnvironment(env: NodeJS.ProcessEnv = process.env): Target | undefined {
  const url = env['TWENTY_URL']?.replace(/\/+$/, '');
  const apiKey = env['TWENTY_API_KEY'];
  if (!url && !apiKey) return undefined;
  if (!url || !apiKey) throw new Error('Set both TWENTY_URL and TWENTY_API_KEY, or neither to test the stand-in.');
  const email = env['TWENTY_ADMIN_EMAIL'];
  const password = env['TWENTY_ADMIN_PASSWORD'];
  const admin = email && password ? { email, password } : undefined;
  return { url, apiKey, admin, expendable: env['TWENTY_EXPENDABLE'] === '1' };
}
