/** `>=6.0, <6.2`: all of the comparisons hold. Upstream: distutils.versionpredicate. */

/** Whether `version` is what `predicate` asks for; one that cannot be read asks for nothing known. */
export function satisfies(version: string, predicate: string): boolean {
  return predicate.split(",").every((part) => {
    const [, operator, wanted] = /^\s*(<=|>=|<|>|!=|==)\s*([\d.]+)\s*$/.exec(part) ?? [];
    if (operator === undefined || wanted === undefined) return false;
    const order = compare(version, wanted);
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
  });
}

function compare(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
