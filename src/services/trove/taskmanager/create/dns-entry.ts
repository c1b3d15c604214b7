/**
 * The name of an instance in DNS, if there is to be one: its address has to be known first. The driver that Trove has
 * by itself writes no entries, so that all that is seen of it is the wait for an address; Designate, which another
 * driver asks, is not simulated. Upstream: trove/taskmanager/models.py (_create_dns_entry), trove/dns at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import type { Server } from "../../../nova/client/index.js";
import type { TroveContext } from "../../context.js";
import { TroveError } from "../../exception.js";
import { visibleAddresses } from "../../instance/addresses.js";
import { instanceRecord } from "../../instance/instances.js";
import { pollUntil } from "../../poll.js";
import type { TaskParts } from "../task-parts.js";

/** @throws PollTimeOut, ClientException, TroveError where there is no address that users may see */
export function* createDnsEntry(parts: TaskParts, ctxt: TroveContext, id: string): Op<void> {
  const { env, flags } = parts;
  if (!flags.trove_dns_support) return;
  const { compute_instance_id } = instanceRecord(parts, ctxt, id);
  const nova = parts.remote.nova(ctxt);
  const server = (): Op<Server> => nova.server(compute_instance_id ?? "None");
  yield* pollUntil(env, { sleepTime: 1, timeOut: flags.dns_time_out }, function* () {
    const { addresses, status } = yield* server();
    if (Object.keys(addresses).length > 0) return true;
    if (status !== "ERROR") return false;
    const why = `Failed to create DNS entry for instance ${id}. Server status was ${status}).`;
    env.log("error", why);
    throw new TroveError({});
  });
  const [address] = visibleAddresses(parts, { server: yield* server() });
  if (address !== undefined) return;
  throw new TroveError({}, `Failed to create DNS entry for instance ${id}. No IP available.`);
}
