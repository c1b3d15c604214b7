/**
 * How MySQL compares texts in the tables of 2014: utf8_general_ci knows neither case nor blanks at the
 * end. Services that compare in Python do not. Upstream: the tables that each project's migrations
 * make; MySQL 5.5, character sets and collations.
 */

/** Whether MySQL takes two texts for one. */
export const sameText = (a: string, b: string): boolean => collated(a) === collated(b);

/** Those of `rows` whose text MySQL takes for `text`. */
export const alike = <R>(rows: readonly R[], textIn: (row: R) => string, text: string): R[] => {
  const wanted = collated(text);
  return rows.filter((row) => collated(textIn(row)) === wanted);
};

/** What texts that MySQL takes for one have in common. */
export const collated = (text: string): string =>
  (text.endsWith(" ") ? text.replace(/ +$/, "") : text).toLowerCase();
