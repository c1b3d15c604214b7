/**
 * external_instance_event: what Neutron told nova-api of our servers. Upstream:
 * nova/compute/manager.py (external_instance_event, _process_instance_event) at 2014.2; nova §1.7.
 */
import type { ArgsIn } from "../../../bus/index.js";
import { wrapException, bindsArguments } from "./decorators.js";
import type { computeApi } from "./rpcapi.js";

type Events = ArgsIn<typeof computeApi, "external_instance_event">;

export const externalInstanceEvent = wrapException<Events>(
  "external_instance_event",
  bindsArguments("external_instance_event", function* (compute, ctxt, { instances, events }) {
    for (const event of events) {
      const instance = instances.find(({ uuid }) => uuid === event.instance_uuid);
      if (instance === undefined) continue;
      if (event.name === "network-changed") {
        yield* compute.network.get_instance_nw_info(ctxt, instance);
      } else if (!compute.events.deliver(instance.uuid, event)) {
        compute.log("debug", `No waiting events found dispatching ${event.key}`);
      }
    }
  }),
);
