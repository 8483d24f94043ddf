import type { CheckLine } from '../../contract/check.ts';
import type { TestCause, WebhookTest } from './state.ts';

export type LineOptions = {
  readonly publicUrl: string;
  /** Undefined when none was ever run. */
  readonly test: WebhookTest | undefined;
  /** Changes that only polling found since the last webhook, over all objects. */
  readonly missedByWebhooks: number;
};

const name = 'Webhooks';
/** One or two may be under way while somebody looks. */
const negligible = 2;

/** Whether Twenty's changes reach the hub, and what to do when they do not. Polling keeps the mirror fresh in any case. */
export function webhookLine({ publicUrl, test, missedByWebhooks }: LineOptions): CheckLine {
  const values = { url: publicUrl, hostname: new URL(publicUrl).hostname };
  const troubles = remedies(publicUrl);
  if (test?.state === 'lost') {
    const detail = `A test change in Twenty did not come back to ${publicUrl}; changes are noticed by polling.`;
    return { name, state: 'warning', detail, values, ...troubles[test.cause ?? 'silent'] };
  }
  if (missedByWebhooks > negligible) {
    const detail = `${missedByWebhooks} changes came by polling and not by webhook.`;
    const { remedy } = troubles.silent;
    return {
      name,
      state: 'warning',
      detail,
      remedy,
      code: 'webhooks.missed',
      values: { ...values, count: missedByWebhooks },
    };
  }
  if (test?.state === 'arrived') {
    const seconds = ((test.tookMs ?? 0) / 1000).toFixed(1);
    const detail = `Twenty reaches the hub at ${publicUrl}: a test change came back after ${seconds} s.`;
    return { name, state: 'ok', detail, code: 'webhooks.arrive', values: { ...values, seconds } };
  }
  if (test?.state === 'impossible') {
    const detail = 'Whether they arrive could not be tested.';
    return { name, state: 'warning', detail, values, ...troubles[test.cause ?? 'no-application'] };
  }
  const detail = 'Whether they arrive is being tested.';
  const remedy = 'check again in a minute; a worker of the hub must be running';
  return { name, state: 'off', detail, remedy, code: 'webhooks.being-tested' };
}

/** What to do, by what was found to be the cause. */
function remedies(publicUrl: string): Record<TestCause, { readonly code: string; readonly remedy: string }> {
  const { hostname } = new URL(publicUrl);
  return {
    private: {
      code: 'webhooks.private',
      remedy:
        `${hostname} is a private address, to which Twenty sends nothing by default: set OUTBOUND_HTTP_SAFE_MODE_ENABLED=false in ` +
        "Twenty's environment and restart it, and make sure that Twenty's machine or container reaches the hub under this address; " +
        'or give the hub a public address (PUBLIC_URL)',
    },
    unresolved: {
      code: 'webhooks.unresolved',
      remedy: `the name ${hostname} is not known: correct PUBLIC_URL, or enter the name in DNS`,
    },
    elsewhere: {
      code: 'webhooks.elsewhere',
      remedy: `the hub does not answer at ${publicUrl}/healthz: correct PUBLIC_URL or the proxy before the hub, and see that the web process runs`,
    },
    silent: {
      code: 'webhooks.silent',
      remedy: `let Twenty's server reach ${publicUrl}: its DNS, the firewall between, the certificate, and a proxy that lets POST /crm/webhooks pass`,
    },
    unsigned: {
      code: 'webhooks.unsigned',
      remedy:
        'requests arrive without the headers of Twenty: let the proxy before the hub pass x-twenty-webhook-signature, -timestamp and -nonce',
    },
    late: {
      code: 'webhooks.late',
      remedy:
        "requests arrive with a time that is minutes away from ours: set the clocks of Twenty's and the hub's machine by NTP",
    },
    wrong: {
      code: 'webhooks.wrong',
      remedy: 'requests arrive, but their signature does not fit: no proxy may change the body on the way',
    },
    'no-application': {
      code: 'webhooks.no-application',
      remedy: 'install the Switchboard app in this workspace: npm run crm:install',
    },
    permission: {
      code: 'webhooks.permission',
      remedy: 'give the role of the API key and of the Switchboard app the right to update call scripts in Twenty',
    },
  };
}
