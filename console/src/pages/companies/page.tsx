import { useParams } from '@tanstack/react-router';
import { RecordPage } from '../records/page.tsx';

export function CompanyPage() {
  const { id } = useParams({ from: '/$tenant/companies/$id' });
  return <RecordPage key={id} object="company" id={id} />;
}
