import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDoorExit, IconLogout } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Problem } from '../api/client.ts';
import { signOut, useSession } from '../api/session.ts';
import { useTexts } from '../texts/index.ts';
import { AppearanceItems, LanguageItems } from './preferences.tsx';

export function AccountMenu() {
  const { shell } = useTexts();
  const { member, role, tenant } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: async (everywhere: boolean) => {
      try {
        await signOut(tenant.slug, everywhere);
      } catch (error) {
        // Signed out already.
        if (!(error instanceof Problem) || error.status !== 401) throw error;
      }
    },
    onError: () => notifications.show({ message: shell.stillSignedIn, color: 'red', autoClose: 10_000 }),
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: { out: true, workspace: tenant.slug } });
      queries.clear();
    },
  });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className="account">
          <span className="visually-hidden">
            {shell.account}: {member.name}
          </span>
          <Avatar radius="xl" size={34} color="brand" name={member.name} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="who">
          <Text size="sm" fw={600}>
            {member.name}
          </Text>
          <Text size="xs" c="dimmed">
            {member.email}
          </Text>
          <Text size="xs" c="dimmed">
            {role.label}
          </Text>
        </div>
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <AppearanceItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => leave.mutate(false)}>
          {shell.signOut}
        </Menu.Item>
        <Menu.Item leftSection={<IconDoorExit size={16} aria-hidden />} onClick={() => leave.mutate(true)}>
          {shell.signOutEverywhere}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
