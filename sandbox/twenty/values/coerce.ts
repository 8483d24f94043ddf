import { isObject } from '../records/arguments.ts';
import type { Member } from '../records/shape.ts';
import { ACTOR_SOURCES, type CompositePart } from './composites.ts';
import { coerceLinks } from './links.ts';
import { coercePhones } from './phones.ts';
import { blocksOfMarkdown, markdownOfBlocks } from './rich-text.ts';
import {
  checkBoolean,
  checkDate,
  checkDateTime,
  checkEmail,
  checkFiles,
  checkJson,
  checkNumber,
  checkNumeric,
  checkOption,
  checkOptions,
  checkPosition,
  checkText,
  checkTexts,
  checkUuid,
  invalidData,
  invalidObject,
} from './scalars.ts';

type Values = Readonly<Record<string, unknown>>;

/** Values to store by column name, for one field of a record that was sent. */
export function coerceField(member: Extract<Member, { kind: 'scalar' | 'composite' | 'key' }>, value: unknown): Values {
  if (member.kind === 'composite') return coerceComposite(member, value);
  return { [member.column.name]: value === null ? null : coerceScalar(member, value) };
}

function coerceScalar(member: Extract<Member, { kind: 'scalar' | 'key' }>, value: unknown): unknown {
  const { name, field } = member;
  const options = field.options?.map((option) => option.value) ?? [];
  if (member.kind === 'key') return checkUuid(name, value, 'data');
  switch (field.type) {
    case 'UUID':
      return checkUuid(name, value, 'data');
    case 'NUMBER':
      return checkNumber(name, value, 'data');
    case 'BOOLEAN':
      return checkBoolean(name, value, 'data');
    case 'DATE':
      return checkDate(name, value, 'data');
    case 'DATE_TIME':
      return checkDateTime(name, value, 'data');
    case 'SELECT':
    case 'RATING':
      return checkOption(name, value, options);
    case 'MULTI_SELECT':
      return checkOptions(name, value, options);
    case 'ARRAY':
      return checkTexts(name, value);
    case 'RAW_JSON':
      return checkJson(name, value);
    case 'FILES':
      return checkFiles(name, value);
    case 'POSITION':
      return checkPosition(name, value);
    default:
      return checkText(name, value, 'data') === '' && field.isNullable ? null : value;
  }
}

function coerceComposite(member: Extract<Member, { kind: 'composite' }>, value: unknown): Values {
  // null for a whole composite changes nothing (Twenty 2.21, measured on PHONES).
  if (value === null) return {};
  const { name, field } = member;
  if (!isObject(value)) throw invalidObject(name, value);
  for (const part of Object.keys(value)) {
    if (member.parts.some((known) => known.part.name === part)) continue;
    const kind = field.type.toLowerCase().replace('_', ' ');
    throw invalidData(`Invalid subfield ${part} for ${kind} field "${name}"`, `Invalid value for ${kind}.`);
  }
  const parts = coerceParts(member, value);
  const byColumn = member.parts.flatMap(({ part, column }) =>
    parts[part.name] === undefined ? [] : [[column.name, parts[part.name]]],
  );
  return Object.fromEntries(byColumn);
}

function coerceParts(member: Extract<Member, { kind: 'composite' }>, value: Record<string, unknown>): Values {
  switch (member.field.type) {
    case 'PHONES':
      return coercePhones(member.name, value);
    case 'LINKS':
      return coerceLinks(member.name, value);
    case 'EMAILS':
      return coerceEmails(member, value);
    case 'RICH_TEXT':
      return coerceRichText(checkParts(member, value));
    default:
      return checkParts(member, value);
  }
}

/** Additional addresses alone erase the primary one; the primary one alone keeps the others (Twenty 2.21, measured). */
function coerceEmails(member: Extract<Member, { kind: 'composite' }>, value: Record<string, unknown>): Values {
  const { primaryEmail = null, additionalEmails } = checkParts(member, value);
  const name = `${member.name}.additionalEmails`;
  const others = Array.isArray(additionalEmails)
    ? additionalEmails.map((item) => checkEmail(name, item))
    : additionalEmails;
  return { primaryEmail, ...(others !== undefined && { additionalEmails: others }) };
}

function coerceRichText(parts: Values): Values {
  const { markdown, blocknote } = parts;
  if (typeof markdown === 'string') return { markdown, blocknote: blocknote ?? blocksOfMarkdown(markdown) };
  if (typeof blocknote === 'string') return { blocknote, markdown: markdownOfBlocks(blocknote) };
  return parts;
}

function checkParts(member: Extract<Member, { kind: 'composite' }>, value: Record<string, unknown>): Values {
  const checked = member.parts.flatMap(({ part }) => {
    const sent = value[part.name];
    return sent === undefined ? [] : [[part.name, checkPart(`${member.name}.${part.name}`, part, sent)]];
  });
  return Object.fromEntries(checked);
}

function checkPart(name: string, part: CompositePart, value: unknown): unknown {
  if (value === null || value === '') return null;
  switch (part.kind) {
    case 'number':
      return part.name === 'amountMicros'
        ? Math.trunc(checkNumeric(name, value, 'data'))
        : checkNumeric(name, value, 'data');
    case 'uuid':
      return checkUuid(name, value, 'data');
    case 'actorSource':
      return checkOption(name, value, ACTOR_SOURCES);
    case 'email':
      return checkEmail(name, value);
    case 'json':
      return checkJson(name, value);
    case 'list': {
      const list = checkJson(name, value);
      return Array.isArray(list) && list.length === 0 ? null : list;
    }
    default:
      return checkText(name, value, 'data');
  }
}
