/**
 * Images by what a user calls them, in version 1. Upstream: openstackclient/image/client.py
 * (ImageManager_v1), 0.4.1.
 */
import type { JsonObject } from "../../../../python/index.js";
import type { ImagesApi } from "../../../glance/images-api.js";
import type { Lookup } from "../../find.js";

export const imageLookup = (images: ImagesApi): Lookup<JsonObject> => ({
  what: "image",
  get: (id) => images.get(id),
  *named(name) {
    return (yield* images.list({})).filter((its) => its["name"] === name);
  },
});
