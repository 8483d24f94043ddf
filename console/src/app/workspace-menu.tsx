import { Button, Menu } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../api/session.ts';
import { signInAddress, workspacesQuery } from '../api/sign-in.ts';
import { useTexts } from '../texts/index.ts';

/** Which workspace this is, and the way to the others without signing out. */
export function WorkspaceMenu() {
  const { shell } = useTexts();
  const { tenant } = useSession();
  const { data = [] } = useQuery(workspacesQuery);
  const others = data.filter(({ slug }) => slug !== tenant.slug);
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          rightSection={<IconSelector size={16} aria-hidden />}
          className="plain"
        >
          <span className="visually-hidden">{shell.workspace}: </span>
          {tenant.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{shell.workspace}</Menu.Label>
        <Menu.Item leftSection={<IconCheck size={16} aria-hidden />} component="a" href={`/console/${tenant.slug}`}>
          {tenant.name}
        </Menu.Item>
        {others.map(({ slug, name, isSignedIn }) => (
          <Menu.Item
            key={slug}
            leftSection={<span className="icon-space" />}
            component="a"
            href={isSignedIn ? `/console/${slug}` : signInAddress(slug)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} component="a" href="/console/sign-in">
          {shell.addWorkspace}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
