/** What things of v2 look like, for clients. Those of the metadata catalogue are not simulated. Upstream: glance/api/v2/schemas.py at 2014.2. */
import { respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { route } from "../policy.js";
import { SCHEMAS } from "./schema.js";
import { TASK_SCHEMAS } from "./tasks/schema.js";

const ALL: Readonly<Record<string, JsonObject>> = { ...SCHEMAS, ...TASK_SCHEMAS };

export const v2SchemaRoutes = Object.entries(ALL).map(([name, schema]) =>
  route("GET", `/v2/schemas/${name}`, null, function* () {
    return respond(200, schema);
  }),
);
