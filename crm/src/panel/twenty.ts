import { v4 as newId } from 'uuid';

/**
 * Makes a case in Twenty and links the call with it, as the member: the role in Twenty decides whether that is allowed.
 *
 * @param fields of a `serviceCase`, as Twenty's API takes them
 * @returns the id of the case; undefined when Twenty refused
 */
export async function openCase(fields: Readonly<Record<string, unknown>>, callId: string): Promise<string | undefined> {
  const id = newId();
  const query = `mutation OpenCase($case: ServiceCaseCreateInput!, $call: UUID!, $link: PhoneCallUpdateInput!) {
    createServiceCase(data: $case) { id }
    updatePhoneCall(id: $call, data: $link) { id }
  }`;
  const variables = { case: { ...fields, id }, call: callId, link: { serviceCaseId: id } };
  try {
    const response = await fetch(`${process.env['TWENTY_API_URL'] ?? ''}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${process.env['TWENTY_APP_ACCESS_TOKEN'] ?? ''}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data } = (await response.json()) as { data?: { createServiceCase?: { id: string } | null } | null };
    return data?.createServiceCase?.id;
  } catch {
    return undefined;
  }
}
