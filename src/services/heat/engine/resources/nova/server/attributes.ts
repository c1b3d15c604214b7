/** What may be asked of a server that is there. Upstream: heat/engine/resources/server.py (_resolve_attribute) at 2014.2. */
import type { Op } from "../../../../../../kernel/index.js";
import { truth, type Json } from "../../../../../../python/index.js";
import type { Clients, HeldServer } from "../../../../clients/index.js";
import { exceptionOf } from "../../../scheduler/task.js";
import { withAddressPorts } from "./addresses.js";

/** Empty of a server that is gone. */
export function* serverAttribute({ nova }: Clients, id: string, name: string): Op<Json> {
  if (name === "first_address") {
    const address = yield* nova.firstAddress(id);
    return truth(address) ? address : "";
  }
  let server: HeldServer;
  try {
    server = yield* nova.server(id);
  } catch (thrown) {
    const error = yield* exceptionOf(thrown);
    if (nova.isNotFound(error)) return "";
    throw error;
  }
  const { info } = server;
  switch (name) {
    case "addresses":
      return withAddressPorts(info, yield* (yield* nova.client()).interfaces.of(server.id));
    case "networks":
      return server.networks;
    case "instance_name":
      return info["OS-EXT-SRV-ATTR:instance_name"] ?? null;
    case "show":
      return info;
    default:
      return info[name] ?? null;
  }
}
