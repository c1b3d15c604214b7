/**
 * `POST /os-server-external-events`: what other services, Neutron above all, tell of servers. Events
 * of servers that are on a host are sent there, host by host in a dictionary's order. Upstream:
 * contrib/server_external_events.py, nova/compute/api.py (external_instance_event) at 2014.2; nova §5.6.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { dictOrder, get, PythonTypeError, type Json } from "../../../../python/index.js";
import { instanceFromRow } from "../../db/instances/instances.js";
import { InstanceExternalEvent } from "../../objects/external-event.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaApp } from "../app.js";
import { isList } from "../input.js";
import { route, type NovaRoute } from "../route.js";
import { plainFault } from "../faults.js";
import { dictOf, eventOf } from "./external-event.js";

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
  readonly events: InstanceExternalEvent[];
}

function* create(app: NovaApp, ctxt: RequestContext, body: Json): Op<HttpResponse> {
  const given = get(body, "events");
  if (!isList(given) || given.length === 0) throw plainFault(400);
  const parsed = given.map((one) => {
    const asGiven = dictOf(one);
    const event = asObject(app, eventOf(asGiven));
    // Pairs make a dictionary, in which nobody can note what came of it.
    if (isList(one)) throw new PythonTypeError("list indices must be integers, not str");
    return [event, asGiven] as const;
  });
  const batches = new Map<string, Batch>();
  const answers = parsed.map(([event, asGiven]) => {
    const instance = lookUp(app, event.instance_uuid, batches);
    if (instance === undefined) return { ...asGiven, status: "failed", code: 404 };
    if (instance.host === null) return { ...asGiven, status: "failed", code: 422 };
    const batch: Batch = batches.get(instance.host) ?? { instances: new Map(), events: [] };
    batches.set(instance.host, batch);
    batch.instances.set(instance.uuid, instance);
    batch.events.push(event);
    const { name, tag, instance_uuid } = event;
    const what = `${name}:${tag ?? "None"} for instance ${instance_uuid}`;
    app.env.log("info", `Creating event ${what}`);
    return { ...asGiven, status: "completed", code: 200 };
  });
  if (batches.size === 0) throw new HttpFault(404, "No instances found for any event");
  for (const server of dictOrder([...batches.keys()])) {
    const { instances = new Map<string, Instance>(), events = [] } = batches.get(server) ?? {};
    const compute = app.computeRpc.prepare({ server });
    yield* compute.external_instance_event(ctxt, { instances: [...instances.values()], events });
  }
  const all = answers.every(({ code }) => code === 200);
  return respond(all ? 200 : 207, { events: answers });
}

/** Each field was assigned to an object that was empty. */
const asObject = (app: NovaApp, event: ReturnType<typeof eventOf>): InstanceExternalEvent =>
  new InstanceExternalEvent(app.store, event, Object.keys(event));

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
