/**
 * Which images a list shows, in which order, and which page of them. Upstream: glance/registry/api/
 * v1/images.py (_get_query_params), glance/db/sqlalchemy/api.py (image_get_all).
 */
import type { FlagsOf } from "../../framework/index.js";
import { HttpFault, type Query } from "../../http/index.js";
import type { glanceFlags } from "./flags.js";
import type { ImageMeta } from "./image-meta.js";

const SORT_KEYS = [
  ...(["name", "status", "container_format", "disk_format", "size", "id"] as const),
  ...(["created_at", "updated_at"] as const),
] as const;

const EXACT = ["name", "status", "container_format", "disk_format", "checksum", "owner"] as const;

/** @throws HttpFault 400 */
export function selectImages(
  images: readonly ImageMeta[],
  query: Query,
  flags: FlagsOf<typeof glanceFlags>,
): ImageMeta[] {
  const key = oneOf(query.get("sort_key") ?? "created_at", SORT_KEYS, "sort_key");
  const up = oneOf(query.get("sort_dir") ?? "desc", ["asc", "desc"] as const, "sort_dir") === "asc";
  const found = images.filter((image) => passes(image, query));
  // They come newest first; images that are alike in the key stay in that order.
  const sorted = found.sort((a, b) => (up ? 1 : -1) * compare(a[key], b[key]));
  const marker = query.get("marker");
  const start = marker === undefined ? 0 : sorted.findIndex(({ id }) => id === marker) + 1;
  if (marker !== undefined && start === 0) {
    throw new HttpFault(400, "Invalid marker. Image could not be found.");
  }
  const limit = query.get("limit");
  const wanted = limit === undefined ? flags.limit_param_default : natural("limit", limit);
  return sorted.slice(start, start + Math.min(wanted, flags.api_limit_max));
}

function passes(image: ImageMeta, query: Query): boolean {
  for (const name of EXACT) {
    const wanted = query.get(name);
    if (wanted !== undefined && image[name] !== wanted) return false;
  }
  const [min, max] = [query.get("size_min"), query.get("size_max")];
  if (min !== undefined && (image.size ?? 0) < natural("size_min", min)) return false;
  if (max !== undefined && (image.size ?? 0) > natural("size_max", max)) return false;
  const guarded = query.get("protected");
  if (guarded !== undefined && image.protected !== isTrue(guarded)) return false;
  return query.names().every((name) => {
    if (!name.startsWith("property-")) return true;
    return image.properties[name.slice("property-".length)] === query.get(name);
  });
}

export const isTrue = (text: string): boolean =>
  ["true", "1", "t", "yes"].includes(text.toLowerCase());

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

function natural(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new HttpFault(400, `${name} param must be an integer`);
}

function oneOf<T extends string>(value: string, choices: readonly T[], name: string): T {
  const known = choices.find((choice) => choice === value);
  if (known === undefined) {
    throw new HttpFault(400, `Unsupported ${name}. Acceptable values: ${choices.join(", ")}`);
  }
  return known;
}
