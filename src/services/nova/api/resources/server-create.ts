/**
 * `POST /servers`, and the same controller under `/os-volumes_boot`. Upstream:
 * nova/api/openstack/compute/servers.py (create) at 2014.2; nova §1.1.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { flavorByFlavorId } from "../../db/flavors.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaApp } from "../app.js";
import { createServers } from "../compute/create.js";
import { route, type NovaRoute } from "../route.js";
import { createdServer } from "../views/servers.js";
import { createFault } from "./create-faults.js";
import { parseCreateBody } from "./server-create-body.js";

export function serverCreateRoutes(app: NovaApp): NovaRoute[] {
  const handler: NovaRoute["handler"] = (ctxt, request) => create(app, ctxt, request.body);
  return [route("POST", "/servers", handler), route("POST", "/os-volumes_boot", handler)];
}

function* create(app: NovaApp, ctxt: RequestContext, body: Json): Op<HttpResponse> {
  const { flags, db, store, env } = app;
  const parsed = parseCreateBody(body, {
    passwords: env.stream("password"),
    passwordLength: flags.password_length,
    allowDuplicateNetworks: flags.allow_duplicate_networks,
  });
  try {
    const flavor = flavorByFlavorId(db, store, ctxt, parsed.flavorRef);
    const created = yield* createServers(app, ctxt, { ...parsed, flavor });
    if (parsed.returnReservationId) {
      return respond(202, { reservation_id: created.reservationId });
    }
    const server = createdServer(app, ctxt, created.instances[0] as Instance);
    const location = server.links[0]?.href ?? "";
    const shown = {
      security_groups: parsed.securityGroups,
      "OS-DCF:diskConfig": diskConfig(created.instances[0] as Instance),
      ...server,
      ...(flags.enable_instance_password && { adminPass: parsed.admin_password }),
    };
    return respond(202, { server: shown }, { location });
  } catch (error) {
    throw createFault(error);
  }
}

const diskConfig = ({ auto_disk_config }: Instance): string =>
  auto_disk_config === true ? "AUTO" : "MANUAL";
