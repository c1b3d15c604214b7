/**
 * Qualities of service: sets of keys that the front end (Nova), the back end or both are to heed. Upstream:
 * cinder/api/contrib/qos_specs_manage.py, cinder/volume/qos_specs.py, cinder/api/views/qos_specs.py at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  asDict,
  boolFromString,
  contains,
  Exception,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import {
  qosSpecsAssociate,
  qosSpecsByName,
  qosSpecsCreate,
  qosSpecsDelete,
  qosSpecsGet,
  qosSpecsItemDelete,
  qosSpecsList,
  qosSpecsTypes,
  qosSpecsUpdate,
  type QosSpecs,
} from "../../../db/qos-specs.js";
import {
  CinderException,
  InvalidQoSSpecs,
  NotFound,
  QoSSpecsCreateFailed,
  QoSSpecsExists,
  QoSSpecsInUse,
  QoSSpecsKeyNotFound,
  QoSSpecsUpdateFailed,
} from "../../../exception.js";
import { badRequest, notFound, plainFault } from "../../faults.js";
import { bodyOf, columnText, validEntity } from "../../input.js";
import { BOTH, inVersions, type ApiVersion, type CinderCall } from "../../route.js";
import { linksOf } from "../../views/links.js";
import { assertAdmin, telling } from "./telling.js";

const ITEM = "/qos-specs/{id}";
const RULE = "volume_extension:qos_specs_manage";

export const qosSpecsRoutes = inVersions(BOTH, (route, version) => [
  route("GET", "/qos-specs", RULE, index),
  route("POST", "/qos-specs", RULE, (call) => create(call, version)),
  route("GET", ITEM, RULE, (call) => show(call, version)),
  route("PUT", ITEM, RULE, update),
  route("DELETE", ITEM, RULE, remove),
  route("PUT", `${ITEM}/delete_keys`, { inside: RULE }, deleteKeys),
]);

type Call = CinderCall<"id">;

function* index(call: CinderCall): Op<HttpResponse> {
  assertAdmin(call);
  return respond(200, { qos_specs: qosSpecsList(call.app.db) });
}

const detail = ({ app, ctxt }: CinderCall, version: ApiVersion, specs: QosSpecs): HttpResponse =>
  respond(200, {
    qos_specs: specs,
    links: linksOf(app, ctxt, { version, collection: "qos_specs", id: specs.id }),
  });

function* show(call: Call, version: ApiVersion): Op<HttpResponse> {
  assertAdmin(call);
  try {
    return detail(call, version, qosSpecsGet(call.app.db, call.params.id));
  } catch (error) {
    throw error instanceof NotFound ? notFound(error.message) : error;
  }
}

const CONSUMERS = ["front-end", "back-end", "both"];

/**
 * `_verify_prepare_qos_specs`: without a name, which is kept elsewhere.
 * @param usual who consumes it, if nobody is said to @throws InvalidQoSSpecs
 */
function prepared(given: JsonObject, usual?: string): JsonObject {
  const { name, ...others } = given;
  const specs = truth(name) ? others : given;
  const { consumer } = specs;
  if (consumer === undefined) return usual === undefined ? specs : { ...specs, consumer: usual };
  if (typeof consumer === "string" && CONSUMERS.includes(consumer)) return specs;
  const reason = "Valid consumer of QoS specs are: ['front-end', 'back-end', 'both']";
  throw new InvalidQoSSpecs({ reason });
}

/** What the database does not take is a failure of `kind`. @throws CinderException */
function stored(
  { app }: CinderCall,
  specs: JsonObject,
  write: (texts: Readonly<Record<string, string | null>>) => void,
  failed: () => CinderException,
): void {
  try {
    const texts = Object.entries(specs).map(([key, value]) => [key, columnText(value)] as const);
    write(Object.fromEntries(texts));
  } catch (error) {
    if (error instanceof CinderException || !(error instanceof Exception)) throw error;
    app.env.log("error", `DB error: ${error.message}`);
    throw failed();
  }
}

