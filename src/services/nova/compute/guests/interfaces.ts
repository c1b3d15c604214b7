/**
 * attach_interface and detach_interface: cards come and go while a guest is there. What Neutron has done
 * is not undone where the driver fails. Upstream: nova/compute/manager.py at 2014.2; nova-actions
 * NOV-272, NOV-273.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import { caught } from "../../../../kernel/index.js";
import {
  ImageNotAuthorized,
  ImageNotFound,
  InterfaceAttachFailed,
  Invalid,
  PortNotFound,
} from "../../exception.js";
import type { Vif } from "../../network-api/model.js";
import { cachedNetworkInfo } from "../build/networks.js";
import { eventlessMethod } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";

type Attach = ArgsIn<typeof computeApi, "attach_interface">;
type Detach = ArgsIn<typeof computeApi, "detach_interface">;

export const attachInterface = eventlessMethod<Attach, Vif>(
  "attach_interface",
  function* (compute, ctxt, { instance, network_id, port_id, requested_ip: address }) {
    const { uuid: instance_uuid, image_ref } = instance;
    const asked = { network_id, port_id, address };
    const vifs = yield* compute.network.allocate_port_for_instance(ctxt, instance, asked);
    const [vif] = vifs;
    if (vif === undefined || vifs.length !== 1) {
      const ports = String(vifs.length);
      compute.log("error", `allocate_port_for_instance returned ${ports} ports`);
      throw new InterfaceAttachFailed({ instance_uuid });
    }
    try {
      yield* compute.images.get(ctxt, image_ref);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const gone = [ImageNotFound, ImageNotAuthorized, Invalid].some((one) => error instanceof one);
      if (!gone) throw error;
      compute.log("warning", `Can't access image ${image_ref}: ${error.message}`);
    }
    yield* compute.driver.attachInterface(instance, vif);
    return vif;
  },
);

export const detachInterface = eventlessMethod<Detach>(
  "detach_interface",
  function* (compute, ctxt, { instance, port_id }) {
    const condemned = cachedNetworkInfo(instance).find(({ id }) => id === port_id);
    if (condemned === undefined) throw new PortNotFound({}, `Port ${port_id} is not attached`);
    yield* compute.network.deallocate_port_for_instance(ctxt, instance, port_id);
    yield* compute.driver.detachInterface(instance, condemned);
  },
);
