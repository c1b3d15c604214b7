/** Links to things, always by https, and to next pages. Upstream: trove/common/views.py, trove/common/pagination.py at 2014.2. */
import { str, type Json, type JsonObject } from "../../../python/index.js";
import type { TroveCall } from "./route.js";

/** `create_links`. */
export const linksTo = ({ app, ctxt }: TroveCall, path: string, id: string): JsonObject[] => [
  { href: `https://${app.host}/v1.0/${ctxt.tenant}/${path}/${id}`, rel: "self" },
  { href: `https://${app.host}/${path}/${id}`, rel: "bookmark" },
];

/** A list, with a link to what follows where something does. */
export function paged(
  { app, request }: TroveCall,
  name: string,
  items: readonly Json[],
  marker: string | number | null,
): JsonObject {
  if (marker === null || marker === "") return { [name]: items };
  const pairs = new Map(request.query.pairs);
  pairs.set("marker", encodeURIComponent(String(marker)));
  const query = [...pairs].map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  const href = `https://${app.host}${request.path}?${query}`;
  return { [name]: items, links: [{ rel: "next", href }] };
}

/** `get_id_from_href`. */
export const idIn = (reference: Json): string =>
  str(reference).split(/[?#]/u)[0]?.split("/").at(-1) ?? "";
