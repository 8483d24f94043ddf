import { randomUUID } from 'node:crypto';
import { createTwentyClient, signIn } from '@switchboard/sandbox/demo';
import { TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { sql } from 'kysely';
import { generate } from 'otplib';
import { authorizeAtTwenty, type Browser, type Login, openBrowser } from './browser.ts';

export const ADMIN: Login = { email: 'admin@example.com', password: 'password-1' };

export interface Person extends Login {
  readonly workspaceMemberId: string;
}

/** A workspace with people who sign in to the console. */
export interface Desk {
  readonly join: (roleLabel?: string, firstName?: string) => Promise<Person>;
  readonly browser: (userAgent?: string) => Browser;
  /** A browser in which this person has signed in. */
  readonly signedIn: (login: Login, browser?: Browser) => Promise<Browser>;
  /** Ada makes a second factor in Twenty. @returns the login with the codes */
  readonly enrol: (login: Login) => Promise<Login>;
  /** A question to Twenty as this person. */
  readonly inTwenty: (login: Login, query: string, variables?: object) => Promise<Record<string, never>>;
  readonly roleId: (label: string) => Promise<string>;
  /** Time passes for one table of the hub: its column is set back. */
  readonly age: (table: string, column: string, interval: string) => Promise<void>;
}

export const path = (rest: string, tenant = TEST_TENANT): string => `/console/v1/tenants/${tenant}${rest}`;

export function openDesk(hub: TestHub): Desk {
  const browser = (userAgent?: string) => openBrowser(hub.url, userAgent);
  return {
    async join(roleLabel = 'Member', firstName = 'Pat') {
      const login = { email: `${firstName.toLowerCase()}-${randomUUID()}@example.com`, password: 'password-1' };
      const { workspaceMemberId } = await hub.twenty.createMember({
        workspaceId: hub.workspaceId,
        firstName,
        lastName: 'Example',
        roleLabel,
        ...login,
      });
      return { ...login, workspaceMemberId };
    },
    browser,
    async signedIn(login, one = browser()) {
      const { location = '' } = await one.go(`${hub.url}/auth/sign-in?workspace=${TEST_TENANT}`);
      const back = await one.go(await authorizeAtTwenty(location, login));
      if (back.location !== '/console') throw new Error(`Signing in ended at ${back.location}`);
      return one;
    },
    async enrol(login) {
      const twenty = createTwentyClient(hub.twenty.url, await signIn(hub.twenty.url, login));
      const { initiateOTPProvisioningForAuthenticatedUser: begun } = (await twenty.metadata(
        'mutation{initiateOTPProvisioningForAuthenticatedUser{uri}}',
      )) as { initiateOTPProvisioningForAuthenticatedUser: { uri: string } };
      const secret = new URL(begun.uri).searchParams.get('secret') ?? '';
      const otp = async () => await generate({ secret });
      await twenty.metadata(
        'mutation($otp:String!){verifyTwoFactorAuthenticationMethodForAuthenticatedUser(otp:$otp){success}}',
        { otp: await otp() },
      );
      return { ...login, otp };
    },
    inTwenty: async (login, query, variables = {}) =>
      (await createTwentyClient(hub.twenty.url, await signIn(hub.twenty.url, login)).metadata(
        query,
        variables,
      )) as never,
    async roleId(label) {
      const { getRoles } = (await hub.crm.metadata('{getRoles{id label}}')) as {
        getRoles: { id: string; label: string }[];
      };
      return String(getRoles.find((role) => role.label === label)?.id);
    },
    age: async (table, column, interval) => {
      const [name, time] = [sql.table(table), sql.ref(column)];
      await sql`update ${name} set ${time} = ${time} - ${interval}::interval`.execute(hub.hub.database.db);
    },
  };
}
