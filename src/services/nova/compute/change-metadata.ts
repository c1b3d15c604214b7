/**
 * change_instance_metadata: a guest's host hears that the guest's metadata is another, and logs it.
 * Xen's driver alone does more. Upstream: nova/compute/manager.py, nova/virt/driver.py
 * (change_instance_metadata) at 2014.2.
 */
import type { ArgsIn } from "../../../bus/index.js";
import { repr } from "../../../python/index.js";
import { bindsArguments, wrapException, wrapInstanceFault } from "./decorators.js";
import type { computeApi } from "./rpcapi.js";

const NAME = "change_instance_metadata";

type Change = ArgsIn<typeof computeApi, typeof NAME>;

export const changeInstanceMetadata = wrapException<Change>(
  NAME,
  wrapInstanceFault(
    bindsArguments(NAME, function* (compute, _ctxt, { diff }) {
      compute.log("debug", `Changing instance metadata according to ${repr(diff)}`);
    }),
  ),
);
