import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { TemplateError } from './values.ts';

/** A CRM template as 3CX understands it after the upload. */
export type Template = {
  readonly name: string;
  readonly version: string;
  readonly prefix: Prefix;
  readonly maxConcurrentRequests: number;
  readonly parameters: readonly Parameter[];
  readonly scenarios: ReadonlyMap<string, Scenario>;
};

export type Prefix = 'AsIs' | 'Off' | 'Plus' | 'Zeros';

type Parameter = {
  readonly name: string;
  readonly type: string;
  readonly title: string;
  readonly preset: string;
};

export type Scenario = {
  readonly id: string;
  readonly request: ScenarioRequest;
  /** Paths of which one must exist in the reply. */
  readonly rules: readonly string[];
  readonly variables: readonly { readonly name: string; readonly path: string }[];
  readonly outputs: readonly { readonly type: string; readonly value: string; readonly passes: number }[];
  readonly allowEmpty: boolean;
};

export type ScenarioRequest = {
  readonly skipIf: string;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly encoding: 'Json' | 'UrlEncoded';
  readonly headers: readonly Field[];
  readonly fields: readonly Field[];
};

export type Field = { readonly key: string; readonly value: string; readonly passes: number };

/** An element as the parser gives it: attributes start with `@`. */
type Node = { readonly [name: string]: unknown };

const LISTS = new Set(['Parameter', 'Scenario', 'Value', 'Rule', 'Variable', 'Output']);
const PREFIXES: readonly string[] = ['AsIs', 'Off', 'Plus', 'Zeros'] satisfies Prefix[];

/** @throws TemplateError telling what is wrong with it */
export function readTemplate(xml: string): Template {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new TemplateError(`the template is no XML: ${valid.err.msg} (line ${valid.err.line})`);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseAttributeValue: false,
    parseTagValue: false,
    isArray: (name, _path, _leaf, isAttribute) => !isAttribute && LISTS.has(name),
  });
  const crm = child(parser.parse(xml) as Node, 'Crm');
  const scenarios = list(child(crm, 'Scenarios'), 'Scenario').map(readScenario);
  if (scenarios.length === 0) throw new TemplateError('the template has no scenario');
  return {
    name: attribute(crm, 'Name'),
    version: attribute(crm, 'Version'),
    prefix: readPrefix(attribute(child(crm, 'Number'), 'Prefix')),
    maxConcurrentRequests: Number(attribute(child(crm, 'Connection'), 'MaxConcurrentRequests')) || 1,
    parameters: list(child(crm, 'Parameters'), 'Parameter').map(readParameter),
    scenarios: new Map(scenarios.map((scenario) => [scenario.id, scenario])),
  };
}

function readPrefix(prefix: string): Prefix {
  if (PREFIXES.includes(prefix)) return prefix as Prefix;
  throw new TemplateError(`the prefix "${prefix}" is none of ${PREFIXES.join(', ')}`);
}

function readParameter(node: Node): Parameter {
  return {
    name: attribute(node, 'Name'),
    type: attribute(node, 'Type'),
    title: attribute(node, 'Title'),
    preset: attribute(node, 'Default'),
  };
}

function readScenario(node: Node): Scenario {
  const id = attribute(node, 'Id');
  if (attribute(node, 'Type') !== 'REST') throw new TemplateError(`the scenario "${id}" is not of type REST`);
  const outputs = child(node, 'Outputs');
  return {
    id,
    request: readRequest(id, child(node, 'Request')),
    rules: list(child(node, 'Rules'), 'Rule').map(text),
    variables: list(child(node, 'Variables'), 'Variable').map((variable) => ({
      name: attribute(variable, 'Name'),
      path: attribute(variable, 'Path'),
    })),
    outputs: list(outputs, 'Output').map((output) => ({
      type: attribute(output, 'Type'),
      value: attribute(output, 'Value'),
      passes: Number(attribute(output, 'Passes')),
    })),
    allowEmpty: attribute(outputs, 'AllowEmpty') === 'true',
  };
}

/** Values are case-sensitive: `get` is not `Get`. */
function readRequest(scenario: string, node: Node): ScenarioRequest {
  const type = attribute(node, 'RequestType');
  const encoding = attribute(node, 'RequestEncoding');
  const url = attribute(node, 'Url');
  if (type !== 'Get' && type !== 'Post')
    throw new TemplateError(`the scenario "${scenario}" has the request type "${type}"`);
  if (encoding !== 'Json' && encoding !== 'UrlEncoded')
    throw new TemplateError(`the scenario "${scenario}" has the encoding "${encoding}"`);
  if (url === '') throw new TemplateError(`the scenario "${scenario}" has no address`);
  return {
    skipIf: attribute(node, 'SkipIf'),
    url,
    method: type === 'Get' ? 'GET' : 'POST',
    encoding,
    headers: list(child(node, 'Headers'), 'Value').map(readField),
    fields: list(child(node, 'PostValues'), 'Value').map(readField),
  };
}

function readField(node: Node): Field {
  return { key: attribute(node, 'Key'), value: text(node), passes: Number(attribute(node, 'Passes')) };
}

/** An element that is missing is like an empty one. */
function child(node: Node, name: string): Node {
  const value = node[name];
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}

function list(node: Node, name: string): Node[] {
  const values = node[name];
  return (Array.isArray(values) ? values : []).map((value) =>
    typeof value === 'string' ? { '#text': value } : (value as Node),
  );
}

function attribute(node: Node, name: string): string {
  const value = node[`@${name}`];
  return typeof value === 'string' ? value : '';
}

function text(node: Node): string {
  const value = node['#text'];
  return typeof value === 'string' ? value : '';
}
