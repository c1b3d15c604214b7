/**
 * The records of Cinder's services: listed, and taken out of or put back to work. Each change of a
 * record counts as a sign of life of its service. Upstream: cinder/api/contrib/services.py,
 * extended_services.py at 2014.2.
 */
import { sameText, storedDate } from "../../../../../framework/index.js";
import {
  respond,
  type HttpFault,
  type HttpResponse,
  type Query,
} from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  asDict,
  get,
  item,
  KeyError,
  noAttribute,
  PythonTypeError,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { serviceIsUp, type Service } from "../../../db/services.js";
import { HostBinaryNotFound } from "../../../exception.js";
import type { CinderApp } from "../../app.js";
import { badRequest, notFound, plainFault } from "../../faults.js";
import { bodyOf, columnText } from "../../input.js";
import { BOTH, inVersions, type CinderCall } from "../../route.js";

const RULE = "volume_extension:services";

export const serviceRoutes = inVersions(BOTH, (route) => [
  route("GET", "/os-services", RULE, index),
  route("PUT", "/os-services/{id}", { inside: RULE }, update),
]);

function* index({ app, request: { query } }: CinderCall): Op<HttpResponse> {
  const said = (name: string): string => query.get(name) ?? "";
  const [host, binary] = [said("host"), binaryIn(query)];
  const services = app.db.services
    .find()
    .filter((service) => host === "" || service.host === host)
    .filter((service) => binary === "" || service.binary === binary);
  return respond(200, { services: services.map((service) => view(app, service)) });
}

/** `service` is the parameter of old. */
function binaryIn(query: Query): string {
  const binary = query.get("binary") ?? "";
  return binary === "" ? (query.get("service") ?? "") : binary;
}

const view = ({ db, downTime }: CinderApp, service: Service): JsonObject => ({
  binary: service.binary,
  host: service.host,
  zone: service.availability_zone,
  status: service.disabled ? "disabled" : "enabled",
  state: serviceIsUp(db, service, downTime) ? "up" : "down",
  updated_at: service.updated_at === null ? null : storedDate(service.updated_at),
  disabled_reason: service.disabled_reason,
});

const ACTIONS = ["enable", "disable", "disable-log-reason"];

function* update(call: CinderCall<"id">): Op<HttpResponse> {
  const { app, ctxt, request, params } = call;
  const { db } = app;
  const body = bodyOf(request);
  call.enforce(ctxt, RULE);
  const { id: action } = params;
  if (!ACTIONS.includes(action)) throw notFound("Unknown action");
  const host = hostIn(body);
  const disabled = action !== "enable";
  const reason = action === "disable-log-reason" ? reasonIn(body) : null;
  const changes = { ...(action !== "disable" && { disabled_reason: reason }), disabled };
  const { service = "", binary = "" } = asDict(body, "get");
  const key = truth(binary) ? binary : service;
  if (!truth(key)) throw plainFault(400);
  const [its, of] = [columnText(host) ?? "", columnText(key) ?? ""];
  const found = db.services
    .find()
    .find((row) => sameText(row.host, its) && sameText(row.binary, of));
  if (found === undefined) throw new HostBinaryNotFound({ host, binary: key });
  db.services.update(found.id, changes);
  const status = disabled ? "disabled" : "enabled";
  return respond(200, { ...changes, host, service, binary, status });
}

/** @throws HttpFault 400 */
function hostIn(body: Json): Json {
  try {
    return item(body, "host");
  } catch (error) {
    if (error instanceof KeyError || error instanceof PythonTypeError) throw plainFault(400);
    throw error;
  }
}

const LONGEST = 255;

/** It is measured without the blanks around it, and kept with them. @throws HttpFault 400; AttributeError */
function reasonIn(body: Json): string {
  const reason = get(body, "disabled_reason");
  if (!truth(reason)) throw badReason();
  if (typeof reason !== "string") throw noAttribute(reason, "strip");
  const { length } = reason.trim();
  if (length < 1 || length > LONGEST) throw badReason();
  return reason;
}

const badReason = (): HttpFault =>
  badRequest("Disabled reason contains invalid characters or is too long");
