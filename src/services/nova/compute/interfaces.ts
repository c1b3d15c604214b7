/**
 * attach_interface and detach_interface: a server gets a port more, or loses one, which is deleted whoever has made
 * it. Upstream: nova/compute/manager.py at 2014.2.
 */
import type { ArgsIn } from "../../../bus/index.js";
import { caught } from "../../../kernel/index.js";
import { InterfaceAttachFailed, PortNotFound } from "../exception.js";
import type { Vif } from "../network-api/model.js";
import { eventlessMethod } from "./decorators.js";
import type { computeApi } from "./rpcapi.js";

type Attach = ArgsIn<typeof computeApi, "attach_interface">;
type Detach = ArgsIn<typeof computeApi, "detach_interface">;

/** The caller waits. @throws InterfaceAttachFailed */
export const attachInterface = eventlessMethod<Attach, Vif>(
  "attach_interface",
  function* (compute, ctxt, { instance, port_id, network_id, requested_ip }) {
    const { network, driver, images } = compute;
    const wanted = { port_id, network_id, requested_ip };
    const vifs = yield* network.allocate_port_for_instance(ctxt, instance, wanted);
    const [vif, ...more] = vifs;
    if (vif === undefined || more.length > 0) {
      const count = String(vifs.length);
      compute.log("error", `allocate_port_for_instance returned ${count} ports`);
      throw new InterfaceAttachFailed({ instance_uuid: instance.uuid });
    }
    const { image_ref: image } = instance;
    if (image !== "") {
      try {
        yield* images.get(ctxt, image);
      } catch (thrown) {
        const { message } = yield* caught(thrown);
        compute.log("warning", `Can't access image ${image}: ${message}`);
      }
    }
    yield* driver.attachInterface(instance, vif);
    return vif;
  },
);

/** Its port goes before the guest loses it. @throws PortNotFound */
export const detachInterface = eventlessMethod<Detach>(
  "detach_interface",
  function* ({ network, driver }, ctxt, { instance, port_id }) {
    const vifs = instance.info_cache.network_info as readonly Vif[];
    const condemned = vifs.find(({ id }) => id === port_id);
    if (condemned === undefined) {
      throw new PortNotFound({}, `Port ${port_id} is not attached`);
    }
    yield* network.deallocate_port_for_instance(ctxt, instance, port_id);
    yield* driver.detachInterface(instance, condemned);
  },
);
