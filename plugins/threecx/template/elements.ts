/** Building blocks of a CRM template, in the shape that XMLBuilder writes: `@` marks attributes, `#text` the content. */

export type Element = Readonly<Record<string, unknown>>;

const AUTHORISATION = {
  Value: { '@Key': 'Authorization', '@Passes': '0', '@Type': 'String', '#text': 'Bearer [ApiKey]' },
};

/** A field of a posted body: its name, the expression that fills it, and how often 3CX evaluates that. */
export type PostValue = readonly [key: string, expression: string, passes: string];

/** @param url may hold expressions such as `[Number]` */
export function getRequest(url: string): Element {
  return {
    '@SkipIf': '',
    '@Url': url,
    '@MessagePasses': '0',
    '@RequestContentType': '',
    '@RequestEncoding': 'UrlEncoded',
    '@RequestType': 'Get',
    '@ResponseType': 'Json',
    Headers: AUTHORISATION,
  };
}

/** @param skipIf a condition under which 3CX leaves the request out */
export function postRequest(url: string, skipIf: string, values: readonly PostValue[]): Element {
  return {
    '@SkipIf': skipIf,
    '@Url': url,
    '@MessagePasses': '0',
    '@RequestContentType': 'application/json',
    '@RequestEncoding': 'Json',
    '@RequestType': 'Post',
    '@ResponseType': 'Json',
    Headers: AUTHORISATION,
    PostValues: {
      Value: values.map(([key, expression, passes]) => ({
        '@Key': key,
        '@Passes': passes,
        '@Type': 'String',
        '#text': expression,
      })),
    },
  };
}

/** What 3CX takes from `{ matches: [...] }`: variable, its path in the reply, and the contact's field it becomes. */
const CONTACT = [
  ['MUrl', 'matches.url', 'ContactUrl'],
  ['MFirst', 'matches.firstName', 'FirstName'],
  ['MLast', 'matches.lastName', 'LastName'],
  ['MComp', 'matches.company', 'CompanyName'],
  ['MMail', 'matches.email', 'Email'],
  ['MPhone', 'matches.phone', 'PhoneBusiness'],
  ['MId', 'matches.id', 'EntityId'],
  ['MType', 'matches.type', 'EntityType'],
] as const;

/** A scenario whose reply is a list of contacts; 3CX walks the list itself. */
export function contactScenario(id: string, request: Element): Element {
  return {
    '@Id': id,
    '@Type': 'REST',
    Request: request,
    Rules: { Rule: { '@Type': 'Any', '@Ethalon': '', '#text': 'matches.id' } },
    Variables: {
      Variable: CONTACT.map(([name, path]) => ({ '@Name': name, '@Path': path, Filter: '' })),
    },
    Outputs: {
      '@AllowEmpty': 'false',
      Output: CONTACT.map(([name, , type]) => ({ '@Type': type, '@Passes': '0', '@Value': `[${name}]` })),
    },
  };
}

/** A scenario that only reports. It has no rules, variables or outputs: with them some builds of 3CX stop reporting. */
export function reportScenario(id: string, request: Element): Element {
  return { '@Id': id, '@Type': 'REST', Request: request };
}
