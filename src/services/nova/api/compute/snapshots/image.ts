/**
 * Registers the image that a snapshot of a server will be stored as; the data comes later, from the
 * compute host. Upstream: nova/compute/api.py (_create_image), nova/compute/utils.py
 * (get_image_metadata) at 2014.2; nova §2.2 row 4.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { str, type Json, type JsonObject } from "../../../../../python/index.js";
import type { ImageMeta } from "../../../image/image-meta.js";
import { imageOfInstance } from "../../../image/instance-image.js";
import type { Instance } from "../../../objects/instance.js";
import type { NovaApp } from "../../app.js";
import { propertyText } from "../../views/image-view.js";

export interface SnapshotImage {
  readonly name: Json;
  readonly type: "snapshot" | "backup";
  /** What else it shall say of itself, before all others. */
  readonly properties?: JsonObject;
}

export function* createImage(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  { name, type, properties = {} }: SnapshotImage,
): Op<ImageMeta> {
  const { non_inheritable_image_properties } = app.flags;
  const inherited = yield* imageOfInstance(app, ctxt, instance, non_inheritable_image_properties);
  return yield* app.images.create(ctxt, {
    ...inherited,
    name: str(name),
    is_public: false,
    properties: {
      ...inherited.properties,
      instance_uuid: instance.uuid,
      user_id: ctxt.user_id ?? "",
      image_type: type,
      ...propertyTexts(properties),
    },
  });
}

/** Properties as Glance is told of them. */
export const propertyTexts = (properties: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, propertyText(key, value)]),
  );
