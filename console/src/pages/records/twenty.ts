import { useSession } from '../../api/session.ts';

/** Where a record is in Twenty. @returns undefined while the workspace is not connected */
export function useTwentyLink(): (object: string, id: string) => string | undefined {
  const { crmUrl } = useSession().tenant;
  return (object, id) => (crmUrl === undefined ? undefined : `${crmUrl.replace(/\/$/, '')}/object/${object}/${id}`);
}
