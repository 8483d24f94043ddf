import { Alert, Text } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useTexts } from '../texts/index.ts';

/** What a member wanted to confirm in Twenty came to nothing: said on the page where it was asked for. */
export function RefusedNote() {
  const { signIn, common } = useTexts();
  const navigate = useNavigate();
  const { pathname, search } = useRouterState({ select: ({ location }) => location });
  const { refused } = search as { readonly refused?: unknown };
  const words = typeof refused === 'string' && Object.hasOwn(signIn.refusals, refused) && signIn.refusals[refused];
  if (!words) return undefined;
  const [title, hint] = words;
  return (
    <Alert
      mb="lg"
      color="red"
      variant="light"
      icon={<IconShieldX aria-hidden />}
      title={title}
      role="alert"
      className="note"
      withCloseButton
      closeButtonLabel={common.close}
      onClose={() => void navigate({ to: pathname, search: {}, replace: true })}
    >
      <Text size="sm">{hint}</Text>
    </Alert>
  );
}
