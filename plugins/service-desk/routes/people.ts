import { bodyOf, type MemberRoute, queryOf } from '@switchboard/core/contract';
import { z } from 'zod';
import { makeLocation, makePerson } from '../people/make.ts';
import { detailsBehind, labelOf } from '../records/named.ts';
import { demandChange } from '../rights.ts';
import { authorOf, type Context } from '../services.ts';
import { id, requestId, shortText, someText } from './shapes.ts';

const newPerson = z
  .strictObject({
    requestId,
    firstName: shortText.default(''),
    lastName: shortText.default(''),
    email: z.union([z.literal(''), z.email('must be an e-mail address').max(200)]).default(''),
    number: z.string().max(60).default(''),
    callId: id.optional(),
    companyId: id.optional(),
    locationId: id.optional(),
  })
  .refine(({ firstName, lastName }) => firstName !== '' || lastName !== '', {
    path: ['lastName'],
    message: 'must not be empty',
  });

const newLocation = z.strictObject({
  requestId,
  name: someText,
  street: shortText.default(''),
  postcode: shortText.default(''),
  city: shortText.default(''),
  companyId: id.optional(),
});

/** The fields of the record that parts of the form are written to. */
const personFields = {
  firstName: 'name',
  lastName: 'name',
  email: 'emails',
  number: 'phones',
  companyId: 'companyId',
  locationId: 'locationId',
};
const locationFields = {
  name: 'name',
  street: 'siteAddress',
  postcode: 'siteAddress',
  city: 'siteAddress',
  companyId: 'companyId',
};

function writtenOf(fields: Readonly<Record<string, string>>, form: Readonly<Record<string, unknown>>): string[] {
  const filled = Object.entries(fields).filter(([part]) => (form[part] ?? '') !== '');
  return [...new Set(filled.map(([, field]) => field))];
}

const MOST_FOUND = 8;

export const peopleRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'POST',
    path: '/people',
    summary: 'Makes a person, such as the one who is on the line',
    async handle(context, request) {
      const wanted = bodyOf(newPerson, request);
      await demandChange(request, 'person', writtenOf(personFields, wanted));
      if (wanted.callId !== undefined) await demandChange(request, 'phoneCall', ['personId']);
      return { body: await makePerson(context, { author: authorOf(request), crm: request.crm }, wanted) };
    },
  },
  {
    method: 'POST',
    path: '/locations',
    summary: 'Makes a location',
    async handle(context, request) {
      const wanted = bodyOf(newLocation, request);
      await demandChange(request, 'location', writtenOf(locationFields, wanted));
      return { body: await makeLocation(context, { author: authorOf(request), crm: request.crm }, wanted) };
    },
  },
  {
    method: 'GET',
    path: '/find',
    summary: 'Records to choose from while typing (?object=location&text=…)',
    async handle(_context, request) {
      const { object, text } = queryOf(
        z.object({
          object: z.enum(['person', 'location', 'company', 'asset', 'contract', 'serviceCase']),
          text: z.string().max(100),
        }),
        request,
      );
      const found = await request.crm.search(text, { objects: [object], limit: MOST_FOUND });
      const records = found.map(({ record }) => record);
      const detailOf = await detailsBehind(request.crm, records);
      const shown = records.map((record) => ({
        id: record.id,
        name: labelOf(object, record),
        detail: detailOf(record),
      }));
      return { body: { found: shown } };
    },
  },
];
