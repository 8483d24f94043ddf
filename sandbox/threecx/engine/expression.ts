import { callMethod, TemplateError, textOf, type Value, type Variables } from './values.ts';

/**
 * The expression language of CRM templates: `[Name]`, `[Contact::ContactID]`, `[[Value].Method("text")]`,
 * `[IIf(condition,one,other)]`, inside any text.
 */

/**
 * Fills in a text.
 *
 * @param passes how often: 0 and 1 fill in once; with 2 what was filled in is evaluated again, so brackets in a value are lost
 * @throws TemplateError when the template's own expression is wrong
 */
export function fill(text: string, variables: Variables, passes = 1): string {
  let filled = fillOnce(text, variables);
  for (let pass = 2; pass <= passes; pass += 1) filled = fillAgain(filled, variables);
  return filled;
}

/** `[A]==True||[B]!="x"`; empty is false. */
export function holds(condition: string, variables: Variables): boolean {
  if (condition.trim() === '') return false;
  const reader = createReader(condition, variables);
  const value = reader.condition();
  reader.end();
  return value;
}

function fillOnce(text: string, variables: Variables): string {
  let filled = '';
  for (let at = 0; at < text.length;) {
    if (text[at] !== '[') {
      filled += text[at];
      at += 1;
      continue;
    }
    const reader = createReader(text, variables, at);
    filled += textOf(reader.bracket());
    at = reader.position();
  }
  return filled;
}

/** Brackets in what a customer said are expressions too, mostly senseless ones: they vanish. */
function fillAgain(text: string, variables: Variables): string {
  return text.replaceAll(/\[[^[\]]*\]/g, (part) => {
    try {
      return fillOnce(part, variables);
    } catch (error) {
      if (error instanceof TemplateError) return '';
      throw error;
    }
  });
}

/** Reads expressions from a position on, evaluating as it goes. */
function createReader(text: string, variables: Variables, start = 0) {
  let at = start;

  const looksAt = (token: string): boolean => text.startsWith(token, at);
  const wrong = (expected: string) => new TemplateError(`expected ${expected} at character ${at + 1} of ${text}`);

  function accept(token: string): boolean {
    while (text[at] === ' ') at += 1;
    if (!looksAt(token)) return false;
    at += token.length;
    return true;
  }

  function expect(token: string): void {
    if (!accept(token)) throw wrong(token);
  }

  function bracket(): Value {
    expect('[');
    let value = looksAt('[') ? bracket() : named();
    while (accept('.')) value = callMethod(value, word(), list());
    expect(']');
    return value;
  }

  function named(): Value {
    const name = word();
    if (name === 'IIf') return choose();
    if (name === 'LineBreak') return '\n';
    return variables[accept('::') ? `${name}::${word()}` : name] ?? null;
  }

  function choose(): Value {
    expect('(');
    const chosen = condition();
    expect(',');
    const one = operand();
    expect(',');
    const other = operand();
    expect(')');
    return chosen ? one : other;
  }

  function list(): string[] {
    const values: string[] = [];
    expect('(');
    while (!accept(')')) {
      if (values.length > 0) expect(',');
      values.push(operand());
    }
    return values;
  }

  function condition(): boolean {
    let value = comparison();
    while (accept('||')) {
      const other = comparison();
      value = value || other;
    }
    return value;
  }

  function comparison(): boolean {
    const left = operand();
    if (accept('==')) return left === operand();
    if (accept('!=')) return left !== operand();
    throw wrong('== or !=');
  }

  /** `[Expression]`, `"text"` or bare text up to the next sign. */
  function operand(): string {
    while (text[at] === ' ') at += 1;
    if (looksAt('[')) return textOf(bracket());
    if (accept('"')) {
      const close = text.indexOf('"', at);
      if (close < 0) throw wrong('a closing quote');
      const quoted = text.slice(at, close);
      at = close + 1;
      return quoted;
    }
    return matched(/[^,()|=![\]]*/y).trim();
  }

  function word(): string {
    const name = matched(/[A-Za-z_]\w*/y);
    if (name === '') throw wrong('a name');
    return name;
  }

  function matched(pattern: RegExp): string {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  }

  function end(): void {
    if (text.slice(at).trim() !== '') throw wrong('the end');
  }

  return { bracket, condition, end, position: () => at };
}
