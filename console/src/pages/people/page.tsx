import { useParams } from '@tanstack/react-router';
import { RecordPage } from '../records/page.tsx';

export function PersonPage() {
  const { id } = useParams({ from: '/$tenant/people/$id' });
  return <RecordPage key={id} object="person" id={id} />;
}
