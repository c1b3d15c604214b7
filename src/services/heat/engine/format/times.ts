/** Times as Heat shows them. Upstream: oslo.utils timeutils.isotime at 2014.2. */

/** `2014-09-18T04:03:09Z` of a column. */
export const isotime = (stamp: string | null): string | null =>
  stamp === null ? null : `${stamp.slice(0, "2014-09-18T04:03:09".length)}Z`;
