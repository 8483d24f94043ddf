import { Text } from '@mantine/core';

/** An empty list says so in a line. */
export function Nothing({ children }: { readonly children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}
