/**
 * What an image is to a server that is there: what Glance says of it today over what the server has
 * remembered, since a server outlives its image. Upstream: nova/compute/utils.py (get_image_metadata) at
 * 2014.2.
 */
import type { Env, RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { ImageNotAuthorized, ImageNotFound, Invalid } from "../exception.js";
import type { Instance } from "../objects/instance.js";
import type { ImageApi } from "./api.js";
import {
  imageFromSystemMetadata,
  systemMetadataFromImage,
  type InheritedImage,
} from "./system-metadata.js";

/** Who asks Glance. */
interface Asker {
  readonly env: Env;
  readonly images: Pick<ImageApi, "get">;
}

/** @param nonInheritable properties that are left out */
export function* imageOfInstance(
  asker: Asker,
  ctxt: RequestContext,
  instance: Instance,
  nonInheritable: readonly string[] = [],
): Op<InheritedImage> {
  const base = yield* baseImage(asker, ctxt, instance);
  const metadata = { ...instance.system_metadata, ...base };
  return imageFromSystemMetadata(metadata, nonInheritable);
}

function* baseImage(
  { images, env }: Asker,
  ctxt: RequestContext,
  instance: Instance,
): Op<Record<string, string>> {
  try {
    const image = yield* images.get(ctxt, instance.image_ref);
    return systemMetadataFromImage(image, instance.flavor().root_gb);
  } catch (error) {
    const gone = [ImageNotFound, ImageNotAuthorized, Invalid].some((kind) => error instanceof kind);
    if (!gone) throw error;
    const why = (error as Error).message;
    env.log("warning", `Can't access image ${instance.image_ref}: ${why}`);
    return {};
  }
}
