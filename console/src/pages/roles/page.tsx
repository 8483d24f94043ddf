import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { matrixQuery, type Role } from '../../api/roles.ts';
import { useMay, useTenant } from '../../api/session.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { useTexts } from '../../texts/index.ts';
import { ChangeLog } from './change-log.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { ObjectRights } from './object-rights.tsx';
import { RoleDrawer } from './role-drawer.tsx';

/** What each role may do in the hub, what it may read in Twenty, who has it. */
export function RolesPage() {
  const { roles } = useTexts();
  const query = useQuery(matrixQuery(useTenant()));
  const may = useMay();
  const [shown, setShown] = useState<Role>();
  return (
    <Page title={roles.title} intro={roles.intro}>
      <Loaded query={query}>
        {(matrix) => (
          <>
            <MatrixTable key={matrix.version} matrix={matrix} onShow={setShown} />
            <ObjectRights matrix={matrix} />
            {may('audit.see') && <ChangeLog />}
            {shown !== undefined && (
              <RoleDrawer role={shown} roles={matrix.roles} onClose={() => setShown(undefined)} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
