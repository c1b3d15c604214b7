/**
 * Registers the image that a snapshot of a server will be stored as; the data comes later, from the
 * compute host. Upstream: nova/compute/api.py (_create_image), nova/compute/utils.py
 * (get_image_metadata) at 2014.2; nova §2.2 row 4.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { ImageNotAuthorized, ImageNotFound, Invalid } from "../../exception.js";
import type { ImageMeta } from "../../image/image-meta.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaApp } from "../app.js";
import { imageFromSystemMetadata, systemMetadataFromImage } from "../../image/system-metadata.js";

export function* createImage(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  name: string,
  imageType: string,
): Op<ImageMeta> {
  const base = yield* baseImage(app, ctxt, instance);
  const metadata = { ...instance.system_metadata, ...base };
  const inherited = imageFromSystemMetadata(metadata, app.flags.non_inheritable_image_properties);
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

/** What the base image says today; a server outlives its image. */
function* baseImage(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
): Op<Record<string, string>> {
  try {
    const image = yield* app.images.get(ctxt, instance.image_ref);
    return systemMetadataFromImage(image, instance.flavor().root_gb);
  } catch (error) {
    const gone = [ImageNotFound, ImageNotAuthorized, Invalid].some((kind) => error instanceof kind);
    if (!gone) throw error;
    const why = (error as Error).message;
    app.env.log("warning", `Can't access image ${instance.image_ref}: ${why}`);
    return {};
  }
}
