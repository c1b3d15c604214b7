/**
 * The image that a guest was made of, read of Glance where nobody has said what it is: it may be gone, or another's.
 * Upstream: nova/compute/utils.py (get_image_metadata) at 2014.2.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { caught, type Op } from "../../../../../kernel/index.js";
import { ImageNotAuthorized, ImageNotFound, Invalid } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import type { DriverParts } from "../../driver-parts.js";

const PASSED_OVER = [ImageNotFound, ImageNotAuthorized, Invalid] as const;

export function* imageMetadata(
  { images, env }: Pick<DriverParts, "images" | "env">,
  ctxt: RequestContext,
  { image_ref }: Instance,
): Op<void> {
  try {
    yield* images.get(ctxt, image_ref);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (!PASSED_OVER.some((kind) => error instanceof kind)) throw error;
    env.log("warning", `Can't access image ${image_ref}: ${error.message}`);
  }
}
