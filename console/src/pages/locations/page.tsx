import { useParams } from '@tanstack/react-router';
import { RecordPage } from '../records/page.tsx';
import { MalfunctionsHere } from './malfunctions-here.tsx';

export function LocationPage() {
  const { id } = useParams({ from: '/$tenant/locations/$id' });
  return (
    <RecordPage key={id} object="location" id={id}>
      <MalfunctionsHere locationId={id} />
    </RecordPage>
  );
}
