/**
 * Whether the host that a server is on now sees the files that are left of it here. Upstream:
 * nova/compute/manager.py (_is_instance_storage_shared, check_instance_shared_storage) at 2014.2.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { NotImplementedException, subscript, str, type Json } from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";
import { bindsArguments, wrapException } from "../decorators.js";
import { computeHost, type computeApi } from "../rpcapi.js";

const NO_CHECK =
  "Hypervisor driver does not support instance shared storage check, assuming it's not on shared storage";

/** Where nothing is left here, or the other host cannot be asked, they are taken to be seen there. */
export function* isStorageShared(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<boolean> {
  const { driver, computeRpc } = compute;
  let filename: string | undefined;
  try {
    const data = driver.sharedStorageProbe(instance);
    if (data === null) return true;
    filename = str(data["filename"] ?? null);
    const there = computeRpc.prepare({ server: computeHost(instance) });
    return yield* there.check_instance_shared_storage(ctxt, { instance, data });
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof NotImplementedException) {
      compute.log("warning", NO_CHECK);
      return false;
    }
    compute.log("error", `Failed to check if instance shared: ${error.message}`);
    return true;
  } finally {
    if (filename !== undefined) driver.endSharedStorageProbe(filename);
  }
}

type Check = ArgsIn<typeof computeApi, "check_instance_shared_storage">;

/** As the other host is asked. @throws NotImplementedException */
export const checkInstanceSharedStorage = wrapException<Check, boolean>(
  "check_instance_shared_storage",
  bindsArguments("check_instance_shared_storage", function* (compute, _ctxt, { data }) {
    return compute.driver.seesFile(str(subscript(data, "filename") as Json));
  }),
);
