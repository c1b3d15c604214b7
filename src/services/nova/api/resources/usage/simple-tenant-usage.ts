/**
 * What projects have used in a stretch of time, server by server: hours times what its flavor has. Upstream:
 * nova/api/openstack/compute/contrib/simple_tenant_usage.py, nova/db/sqlalchemy/api.py (instance_get_active_by_window_joined)
 * at 2014.2; nova §5.5.
 */
import { storedDate, type Row } from "../../../../../framework/index.js";
import { respond, type Query } from "../../../../../http/index.js";
import { dictOrder, type JsonObject } from "../../../../../python/index.js";
import type { InstanceRow } from "../../../db/schema.js";
import { InvalidStrTime } from "../../../exception.js";
import type { NovaApp } from "../../app.js";
import { badRequest, firstGiven } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";
import { dateFormat, strptime } from "./strptime.js";

const POLICY = "compute_extension:simple_tenant_usage";

export const simpleTenantUsageRoutes: readonly NovaRoute[] = [
  route("GET", "/os-simple-tenant-usage", `${POLICY}:list`, function* ({ app, request }) {
    const { detailed, ...period } = periodIn(app, request.query);
    return respond(200, { tenant_usages: usages(app, period, detailed) });
  }),
  route(
    "GET",
    "/os-simple-tenant-usage/{id}",
    { inside: `${POLICY}:show` },
    function* ({ app, ctxt, enforce, params: { id }, request }) {
      enforce({ project_id: id, user_id: ctxt.user_id ?? "" });
      const [usage = {}] = usages(app, periodIn(app, request.query), true, id);
      return respond(200, { tenant_usage: usage });
    },
  ),
];

/** In virtual time. */
interface Period {
  readonly start: number;
  readonly stop: number;
}

/** @throws HttpFault 400 */
function periodIn(app: NovaApp, query: Query): Period & { readonly detailed: boolean } {
  const { now } = app.env.kernel;
  const start = dateIn(app, firstGiven(query, "start"), now);
  // The end is read from the clock a moment after the start.
  const stop = dateIn(app, firstGiven(query, "end"), now + 1);
  if (start >= stop) {
    throw badRequest("Invalid start time. The start time cannot occur after the end time.");
  }
  return { start, stop: Math.min(stop, now), detailed: firstGiven(query, "detailed") === "1" };
}

const FORMATS = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M:%S.%f"].map(
  dateFormat,
);

/** @throws HttpFault 400 */
function dateIn({ env }: NovaApp, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  for (const format of FORMATS) {
    const at = strptime(env.kernel.calendar, text, format);
    if (at !== undefined) return at;
  }
  throw badRequest(new InvalidStrTime({ reason: "Datetime is in invalid format" }).message);
}

/** By projects, each with the servers that were there in the period. */
function usages(
  app: NovaApp,
  period: Period,
  detailed: boolean,
  project?: string,
): readonly JsonObject[] {
  const { calendar } = app.env.kernel;
  const found = new Map<string, { readonly servers: JsonObject[]; readonly rows: Used[] }>();
  for (const row of activeIn(app, period, project)) {
    const used = { row, hours: hoursOf(app, row, period) };
    const own = found.get(row.project_id) ?? { servers: [], rows: [] };
    own.rows.push(used);
    own.servers.push(serverUsage(app, used));
    found.set(row.project_id, own);
  }
  return dictOrder([...found.keys()]).map((tenant_id) => {
    const { servers = [], rows = [] } = found.get(tenant_id) ?? {};
    const sum = (of: (row: Row<InstanceRow>) => number): number =>
      rows.reduce((total, { row, hours }) => total + of(row) * hours, 0);
    return {
      tenant_id,
      ...(detailed && { server_usages: servers }),
      total_local_gb_usage: sum((row) => row.root_gb + row.ephemeral_gb),
      total_vcpus_usage: sum((row) => row.vcpus),
      total_memory_mb_usage: sum((row) => row.memory_mb),
      total_hours: sum(() => 1),
      start: calendar.stamp(period.start),
      stop: calendar.stamp(period.stop),
    };
  });
}

interface Used {
  readonly row: Row<InstanceRow>;
  readonly hours: number;
}

/** Those that began before its end and did not end before its beginning, deleted ones as well. */
function activeIn({ db, env }: NovaApp, { start, stop }: Period, project?: string) {
  const { calendar } = env.kernel;
  const at = (stamp: string): number => calendar.parse(storedDate(stamp));
  return db.instances
    .findAny(project === undefined ? {} : { project_id: project })
    .filter(
      ({ launched_at, terminated_at }) =>
        launched_at !== null &&
        at(launched_at) < stop &&
        (terminated_at === null || at(terminated_at) > start),
    )
    .toSorted((a, b) => a.id - b.id);
}

/** Microseconds count ten times: upstream divides them by 100,000. */
function hoursOf(
  { env }: NovaApp,
  { launched_at, terminated_at }: Row<InstanceRow>,
  { start, stop }: Period,
): number {
  const at = (stamp: string | null, otherwise: number): number =>
    stamp === null ? otherwise : env.kernel.calendar.parse(storedDate(stamp));
  const micros = Math.min(stop, at(terminated_at, stop)) - Math.max(start, at(launched_at, start));
  const seconds = Math.floor(micros / 1e6);
  return (seconds + (micros - seconds * 1e6) / 100_000) / 3600;
}

function serverUsage(app: NovaApp, { row, hours }: Used): JsonObject {
  const { kernel } = app.env;
  const metadata = app.db.instance_system_metadata.getAny(row.uuid)?.metadata;
  const flavor =
    metadata?.["instance_type_name"] ?? app.db.instance_types.getAny(row.instance_type_id)?.name;
  const started_at = storedDate(row.launched_at) ?? "";
  const ended_at = storedDate(row.terminated_at);
  const end = ended_at === null ? kernel.now : kernel.calendar.parse(ended_at);
  return {
    hours,
    flavor: flavor ?? "",
    instance_id: row.uuid,
    name: row.display_name,
    memory_mb: row.memory_mb,
    local_gb: row.root_gb + row.ephemeral_gb,
    vcpus: row.vcpus,
    tenant_id: row.project_id,
    started_at,
    ended_at,
    state: ended_at === null ? row.vm_state : "terminated",
    uptime: Math.floor((end - kernel.calendar.parse(started_at)) / 1e6),
  };
}
