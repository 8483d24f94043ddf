import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Matrix, matrixQuery, type Role } from '../../api/roles.ts';
import { useMay, useTenant } from '../../api/session.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { useTexts } from '../../texts/index.ts';
import { ChangeLog } from './change-log.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { ObjectRights } from './object-rights.tsx';
import { RoleDrawer } from './role-drawer.tsx';
import { useShownRoles } from './shown-roles.tsx';

/** What each role may do in the hub, what in Twenty, who has it. */
export function RolesPage() {
  const { roles } = useTexts();
  const query = useQuery(matrixQuery(useTenant()));
  return (
    <Page title={roles.title} intro={roles.intro}>
      <Loaded query={query}>{(matrix) => <Matrices matrix={matrix} />}</Loaded>
    </Page>
  );
}

function Matrices({ matrix }: { readonly matrix: Matrix }) {
  const may = useMay();
  const { shown, picker } = useShownRoles(matrix.roles);
  const [opened, setOpened] = useState<Role>();
  return (
    <>
      {picker}
      <MatrixTable key={matrix.version} matrix={matrix} shown={shown} onShow={setOpened} />
      <ObjectRights matrix={matrix} shown={shown} />
      {may('audit.see') && <ChangeLog />}
      {opened !== undefined && <RoleDrawer role={opened} roles={matrix.roles} onClose={() => setOpened(undefined)} />}
    </>
  );
}
