/**
 * How Horizon writes sizes, states and ages. Upstream: horizon/templatetags/sizeformat.py, horizon/utils/filters.py at 2014.2;
 * django/utils/timesince.py, django/contrib/humanize of 1.6.
 */

const UNITS = ["bytes", "KB", "MB", "GB", "TB", "PB"] as const;

/** `512MB`, `2GB`, `1.5GB`. Upstream: `mb_float_format`. */
export function megabytes(mb: number): string {
  return sized(mb * 1024 * 1024, "");
}

/** `20GB`. Upstream: `diskgbformat`. */
export function gigabytes(gb: number): string {
  return sized(gb * 1024 * 1024 * 1024, "");
}

/** `13.0 MB`. Upstream: Django's `filesizeformat`. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} byte${bytes === 1 ? "" : "s"}`;
  const { amount, unit } = inUnits(bytes);
  return `${amount.toFixed(1)} ${unit}`;
}

function sized(bytes: number, between: string): string {
  if (!Number.isFinite(bytes)) return "No Limit";
  if (bytes < 1024) return `${String(bytes)}${between}Bytes`;
  const { amount, unit } = inUnits(bytes);
  return `${String(Math.round(amount * 10) / 10)}${between}${unit}`;
}

function inUnits(bytes: number): { readonly amount: number; readonly unit: string } {
  let [amount, step] = [bytes, 0];
  for (; amount >= 1024 && step < UNITS.length - 1; step++) amount /= 1024;
  return { amount, unit: UNITS[step] ?? "" };
}

/** `Shelved Offloaded` of `SHELVED_OFFLOADED`. Upstream: `title`, then `replace_underscores`. */
export const titled = (word: string): string =>
  word
    .replaceAll("_", " ")
    .toLowerCase()
    .replace(/\b\w/gu, (letter) => letter.toUpperCase());

const SPANS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** `2 hours, 3 minutes`: the two largest units. Upstream: Django's `timesince`. */
export function timeSince(seconds: number): string {
  const at = SPANS.findIndex(([, size]) => seconds >= size);
  const first = SPANS[at];
  if (first === undefined) return "0 minutes";
  const count = Math.floor(seconds / first[1]);
  const next = SPANS[at + 1];
  const rest = next === undefined ? 0 : Math.floor((seconds - count * first[1]) / next[1]);
  return next === undefined || rest === 0
    ? times(count, first[0])
    : `${times(count, first[0])}, ${times(rest, next[0])}`;
}

const times = (count: number, unit: string): string =>
  `${String(count)} ${unit}${count === 1 ? "" : "s"}`;

/** A limit that may be none. Upstream: `quotainf`. */
export const limited = (limit: number | undefined): string =>
  limit === undefined || !Number.isFinite(limit) ? "No Limit" : grouped(limit);

/** `51,200`. Upstream: `intcomma`. */
export const grouped = (number: number): string =>
  String(number).replace(/\B(?=(?:\d{3})+$)/gu, ",");
