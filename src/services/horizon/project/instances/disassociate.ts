/**
 * A server loses one of its floating IPs: the last one found of its ports. Upstream: SimpleDisassociateIP of
 * openstack_dashboard/dashboards/project/instances/tables.py at 2014.2.
 */
import { caught } from "../../../../kernel/index.js";
import { textOf } from "../../../../python/index.js";
import { floatingIpsSupported } from "../../api/network.js";
import { floatingIpList, neutronClient, portList } from "../../api/neutron.js";
import type { SingleAction } from "../../tables/action.js";
import { redirect } from "../../web/answer.js";
import { handle } from "../../web/exceptions.js";
import type { InstanceRow } from "./rows.js";
import { isDeleting } from "./states.js";

export const disassociate: SingleAction<InstanceRow> = {
  kind: "single",
  name: "disassociate",
  text: "Disassociate Floating IP",
  *allowed(request, row) {
    const supported = yield* floatingIpsSupported(request);
    return supported && row !== undefined && !isDeleting(row.server);
  },
  *act(request, device_id) {
    try {
      const ports = (yield* portList(request, { device_id })).map((port) => textOf(port, "id"));
      const own = (yield* floatingIpList(request)).filter((address) =>
        ports.includes(textOf(address, "port_id")),
      );
      const last = own.at(-1);
      if (last === undefined) {
        request.message("info", "No floating IPs to disassociate.");
      } else {
        const client = neutronClient(request);
        yield* client.update("floatingips", textOf(last, "id"), { port_id: null });
        const ip = textOf(last, "floating_ip_address");
        request.message("success", `Successfully disassociated floating IP: ${ip}`);
      }
    } catch (thrown) {
      handle(request, yield* caught(thrown), "Unable to disassociate floating IP.");
    }
    return redirect("/project/instances/");
  },
};
