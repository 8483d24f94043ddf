import type { PanelObject } from '@switchboard/crm/panel';
import type { CrmReader, CrmRecord } from '../contract/index.ts';
import type { RoleView } from '../crm/index.ts';

/** The record beside which the panel stands, and what its viewer may see. */
export type Page = {
  readonly tenantId: string;
  /** ISO 3166-1 alpha-2, for numbers without a country code. */
  readonly country: string;
  readonly object: PanelObject;
  readonly id: string;
  readonly view: RoleView;
  /** The mirror as the viewer's role sees it. */
  readonly reader: Pick<CrmReader, 'get' | 'findBy'>;
  /** The record itself, as far as it may be read; undefined until the mirror has it. */
  readonly own: CrmRecord | undefined;
};
