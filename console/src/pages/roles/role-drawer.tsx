import { Button, Drawer, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changeRole, type Member, type Role, roleMembersQuery, viewAs } from '../../api/roles.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

interface RoleDrawerProps {
  readonly role: Role;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
}

/** Who has a role, and what can be done about it. */
export function RoleDrawer({ role, roles, onClose }: RoleDrawerProps) {
  const { roles: words, common } = useTexts();
  const tenant = useTenant();
  const session = useSession();
  const query = useQuery(roleMembersQuery(tenant, role.id));
  const [changing, setChanging] = useState<Member>();
  const view = useDeed({
    act: () => viewAs(tenant, role.id),
    touches: ['session'],
    // Everything looks otherwise now: the pages begin anew.
    onDone: () => window.location.assign(`/console/${tenant}`),
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={role.label}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack gap="lg">
        {role.description !== '' && <Text size="sm">{role.description}</Text>}
        {role.id !== session.role.id && (
          <Group>
            <Button size="xs" variant="default" loading={view.isPending} onClick={() => view.mutate(undefined)}>
              {words.viewAs}
            </Button>
          </Group>
        )}
        <div>
          <Text fw={600} size="sm" mb="xs">
            {words.membersOf(role.label)}
          </Text>
          <Loaded query={query}>
            {(members) =>
              members.length === 0 ? (
                <Text size="sm" c="dimmed">
                  {words.noMembers}
                </Text>
              ) : (
                <Stack gap="sm">
                  {members.map((member) => (
                    <Line key={member.id} member={member} onChange={() => setChanging(member)} />
                  ))}
                </Stack>
              )
            }
          </Loaded>
        </div>
      </Stack>
      {changing !== undefined && (
        <ChangeRole
          member={changing}
          roles={roles.filter(({ id, isAssignable }) => isAssignable && id !== role.id)}
          onClose={() => setChanging(undefined)}
        />
      )}
    </Drawer>
  );
}

function Line({ member: { name, email }, onChange }: { readonly member: Member; readonly onChange: () => void }) {
  const { roles: words } = useTexts();
  return (
    <Group justify="space-between" wrap="nowrap">
      <div className="break">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {email}
        </Text>
      </div>
      <Button size="compact-xs" variant="default" onClick={onChange}>
        {words.changeRole}
        <span className="visually-hidden">: {name}</span>
      </Button>
    </Group>
  );
}

interface ChangeRoleProps {
  readonly member: Member;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
}

/** The hub keeps no token with anybody's rights: the change is confirmed at Twenty, and the browser comes back here. */
function ChangeRole({ member, roles, onClose }: ChangeRoleProps) {
  const { roles: words, common } = useTexts();
  const tenant = useTenant();
  const [chosen, setChosen] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: () => changeRole(tenant, member.id, chosen ?? '', `/console/${tenant}/roles`),
    onSuccess: ({ location }) => window.location.assign(location),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.changeRoleTitle(member.name)}
      centered
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack gap="md">
        <Text size="sm">{words.changeRoleText}</Text>
        <Select
          label={words.newRole}
          data={roles.map(({ id, label }) => ({ value: id, label }))}
          value={chosen}
          onChange={setChosen}
          data-autofocus
        />
        {change.isError && <ProblemNote error={change.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button disabled={chosen === null} loading={change.isPending} onClick={() => change.mutate()}>
            {words.confirmInTwenty}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
