/**
 * Registers the image that a snapshot of a server will be stored as; the data comes later, from the
 * compute host. Upstream: nova/compute/api.py (_create_image), nova/compute/utils.py
 * (get_image_metadata) at 2014.2; nova §2.2 row 4.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { ImageMeta } from "../../image/image-meta.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaApp } from "../app.js";
import { imageOfInstance } from "../../image/instance-image.js";

export function* createImage(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  name: string,
  imageType: string,
): Op<ImageMeta> {
  const { non_inheritable_image_properties } = app.flags;
  const inherited = yield* imageOfInstance(app, ctxt, instance, non_inheritable_image_properties);
  return yield* app.images.create(ctxt, {
    ...inherited,
    name,
    is_public: false,
    properties: {
      ...inherited.properties,
      instance_uuid: instance.uuid,
      user_id: ctxt.user_id ?? "",
      image_type: imageType,
    },
  });
}
