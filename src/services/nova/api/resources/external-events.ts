/**
 * `POST /os-server-external-events`: what other services, Neutron above all, tell of servers. Events
 * of servers that are on a host are sent there. Upstream:
 * nova/api/openstack/compute/contrib/server_external_events.py at 2014.2; nova §5.6.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../../../python/index.js";
import type { ExternalEvent } from "../../compute/rpcapi.js";
import { instanceFromRow } from "../../db/instances.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaApp } from "../app.js";
import { badRequest, isList, shown } from "../input.js";
import { route, type NovaRoute } from "../route.js";

const STATUSES = ["failed", "completed", "in-progress"] as const;
const KEYS = ["server_uuid", "name", "status", "tag"];

export const externalEventRoutes: readonly NovaRoute[] = [
  route(
    "POST",
    "/os-server-external-events",
    "compute_extension:os-server-external-events:create",
    ({ app, ctxt, request }) => create(app, ctxt, request.body),
  ),
];

/** What a host is told. */
interface Batch {
  readonly instances: Map<string, Instance>;
  readonly events: ExternalEvent[];
}

function* create(app: NovaApp, ctxt: RequestContext, body: Json): Op<HttpResponse> {
  const given = isObject(body) ? body["events"] : undefined;
  if (!isList(given)) throw badRequest("Malformed request body");
  const parsed = given.map(eventOf);
  const batches = new Map<string, Batch>();
  const answers = parsed.map(([event, asGiven]) => {
    const instance = lookUp(app, event.instance_uuid, batches);
    if (instance === undefined) return { ...asGiven, status: "failed", code: 404 };
    if (instance.host === null) return { ...asGiven, status: "failed", code: 422 };
    const batch: Batch = batches.get(instance.host) ?? { instances: new Map(), events: [] };
    batches.set(instance.host, batch);
    batch.instances.set(instance.uuid, instance);
    batch.events.push(event);
    return { ...asGiven, status: "completed", code: 200 };
  });
  if (batches.size === 0) throw new HttpFault(404, "No instances found for any event");
  for (const [server, { instances, events }] of batches) {
    const compute = app.computeRpc.prepare({ server });
    yield* compute.external_instance_event(ctxt, { instances: [...instances.values()], events });
  }
  const all = answers.every(({ code }) => code === 200);
  return respond(all ? 200 : 207, { events: answers });
}

/** @throws HttpFault 400 */
function eventOf(given: Json): readonly [ExternalEvent, JsonObject] {
  if (!isObject(given)) throw badRequest("Malformed request body");
  for (const key of ["server_uuid", "name"]) {
    if (given[key] === undefined) throw badRequest(`event entity requires key '${key}'`);
  }
  const unknown = Object.keys(given).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) {
    throw badRequest(`event entity contains unsupported items: ${unknown.join(", ")}`);
  }
  const wanted = given["status"] ?? "completed";
  const status = STATUSES.find((known) => known === wanted);
  if (status === undefined) throw badRequest(`Invalid event status \`${shown(wanted)}'`);
  const event = {
    instance_uuid: shown(given["server_uuid"]),
    name: shown(given["name"]),
    status,
    tag: typeof given["tag"] === "string" ? given["tag"] : null,
  };
  return [event, given];
}

function lookUp(
  app: NovaApp,
  uuid: string,
  batches: ReadonlyMap<string, Batch>,
): Instance | undefined {
  const row = app.db.instances.get(uuid);
  if (row === undefined) return undefined;
  const known = row.host === null ? undefined : batches.get(row.host)?.instances.get(uuid);
  return known ?? instanceFromRow(app.db, app.store, row);
}
