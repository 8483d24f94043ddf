import type { CheckLine } from '../../contract/check.ts';
import { switchboardApp } from '../app.ts';
import type { TwentyClient } from '../twenty/client.ts';
import { applicationsRequest, mintRequest } from '../twenty/operations.ts';
import { failedLine, ok } from './lines.ts';

const name = 'Switchboard app';

type Installed = { readonly id: string; readonly universalIdentifier: string; readonly version: string | null };

/** Whether our application is installed, and gives us a token. */
export async function checkApplication(
  client: TwentyClient,
  apiKey: string,
  signal: AbortSignal,
): Promise<{ readonly line: CheckLine; readonly applicationId: string | undefined }> {
  try {
    const { data } = await client.metadata(apiKey, applicationsRequest, signal);
    const installed = data['findManyApplications'] as readonly Installed[];
    const own = installed.find(({ universalIdentifier }) => universalIdentifier === switchboardApp);
    if (own === undefined) return { line: notInstalled, applicationId: undefined };
    await client.metadata(apiKey, mintRequest(own.id), signal);
    const version = own.version === null ? '' : `, version ${own.version}`;
    const finding = { code: 'app.installed', values: { version: own.version ?? '' } };
    return { line: ok(name, `Installed${version}; its token is used for records.`, finding), applicationId: own.id };
  } catch (error) {
    const remedy = 'give the API key the role Admin: it must be allowed to manage applications';
    return { line: failedLine(name, error, remedy, signal), applicationId: undefined };
  }
}

const notInstalled: CheckLine = {
  name,
  state: 'warning',
  detail: 'It is not installed in this workspace.',
  remedy: 'connect again with --install-app, or run npm run crm:install',
  code: 'app.not-installed',
};
