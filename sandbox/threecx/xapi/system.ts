import type { Row } from './odata/filter.ts';
import { shape } from './odata/query.ts';
import { ok, type Operation } from './odata/router.ts';
import type { XapiParts } from './parts.ts';

/** What the PBX is and may do. It answers without Enterprise too, so that a client can tell what is missing. */
export function systemOperations({ settings, directory, exchange }: XapiParts): Operation[] {
  const version = () => `${settings.current().version}.100`;
  const enterprise = () => settings.current().licence === 'Enterprise';
  const productCode = () => (enterprise() ? '3CXENT8' : '3CXPRO8');

  const parameters = () => ({
    Version: version(),
    FQDN: 'pbx.example.com',
    IsHosted: true,
    IsMulticompanyMode: false,
    IsTranscriptionEnabled: true,
    IsChatLogEnabled: true,
    HttpsPort: 443,
    Custom1Name: 'Custom 1',
    Custom2Name: 'Custom 2',
    License: {
      ProductCode: productCode(),
      IsEnterprise: enterprise(),
      IsProfessional: !enterprise(),
      IsCfdEnabled: enterprise(),
      MaxSimCalls: 8,
      IsMaintainceExpired: false,
      CountryCode: 'GB',
    },
  });

  const status = () => ({
    Id: 0,
    Version: version(),
    FQDN: 'pbx.example.com',
    Activated: true,
    LicenseActive: true,
    ProductCode: productCode(),
    MaxSimCalls: 8,
    ExtensionsTotal: directory.users.all().length,
    ExtensionsRegistered: directory.users.all().filter(({ IsRegistered }) => IsRegistered).length,
    TrunksTotal: directory.trunks.length,
    TrunksRegistered: directory.trunks.filter(({ IsOnline }) => IsOnline).length,
    CallsActive: exchange.calls().length,
    RecordingStopped: false,
    RecordingQuotaReached: false,
    IsRecordingArchiveEnabled: false,
    IsChatLogEnabled: true,
  });

  const licence = () => ({
    LicenseKey: 'XXXX-XXXX-XXXX-XXXX',
    Activated: true,
    LicenseActive: true,
    ActiveModules: enterprise() ? ['CallControl', 'Configuration'] : [],
    ProductCode: productCode(),
    MaxSimCalls: 8,
    ExpirationDate: '2030-01-01T00:00:00Z',
    Version: version(),
  });

  function singleton(path: string, entity: () => Row): Operation {
    return {
      method: 'GET',
      path,
      role: 'any',
      anyLicence: true,
      handle: ({ query }) => ok(shape(entity(), query, [])),
    };
  }

  return [
    singleton('/Defs', () => ({ Id: 0 })),
    singleton('/Defs/Pbx.GetSystemParameters()', parameters),
    singleton('/SystemStatus', status),
    singleton('/LicenseStatus', licence),
  ];
}
