/**
 * The API of the image cache, under v1's address: what is in it and what is queued for it, for an admin. A deployment
 * has it with the flavor `keystone+cachemanagement`. Upstream: glance/api/cached_images.py,
 * glance/api/middleware/cache_manage.py at 2014.2.
 */
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import { InvariantError } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { WORDS } from "../../faults.js";
import type { ImageCache } from "../../image-cache/image-cache.js";
import type { GlanceApp } from "../app.js";
import { route } from "../policy.js";

const CACHED = "/v1/cached_images";
const QUEUED = "/v1/queued_images";
const RULE = { inside: "manage_image_cache" } as const;

export const cachedImageRoutes = [
  route("GET", CACHED, RULE, function* ({ app, enforce }) {
    requireManaging(enforce);
    return json({ cached_images: cacheOf(app).cachedImages });
  }),
  route("DELETE", CACHED, RULE, function* ({ app, enforce }) {
    requireManaging(enforce);
    return json({ num_deleted: cacheOf(app).deleteAll() });
  }),
  route("DELETE", `${CACHED}/{id}`, RULE, function* ({ app, enforce, params: { id } }) {
    requireManaging(enforce);
    cacheOf(app).delete(id);
    return json(null);
  }),
  route("GET", QUEUED, RULE, function* ({ app, enforce }) {
    requireManaging(enforce);
    return json({ queued_images: cacheOf(app).queuedImages });
  }),
  route("DELETE", QUEUED, RULE, function* ({ app, enforce }) {
    requireManaging(enforce);
    return json({ num_deleted: cacheOf(app).dequeueAll() });
  }),
  route("PUT", `${QUEUED}/{id}`, RULE, function* ({ app, enforce, params: { id } }) {
    requireManaging(enforce);
    cacheOf(app).enqueue(id);
    return json(null);
  }),
  route("DELETE", `${QUEUED}/{id}`, RULE, function* ({ app, enforce, params: { id } }) {
    requireManaging(enforce);
    cacheOf(app).dequeue(id);
    return json(null);
  }),
];

/** Whether a path is one of these, for whatever method: others than theirs find nothing there. */
export const isOfCache = (path: string): boolean =>
  /^\/v1\/(cached|queued)_images(\/|$)/.test(path);

const json = (body: Json): HttpResponse =>
  respond(200, body, { "content-type": "application/json" });

/** @throws HttpFault 403, in fewer words than elsewhere */
function requireManaging(enforce: (target: undefined) => void): void {
  try {
    enforce(undefined);
  } catch (error) {
    throw error instanceof HttpFault ? new HttpFault(403, WORDS.forbidden) : error;
  }
}

function cacheOf({ cache }: GlanceApp): ImageCache {
  if (cache === undefined) throw new InvariantError("there is no image cache to manage");
  return cache;
}
