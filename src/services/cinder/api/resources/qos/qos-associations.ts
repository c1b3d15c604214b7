/**
 * Which volume types have which qualities of service; all asked for by GET. Upstream:
 * cinder/api/contrib/qos_specs_manage.py (associations, associate, disassociate, disassociate_all),
 * cinder/volume/qos_specs.py at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  qosSpecsAssociate,
  qosSpecsGet,
  qosSpecsOfType,
  qosSpecsTypes,
} from "../../../db/qos-specs.js";
import { volumeTypeGet } from "../../../db/volume-types.js";
import { InvalidVolumeType, NotFound } from "../../../exception.js";
import { exceptionPayload } from "../../../notifications.js";
import { badRequest } from "../../faults.js";
import { BOTH, inVersions, type CinderCall } from "../../route.js";
import { assertAdmin, tellError, telling } from "./telling.js";

const ITEM = "/qos-specs/{id}";
const RULE = "volume_extension:qos_specs_manage";

export const qosAssociationRoutes = inVersions(BOTH, (route) => [
  route("GET", `${ITEM}/associations`, RULE, associations),
  route("GET", `${ITEM}/associate`, RULE, associate),
  route("GET", `${ITEM}/disassociate`, RULE, disassociate),
  route("GET", `${ITEM}/disassociate_all`, RULE, disassociateAll),
]);

type Call = CinderCall<"id">;

const GONE = [[NotFound, 404]] as const;

function* associations(call: Call): Op<HttpResponse> {
  const { app, params } = call;
  assertAdmin(call);
  const types = yield* telling(call, {
    event: "qos_specs.associations",
    about: { id: params.id },
    expected: GONE,
    make: () => qosSpecsTypes(app.db, params.id),
  });
  const qos_associations = types.map(({ name, uuid: id }) => ({
    association_type: "volume_type",
    name,
    id,
  }));
  return respond(200, { qos_associations });
}

/** What it fails with is called a failed delete. @throws HttpFault 400 */
function* typeIn(call: Call): Op<string> {
  const type = call.request.query.get("vol_type_id") ?? "";
  if (type !== "") return type;
  const error_message = "Volume Type id must not be None.";
  yield* tellError(call, "qos_specs.delete", { id: call.params.id, error_message });
  throw badRequest(error_message);
}

/** A type that has others already is told of twice. */
function* associate(call: Call): Op<HttpResponse> {
  const { db } = call.app;
  const { id } = call.params;
  const type_id = yield* typeIn(call);
  assertAdmin(call);
  try {
    yield* telling(call, {
      event: "qos_specs.associate",
      about: { id },
      with: { type_id },
      expected: GONE,
      make() {
        qosSpecsGet(db, id);
        const its = qosSpecsOfType(db, type_id);
        if (its === null) qosSpecsAssociate(db, type_id, id);
        else if (its.id !== id) {
          const reason = `Type ${type_id} is already associated with another qos specs: ${its.id}`;
          throw new InvalidVolumeType({ reason });
        }
      },
    });
  } catch (error) {
    if (!(error instanceof InvalidVolumeType)) throw error;
    const payload = { id, error_message: exceptionPayload(error) };
    yield* tellError(call, "qos_specs.associate", payload);
    yield* tellError(call, "qos_specs.associate", payload);
    throw badRequest(error.message);
  }
  return respond(202);
}

/** A type that has others keeps them. */
function* disassociate(call: Call): Op<HttpResponse> {
  const { db } = call.app;
  const { id } = call.params;
  const type_id = yield* typeIn(call);
  assertAdmin(call);
  yield* telling(call, {
    event: "qos_specs.disassociate",
    about: { id },
    with: { type_id },
    expected: GONE,
    make() {
      qosSpecsGet(db, id);
      const { qos_specs_id } = volumeTypeGet(db, type_id);
      if (qos_specs_id === id) qosSpecsAssociate(db, type_id, null);
    },
  });
  return respond(202);
}

function* disassociateAll(call: Call): Op<HttpResponse> {
  const { db } = call.app;
  const { id } = call.params;
  assertAdmin(call);
  yield* telling(call, {
    event: "qos_specs.disassociate_all",
    about: { id },
    expected: GONE,
    make() {
      qosSpecsGet(db, id);
      for (const { uuid } of qosSpecsTypes(db, id)) qosSpecsAssociate(db, uuid, null);
    },
  });
  return respond(202);
}
