/**
 * What a function was given that it does not take, in words: which function, what would be right, what was given. Whoever
 * refuses it has an error of its own for that.
 */
import { describe } from "./complaints.js";
import { didYouMeanOrSome } from "./nearest.js";

/** @param right `the name of a user, such as "demo"` */
export const misgiven = (value: unknown, method: string, right: string): string =>
  `${method} takes ${right}, not ${describe(value)}`;

/**
 * What is wrong with options by name; undefined if nothing is.
 * @param known the names that there are
 */
export function strangeOptions(
  value: unknown,
  method: string,
  known: readonly string[],
): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return misgiven(value, method, `options such as { ${known[0] ?? ""}: ... }`);
  }
  const strange = Object.keys(value).find((key) => !known.includes(key));
  if (strange === undefined) return undefined;
  return `${method}: there is no option ${describe(strange)}. ${didYouMeanOrSome(strange, known)}`;
}
