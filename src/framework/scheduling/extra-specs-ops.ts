/**
 * The little language of extra specs: `>= 4`, `s== kvm`, `<in> sse`, `<or> a <or> b`; without an
 * operator, equality. Upstream: nova/scheduler/filters/extra_specs_ops.py, and oslo's copy of it that Cinder
 * carries (openstack/common/scheduler/filters/extra_specs_ops.py).
 */
import { floatOf, IndexException } from "../../python/index.js";

export type Operator = (value: string, wanted: string) => boolean;

/** Numbers compare as Python's floats do; what is no number ends the request (`float("x")`). */
const numeric =
  (compare: (a: number, b: number) => boolean): Operator =>
  (value, wanted) =>
    compare(floatOf(value), floatOf(wanted));

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  // Upstream's `=` means "at least".
  ["=", numeric((a, b) => a >= b)],
  ["==", numeric((a, b) => a === b)],
  ["!=", numeric((a, b) => a !== b)],
  [">=", numeric((a, b) => a >= b)],
  ["<=", numeric((a, b) => a <= b)],
  ["<in>", (value: string, wanted: string) => value.includes(wanted)],
  ["s==", (value: string, wanted: string) => value === wanted],
  ["s!=", (value: string, wanted: string) => value !== wanted],
  ["s<", (value: string, wanted: string) => value < wanted],
  ["s<=", (value: string, wanted: string) => value <= wanted],
  ["s>", (value: string, wanted: string) => value > wanted],
  ["s>=", (value: string, wanted: string) => value >= wanted],
]);

const NONE: ReadonlyMap<string, Operator> = new Map();

/**
 * Whether `value` is what `requirement` asks for.
 * @param more operators beside these
 * @throws ValueError for what should be a number; IndexError for alternatives of which there are none
 */
export function matches(
  value: string,
  requirement: string,
  more: ReadonlyMap<string, Operator> = NONE,
): boolean {
  const [first, ...words] = requirement.split(/\s+/).filter((word) => word !== "");
  if (first === "<or>") {
    if (words.length === 0) throw new IndexException("pop from empty list");
    return words.some((word, at) => at % 2 === 0 && word === value);
  }
  const operator = first === undefined ? undefined : (OPERATORS.get(first) ?? more.get(first));
  if (operator === undefined) return value === requirement;
  const [wanted] = words;
  return wanted !== undefined && operator(value, wanted);
}
