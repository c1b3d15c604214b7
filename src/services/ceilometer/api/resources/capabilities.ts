/** What this API and its storage can do. Upstream: ceilometer/api/controllers/v2.py (Capabilities), ceilometer/storage/base.py, impl_sqlalchemy.py at 2014.2. */
import { ok, route, urlArguments } from "../route.js";

const flags = (names: readonly string[], value: boolean): Record<string, boolean> =>
  Object.fromEntries(names.map((name) => [name, value]));

const THERE = [
  ...["meters", "resources", "samples", "statistics"].flatMap((name) => [
    `${name}:query:simple`,
    `${name}:query:metadata`,
  ]),
  ...["samples:query:complex", "samples:pagination", "samples:groupby", "statistics:groupby"],
  "statistics:aggregation:standard",
  ...["max", "min", "sum", "avg", "count", "stddev", "cardinality"].map(
    (name) => `statistics:aggregation:selectable:${name}`,
  ),
  ...["events:query:simple", "alarms:query:simple", "alarms:query:complex"],
  ...["alarms:history:query:simple", "alarms:history:query:complex"],
];

const NOT_THERE = ["meters", "resources", "statistics"].flatMap((name) => [
  `${name}:pagination`,
  `${name}:query:complex`,
]);

const CAPABILITIES = {
  api: { ...flags(THERE, true), ...flags(NOT_THERE, false) },
  storage: { "storage:production_ready": true },
  alarm_storage: { "storage:production_ready": true },
};

export const capabilityRoutes = [
  route("GET", "/v2/capabilities", null, function* ({ request }) {
    urlArguments(request, () => undefined);
    return ok(CAPABILITIES);
  }),
];
