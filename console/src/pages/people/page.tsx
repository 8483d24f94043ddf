import { Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { RecordPage } from '../records/page.tsx';
import { EraseSaid } from './erase-said.tsx';

export function PersonPage() {
  const { id } = useParams({ from: '/$tenant/people/$id' });
  return (
    <Stack gap="lg">
      <RecordPage key={id} object="person" id={id} />
      <EraseSaid personId={id} />
    </Stack>
  );
}
