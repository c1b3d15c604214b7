/**
 * `>=6.0, <6.2`: all of the comparisons hold. A version has two or three numbers, and perhaps says that it is
 * an alpha or a beta of its own. Upstream: distutils.versionpredicate, distutils.version (StrictVersion) of
 * Python 2.7.
 */
import { repr, ValueError } from "../../../../python/index.js";

const COMPARISON = /^\s*(<=|>=|<|>|!=|==)\s*([^\s,]+)\s*$/u;
const VERSION = /^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$/u;

type Version = readonly number[];

/**
 * Whether `version` is what `predicate` asks for.
 * @throws ValueError for a predicate that cannot be read, or a version that is none (`6`)
 */
export function satisfies(version: string, predicate: string): boolean {
  const comparisons = predicate.split(",").map((part) => {
    const [, operator, wanted] = COMPARISON.exec(part) ?? [];
    if (operator === undefined || wanted === undefined) {
      throw new ValueError(`bad package restriction syntax: ${repr(part)}`);
    }
    return [operator, versionOf(wanted)] as const;
  });
  return comparisons.every(([operator, wanted]) =>
    holds(compare(versionOf(version), wanted), operator),
  );
}

function holds(order: number, operator: string): boolean {
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "!=":
      return order !== 0;
    default:
      return order === 0;
  }
}

/** Its numbers, and then what comes before the version itself: alphas, then betas. */
function versionOf(text: string): Version {
  const found = VERSION.exec(text);
  if (found === null) throw new ValueError(`invalid version number '${text}'`);
  const [, major, minor, patch = "0", stage, draft = "0"] = found;
  const before = stage === undefined ? 2 : stage === "b" ? 1 : 0;
  return [Number(major), Number(minor), Number(patch), before, Number(draft)];
}

function compare(a: Version, b: Version): number {
  const at = a.findIndex((number, place) => number !== b[place]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}
