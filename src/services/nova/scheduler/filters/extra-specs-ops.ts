/**
 * The little language of extra specs: `>= 4`, `s== kvm`, `<in> sse`, `<or> a <or> b`; without an
 * operator, equality. Upstream: nova/scheduler/filters/extra_specs_ops.py.
 */
type Operator = (value: string, wanted: string) => boolean;

/** Numbers compare as Python's floats do; what is no number matches nothing. */
const numeric =
  (compare: (a: number, b: number) => boolean): Operator =>
  (value, wanted) => {
    const [a, b] = [number(value), number(wanted)];
    return a !== undefined && b !== undefined && compare(a, b);
  };

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

/** Whether `value` is what `requirement` asks for. */
export function matches(value: string, requirement: string): boolean {
  const [first, ...words] = requirement.split(/\s+/).filter((word) => word !== "");
  if (first === "<or>") return words.some((word, at) => at % 2 === 0 && word === value);
  const operator = first === undefined ? undefined : OPERATORS.get(first);
  if (operator === undefined) return value === requirement;
  const [wanted] = words;
  return wanted !== undefined && operator(value, wanted);
}

function number(text: string): number | undefined {
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}
