/**
 * The expressions of pipelines, which upstream gives to `eval`: numbers, attributes of the sample, and
 * `or and not + - * / ** ( )`, with Python 2's division. A name that is not there is false. What else Python
 * could compute is refused when it is read. Upstream: ceilometer/transformer/__init__.py (Namespace) at 2014.2.
 */
import {
  Exception,
  PythonTypeError,
  isObject,
  truth,
  typeName,
  type Json,
  type JsonObject,
} from "../../../python/index.js";

export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly float: boolean }
  | { readonly kind: "name"; readonly path: readonly string[] }
  | { readonly kind: "not"; readonly of: Expression }
  | { readonly kind: "minus"; readonly of: Expression }
  | {
      readonly kind: "binary";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

type Operator = "or" | "and" | "+" | "-" | "*" | "/" | "**";

/** For whoever wrote it: what it says that is not modelled. */
export class ExpressionError extends Error {}

const TOKEN = /\s*(?:(\d+\.\d*|\.\d+|\d+)|([A-Za-z_][\w.]*)|(\*\*|[-+*/()]))/y;

/** @throws ExpressionError */
export function parseExpression(text: string): Expression {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== "") {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text)?.[0].trim();
    if (found === undefined)
      throw new ExpressionError(`cannot be read from "${text.slice(at)}" on`);
    tokens.push(found);
  }
  return new Parser(tokens).whole();
}

const LARGEST_POWER = 300;

class Parser {
  readonly #tokens: string[];

  constructor(tokens: string[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const all = this.#or();
    const [rest] = this.#tokens;
    if (rest !== undefined) throw new ExpressionError(`has "${rest}" where it should end`);
    return all;
  }

  #take(...wanted: string[]): string | undefined {
    const [next] = this.#tokens;
    return next !== undefined && wanted.includes(next) ? this.#tokens.shift() : undefined;
  }

  #chain(operators: readonly Operator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const taken = this.#take(...operators);
      const operator = operators.find((known) => known === taken);
      if (operator === undefined) return left;
      left = { kind: "binary", operator, left, right: operand() };
    }
  }

  #or(): Expression {
    return this.#chain(["or"], () => this.#chain(["and"], () => this.#not()));
  }

  #not(): Expression {
    if (this.#take("not") !== undefined) return { kind: "not", of: this.#not() };
    return this.#chain(["+", "-"], () => this.#chain(["*", "/"], () => this.#signed()));
  }

  #signed(): Expression {
    if (this.#take("-") !== undefined) return { kind: "minus", of: this.#signed() };
    const base = this.#atom();
    if (this.#take("**") === undefined) return base;
    const right = this.#signed();
    // What else a power could be has last bits that differ between machines.
    if (right.kind !== "number" || right.float || right.value > LARGEST_POWER) {
      throw new ExpressionError(`may have whole numbers up to ${String(LARGEST_POWER)} after **`);
    }
    return { kind: "binary", operator: "**", left: base, right };
  }

  #atom(): Expression {
    if (this.#take("(") !== undefined) {
      const inner = this.#or();
      if (this.#take(")") === undefined) throw new ExpressionError('lacks a ")"');
      return inner;
    }
    const token = this.#tokens.shift();
    if (token === undefined) throw new ExpressionError("ends too early");
    if (/^[\d.]/.test(token)) {
      return { kind: "number", value: Number(token), float: token.includes(".") };
    }
    if (/^[A-Za-z_]/.test(token)) return { kind: "name", path: token.split(".") };
    throw new ExpressionError(`has "${token}" where a value should be`);
  }
}

/** A value, and whether a number is a float. */
interface Value {
  readonly value: Json;
  readonly float: boolean;
}

/** Its value over the attributes of a sample. @throws PythonTypeError, ZeroDivisionError */
export const evaluate = (expression: Expression, attributes: JsonObject): Json =>
  valueOf(expression, attributes).value;

function valueOf(expression: Expression, attributes: JsonObject): Value {
  switch (expression.kind) {
    case "number":
      return expression;
    case "name":
      return attribute(attributes, expression.path);
    case "not":
      return { value: !truth(valueOf(expression.of, attributes).value), float: false };
    case "minus": {
      const { value, float } = valueOf(expression.of, attributes);
      return { value: -numberIn(value, "-", value), float };
    }
    case "binary":
      return operation(expression, attributes);
  }
}

/** What is not there is an empty namespace, which is false. */
function attribute(attributes: JsonObject, path: readonly string[]): Value {
  let value: Json = attributes;
  for (const name of path) {
    value = isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : {};
  }
  return { value, float: typeof value === "number" && !Number.isInteger(value) };
}

function operation(
  { operator, left, right }: Extract<Expression, { kind: "binary" }>,
  attributes: JsonObject,
): Value {
  const a = valueOf(left, attributes);
  if (operator === "or") return truth(a.value) ? a : valueOf(right, attributes);
  if (operator === "and") return truth(a.value) ? valueOf(right, attributes) : a;
  const b = valueOf(right, attributes);
  const [x, y] = [numberIn(a.value, operator, b.value), numberIn(b.value, operator, a.value)];
  const float = a.float || b.float;
  switch (operator) {
    case "+":
      return { value: x + y, float };
    case "-":
      return { value: x - y, float };
    case "*":
      return { value: x * y, float };
    case "**":
      return { value: Array.from({ length: y }).reduce<number>((power) => power * x, 1), float };
    case "/":
      if (y === 0)
        throw new ZeroDivision(
          float ? "float division by zero" : "integer division or modulo by zero",
        );
      return { value: float ? x / y : Math.floor(x / y), float };
  }
}

class ZeroDivision extends Exception {
  override readonly name: string = "ZeroDivisionError";
}

function numberIn(value: Json, operator: string, other: Json): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  throw new PythonTypeError(
    `unsupported operand type(s) for ${operator}: '${typeName(value)}' and '${typeName(other)}'`,
  );
}
