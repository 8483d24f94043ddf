import { Button, Menu } from '@mantine/core';
import { IconTemplate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Template, templatesQuery } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';

/** The templates of the workspace; nothing where there are none. */
export function TemplateMenu({ onChoose }: { readonly onChoose: (template: Template) => void }) {
  const { mail } = useTexts();
  const { data } = useQuery(templatesQuery(useTenant()));
  if (data === undefined || data.templates.length === 0) return undefined;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconTemplate size={15} aria-hidden />}>
          {mail.template}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} className="scrolls">
        <Menu.Label>{mail.templateChoose}</Menu.Label>
        {data.templates.map((template) => (
          <Menu.Item key={template.id} onClick={() => onChoose(template)}>
            {template.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
