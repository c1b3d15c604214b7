/**
 * Dates as Trove shows them: without fractions of a second. Upstream: trove/openstack/common/wsgi.py
 * (JSONDictSerializer), trove/openstack/common/timeutils.py (isotime) at 2014.2.
 */

/** `2014-09-18T04:03:09`, of what a table has. */
export const shownTime = (stored: string): string => stored.slice(0, 19);

/** `2014-09-18T04:03:09Z`. */
export const isoTime = (stored: string): string => `${shownTime(stored)}Z`;
