import { Button, Center } from '@mantine/core';
import { useTexts } from '../texts/index.ts';

interface MoreProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}

/** The next page of a list, when there is one. */
export function MoreButton({ query }: MoreProps) {
  const { common } = useTexts();
  if (!query.hasNextPage) return undefined;
  return (
    <Center>
      <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {common.showMore}
      </Button>
    </Center>
  );
}
