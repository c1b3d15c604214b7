/** Links to one thing, and to the next page of many. Upstream: cinder/api/common.py (ViewBuilder) at 2014.2. */
import type { RequestContext } from "../../../../framework/index.js";
import { asciiText, type JsonObject } from "../../../../python/index.js";
import type { CinderApp } from "../app.js";
import type { ApiVersion, CinderCall } from "../route.js";

interface Place {
  readonly version: ApiVersion;
  /** `volumes`. */
  readonly collection: string;
}

/** In the project of whoever asks, whosever it is. */
export function linksOf(
  { base }: CinderApp,
  { project_id }: RequestContext,
  { version, collection, id }: Place & { readonly id: string },
): JsonObject[] {
  const path = `${project_id ?? ""}/${collection}/${id}`;
  return [
    { rel: "self", href: `${base}/${version}/${path}` },
    { rel: "bookmark", href: `${base}/${path}` },
  ];
}

/** There is a next page whenever this one is full, even if it is the last (LP 1350558). @throws UnicodeEncodeError */
export function nextLinks(
  { app, ctxt, request: { query } }: Pick<CinderCall, "app" | "ctxt" | "request">,
  { version, collection, ids }: Place & { readonly ids: readonly string[] },
): JsonObject[] {
  const { osapi_max_limit: most } = app.flags;
  const full = Math.min(Number(query.get("limit") ?? most), most);
  const last = ids.at(-1);
  if (full === 0 || ids.length !== full || last === undefined) return [];
  const pairs = [...query.pairs].filter(([key]) => key !== "marker");
  const words = [...pairs, ["marker", last]].map((pair) => pair.map((word) => asciiText(word)));
  const text = words.map((pair) => pair.join("=")).join("&");
  const url = `${app.base}/${version}/${ctxt.project_id ?? ""}/${collection}`;
  return [{ rel: "next", href: `${url}?${text}` }];
}
