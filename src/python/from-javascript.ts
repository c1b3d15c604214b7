/**
 * What Python would have raised where JavaScript did: a value that came from outside, and that no
 * compiler has checked, was not what the code took it for. Only for such values; in a run that knows
 * none of them, an error of JavaScript's is a mistake of the simulator. Upstream: Python 2.7 itself.
 */
import { AttributeError, PythonTypeError, RuntimeException, ValueError } from "./exception.js";
import type { Exception } from "./exception.js";

/** A form of V8's texts, and what Python says there. */
type Form = readonly [pattern: RegExp, make: (...parts: string[]) => Exception];

const NONE = "'NoneType' object";

/** Methods of lists, which Python's code has loops and comprehensions for. */
const LOOPS = new Set([
  ...["entries", "every", "filter", "find", "flatMap", "forEach", "join", "map", "reduce", "some"],
  ...["slice", "sort"],
]);

const attribute = (name = ""): Exception => {
  if (name.startsWith("Symbol(") || LOOPS.has(name)) return notIterable();
  if (name === "length") return new PythonTypeError("object of type 'NoneType' has no len()");
  if (name === "includes") return notContaining();
  return new AttributeError(`${NONE} has no attribute '${name}'`);
};

const notContaining = (): Exception =>
  new PythonTypeError("argument of type 'NoneType' is not iterable");

const notIterable = (type = "NoneType"): Exception =>
  new PythonTypeError(`'${type}' object is not iterable`);

/** Python's names of what V8 writes in front of a value. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["number", "int"],
  ["boolean", "bool"],
  ["string", "unicode"],
  ["object", "dict"],
]);

const FORMS: readonly Form[] = [
  [/^Cannot (?:read|set) propert(?:y|ies) .*\((?:reading|setting) '(.*)'\)$/s, attribute],
  [/^Cannot destructure property '(.*?)' of /s, attribute],
  [/\(cannot read property Symbol\(Symbol\.iterator\)\)$/s, () => notIterable()],
  [/^(number|boolean|string) .* is not iterable/s, (type = "") => notIterable(TYPES.get(type))],
  [/ is not iterable|^Spread syntax requires/s, () => notIterable()],
  [
    /([A-Za-z_$][\w$]*) is not a function$/s,
    (name) => new AttributeError(`'dict' object has no attribute '${name}'`),
  ],
  [/^Cannot use 'in' operator/s, notContaining],
  [/^Cannot convert undefined or null to object$/, () => attribute("items")],
];

/** The exception that stands for `error`; undefined if that is none of what junk leads to. */
export function fromJavaScript(error: unknown): Exception | undefined {
  if (error instanceof RangeError) {
    return error.message.startsWith("Maximum call stack")
      ? new RuntimeException("maximum recursion depth exceeded")
      : new ValueError(error.message);
  }
  if (error instanceof SyntaxError || error instanceof URIError)
    return new ValueError(error.message);
  if (!(error instanceof TypeError)) return undefined;
  for (const [pattern, make] of FORMS) {
    const found = pattern.exec(error.message);
    if (found !== null) return make(...found.slice(1));
  }
  return new PythonTypeError(error.message);
}
