/**
 * Hosts of services and what volumes they have. They can be listed and shown; enabling and disabling
 * them was never written upstream. A volume counts for its host only where its pool is not said, which
 * is nowhere. Upstream: cinder/api/contrib/hosts.py, cinder/volume/api.py (HostAPI) at 2014.2.
 */
import { storedDate } from "../../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  asDict,
  dictOrder,
  noAttribute,
  NotImplementedException,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import type { CinderDatabase } from "../../../db/database.js";
import { serviceIsUp } from "../../../db/services.js";
import { volumesOfHost } from "../../../db/volumes.js";
import { AdminRequired } from "../../../exception.js";
import { VOLUME_TOPIC } from "../../../volume/rpcapi.js";
import { badRequest, notFound } from "../../faults.js";
import { bodyOf } from "../../input.js";
import { BOTH, inVersions, type CinderCall } from "../../route.js";

const RULE = "volume_extension:hosts";

export const hostRoutes = inVersions(BOTH, (route) => [
  route("GET", "/os-hosts", RULE, function* (call) {
    return respond(200, { hosts: listed(call) });
  }),
  route("GET", "/os-hosts/{id}", null, show),
  route("PUT", "/os-hosts/{id}", { inside: RULE }, update),
]);

/** Of services that are enabled. */
function listed({ app, request: { query } }: CinderCall): JsonObject[] {
  const { db, downTime } = app;
  const zone = query.get("zone") ?? "";
  return db.services
    .find({ disabled: false })
    .filter(({ availability_zone }) => zone === "" || availability_zone === zone)
    .map((service) => ({
      host_name: service.host,
      service: service.topic,
      zone: service.availability_zone,
      "service-status": serviceIsUp(db, service, downTime) ? "available" : "unavailable",
      "service-state": "enabled",
      "last-update": service.updated_at === null ? null : storedDate(service.updated_at),
    }));
}

function* show({ app: { db }, ctxt, params: { id } }: CinderCall<"id">): Op<HttpResponse> {
  if (!ctxt.is_admin) throw new HttpFault(403, "Describe-resource is admin only functionality");
  const service = db.services.first({ host: id, topic: VOLUME_TOPIC, disabled: false });
  if (service === undefined) throw notFound("Host not found");
  const projects = volumesOfHost(db, id).map(({ project_id }) => project_id ?? "");
  const ofProjects = dictOrder([...new Set(projects)]).map((project) => usage(db, project));
  const own = db.volumes.find({ host: id });
  const sum = (key: "snapshots" | "snapshotGb"): number =>
    ofProjects.reduce((total, project) => total + project[key], 0);
  const total = {
    project: "(total)",
    volumes: own.length,
    volumeGb: own.reduce((all, { size }) => all + size, 0),
    snapshots: sum("snapshots"),
    snapshotGb: sum("snapshotGb"),
  };
  return respond(200, { host: [total, ...ofProjects].map((one) => resource(id, one)) });
}

interface Usage {
  readonly project: string;
  readonly volumes: number;
  readonly volumeGb: number;
  readonly snapshots: number;
  readonly snapshotGb: number;
}

/** On whatever host. */
function usage(db: CinderDatabase, project: string): Usage {
  const volumes = db.volumes.find({ project_id: project });
  const snapshots = db.snapshots.find({ project_id: project });
  return {
    project,
    volumes: volumes.length,
    volumeGb: volumes.reduce((all, { size }) => all + size, 0),
    snapshots: snapshots.length,
    snapshotGb: snapshots.reduce((all, { volume_size }) => all + volume_size, 0),
  };
}

const resource = (host: string, one: Usage): JsonObject => ({
  resource: {
    host,
    project: one.project,
    volume_count: String(one.volumes),
    total_volume_gb: String(one.volumeGb),
    snapshot_count: String(one.snapshots),
    total_snapshot_gb: String(one.snapshotGb),
  },
});

/** That the host is there is asked first, and only administrators may ask that. */
function* update(call: CinderCall<"id">): Op<HttpResponse> {
  const { app, ctxt, request, params } = call;
  const { id } = params;
  const body = bodyOf(request);
  if (!ctxt.is_admin) throw new AdminRequired();
  if (!listed(call).some(({ host_name }) => host_name === id)) {
    throw notFound(`Host '${id}' could not be found.`);
  }
  call.enforce(ctxt, RULE);
  const settings = Object.entries(asDict(body, "iteritems"));
  const states = settings.map(([key, value]) => stateIn(key, value));
  const state = states.at(-1);
  if (state === undefined) return respond(200, {});
  app.env.log("info", `Setting host ${id} to ${state}d.`);
  throw new NotImplementedException();
}

/** @throws HttpFault 400; AttributeError for what is no text */
function stateIn(key: string, value: Json): string {
  if (typeof value !== "string") throw noAttribute(value, "lower");
  if (key.toLowerCase().trim() !== "status") throw badRequest(`Invalid update setting: '${key}'`);
  const state = value.toLowerCase().trim();
  if (state === "enable" || state === "disable") return state;
  throw badRequest(`Invalid status: '${value}'`);
}
