/** Options that heat-api and heat-engine read alike. Upstream: heat/common/config.py at 2014.2. */
import { authTokenFlags, integer, option, string } from "../../framework/index.js";

export const heatAuthFlags = authTokenFlags("heat", false);

export const commonFlags = {
  max_template_size: integer(524_288, "Maximum raw byte size of any template"),
  heat_revision: option("revision.heat_revision", string("unknown", "Heat build revision")),
} as const;
