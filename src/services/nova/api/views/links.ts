/** Links of resources and of lists. Upstream: nova/api/openstack/common.py (ViewBuilder); nova §5. */
import type { RequestContext } from "../../../../framework/index.js";
import type { Query } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";

export interface Link extends JsonObject {
  readonly rel: string;
  readonly href: string;
}

/** Where nova-api is found: `http://controller:8774`, and below it `v2` or `v1.1`. */
interface Mounted {
  readonly base: string;
  readonly version: string;
}

/** `self` with the version that was asked, `bookmark` without. */
export const links = (app: Mounted, ctxt: RequestContext, path: string): Link[] => [
  { rel: "self", href: `${app.base}/${app.version}/${ctxt.project_id ?? ""}/${path}` },
  bookmark(app, ctxt, path),
];

export const bookmark = ({ base }: Mounted, ctxt: RequestContext, path: string): Link => ({
  rel: "bookmark",
  href: `${base}/${ctxt.project_id ?? ""}/${path}`,
});

/**
 * Where a list goes on: there is more when it is as long as it may be. The query is written as it was
 * read, without quoting anything (`dict_to_query_str`).
 */
export function nextLinks(
  name: string,
  url: string,
  query: Query,
  items: readonly { readonly id: string }[],
  limit: number,
): Readonly<Record<string, Link[]>> {
  const last = items.at(-1);
  if (last === undefined || items.length !== limit) return {};
  const kept = query.pairs
    .filter(([key]) => key !== "marker")
    .map(([key, value]) => `${key}=${value}`);
  const text = [...kept, `marker=${last.id}`].join("&").replace(/&+$/, "");
  const href = `${url.replace(/\/+$/, "")}?${text}`;
  return { [`${name}_links`]: [{ rel: "next", href }] };
}
