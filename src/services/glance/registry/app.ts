/** What the controllers of glance-registry work with, and how a route of theirs is made. */
import { routeMaker, type Env, type FlagsOf } from "../../../framework/index.js";
import type { ImageContext } from "../context.js";
import type { GlanceDatabase } from "../database.js";
import type { glanceRegistryFlags } from "../flags.js";
import type { Images } from "../images.js";

export interface RegistryApp {
  readonly env: Env;
  readonly database: GlanceDatabase;
  readonly images: Images;
  readonly flags: FlagsOf<typeof glanceRegistryFlags>;
}

/** Upstream the registry has no policy: it trusts whoever has a token, and judges by owner. */
export const route = routeMaker<RegistryApp, ImageContext, never>();