/** A consumer that there is not is nothing that anybody is told of. */
function* create(call: CinderCall, version: ApiVersion): Op<HttpResponse> {
  const { app, request } = call;
  const { db, ids } = app;
  const given = validEntity(request.body, "qos_specs");
  if (given === undefined) throw plainFault(400);
  const name = given["name"] ?? null;
  if (name === null || name === "") throw badRequest("Please specify a name for QoS specs.");
  const specs = prepared(given, "back-end");
  assertAdmin(call);
  const made = yield* telling(call, {
    event: "QoSSpecs.create",
    failure: "qos_specs.create",
    about: { name },
    with: { specs },
    expected: [
      [QoSSpecsExists, 409],
      [QoSSpecsCreateFailed, 500],
    ],
    make() {
      const text = textOf(name, specs);
      stored(
        call,
        specs,
        (texts) => {
          qosSpecsCreate(db, ids, { name: text, specs: texts });
        },
        () => new QoSSpecsCreateFailed({ name, qos_specs: specs }),
      );
      return qosSpecsByName(db, text);
    },
  });
  return detail(call, version, made);
}

/** @throws QoSSpecsCreateFailed */
function textOf(name: Json, qos_specs: JsonObject): string {
  try {
    return columnText(name) ?? "";
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    throw new QoSSpecsCreateFailed({ name, qos_specs });
  }
}

/** The answer is the body as it has become: without the name. */
function* update(call: Call): Op<HttpResponse> {
  const { app, request, params } = call;
  const { db, ids } = app;
  const { id } = params;
  const given = validEntity(request.body, "qos_specs");
  if (given === undefined) throw plainFault(400);
  const specs = yield* telling(call, {
    event: "qos_specs.update",
    about: { id },
    with: { specs: given },
    expected: [
      [NotFound, 404],
      [InvalidQoSSpecs, 400],
      [QoSSpecsUpdateFailed, 500],
    ],
    make() {
      const ready = prepared(given);
      assertAdmin(call);
      stored(
        call,
        ready,
        (texts) => {
          qosSpecsUpdate(db, ids, { specs_id: id, specs: texts });
        },
        () => new QoSSpecsUpdateFailed({ specs_id: id, qos_specs: ready }),
      );
      return ready;
    },
  });
  return respond(200, { ...asDict(request.body, "iteritems"), qos_specs: specs });
}

/** By force, from the types that have it. */
function* remove(call: Call): Op<HttpResponse> {
  const { app, request, params } = call;
  const { db } = app;
  const { id } = params;
  const force = boolFromString(request.query.get("force") ?? false);
  assertAdmin(call);
  yield* telling(call, {
    event: "qos_specs.delete",
    about: { id },
    expected: [
      [NotFound, 404],
      [QoSSpecsInUse, 400, "Qos specs still in use."],
    ],
    make() {
      const types = qosSpecsTypes(db, id);
      if (types.length > 0 && !force) throw new QoSSpecsInUse({ specs_id: id });
      for (const { uuid } of types) qosSpecsAssociate(db, uuid, null);
      qosSpecsDelete(db, id);
    },
  });
  return respond(202);
}

/** Those before the first that there is not are gone; whoever tells of it has no name. */
function* deleteKeys(call: Call): Op<HttpResponse> {
  const { app, ctxt, request, params } = call;
  const { db } = app;
  const { id } = params;
  const body = bodyOf(request);
  call.enforce(ctxt, RULE);
  const keys = keysIn(body);
  assertAdmin(call);
  yield* telling(call, {
    event: "qos_specs.delete_keys",
    publisher: "None",
    about: { id },
    expected: [
      [QoSSpecsKeyNotFound, 400],
      [NotFound, 404],
    ],
    make() {
      qosSpecsGet(db, id);
      for (const key of keys) qosSpecsItemDelete(db, id, columnText(key) ?? "");
    },
  });
  return respond(202);
}

/** @throws HttpFault 400; PythonTypeError, AttributeError */
function keysIn(body: Json): readonly Json[] {
  if (!truth(body) || !contains(body, "keys")) throw plainFault(400);
  const { keys } = asDict(body, "get");
  if (!Array.isArray(keys)) throw plainFault(400);
  return keys as readonly Json[];
}
