/** Links of resources and of lists. Upstream: nova/api/openstack/common.py (ViewBuilder); nova §5. */
import type { RequestContext } from "../../../../framework/index.js";
import type { Query } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";

export interface Link extends JsonObject {
  readonly rel: string;
  readonly href: string;
}

/** `self` with the version, `bookmark` without. */
export const links = (base: string, ctxt: RequestContext, path: string): Link[] => [
  { rel: "self", href: `${base}/v2/${ctxt.project_id ?? ""}/${path}` },
  bookmark(base, ctxt, path),
];

export const bookmark = (base: string, ctxt: RequestContext, path: string): Link => ({
  rel: "bookmark",
  href: `${base}/${ctxt.project_id ?? ""}/${path}`,
});

/** Where a list goes on: there is more when it is as long as it may be. */
export function nextLinks(
  name: string,
  url: string,
  query: Query,
  items: readonly { readonly id: string }[],
  limit: number,
): Readonly<Record<string, Link[]>> {
  const last = items.at(-1);
  if (last === undefined || items.length < limit) return {};
  const kept = query
    .names()
    .filter((key) => key !== "marker")
    .flatMap((key) => query.getAll(key).map((value) => `${key}=${encodeURIComponent(value)}`));
  const href = `${url}?${[...kept, `marker=${last.id}`].join("&")}`;
  return { [`${name}_links`]: [{ rel: "next", href }] };
}
