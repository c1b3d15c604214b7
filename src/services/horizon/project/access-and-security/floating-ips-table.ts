/**
 * The tab of floating IPs. Upstream: openstack_dashboard/dashboards/project/access_and_security/floating_ips/tables.py,
 * openstack_dashboard/dashboards/project/access_and_security/tabs.py (FloatingIPsTab) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { textOf } from "../../../../python/index.js";
import { floatingIpPools } from "../../api/floating-ips.js";
import { networkClient } from "../../api/network.js";
import { floatingIpList, neutronClient, type FloatingIp } from "../../api/neutron.js";
import { serverList } from "../../api/nova.js";
import { counted, type Action, type ActionText } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { quotaUsages } from "../../usage/quotas.js";
import { redirect } from "../../web/answer.js";
import { attempted } from "../../web/attempts.js";
import { ACCESS_URL, FLOATING_IPS_URL } from "./addresses.js";
import { told } from "./told.js";

interface Row {
  readonly ip: FloatingIp;
  readonly pool: string;
  readonly server: string | undefined;
}

const allocate: Action<Row> = {
  kind: "link",
  name: "allocate",
  text: "Allocate IP To Project",
  modal: true,
  href: () => `${FLOATING_IPS_URL}allocate/`,
  *allowed(request): Op<boolean | ActionText> {
    const { floating_ips: left = 0 } = yield* quotaUsages(request);
    return left > 0 ? true : { text: "Allocate IP To Project (Quota exceeded)", disabled: true };
  },
};

const release: Action<Row> = {
  kind: "batch",
  name: "release",
  present: counted("Release Floating IP"),
  past: counted("Released Floating IP"),
  *act(request, id) {
    yield* networkClient(request);
    yield* neutronClient(request).delete("floatingips", id);
  },
};

const isUsed = (row: Row | undefined): boolean => (row?.ip["port_id"] ?? null) !== null;

const associate: Action<Row> = {
  kind: "link",
  name: "associate",
  text: "Associate",
  modal: true,
  href: (row) => `${FLOATING_IPS_URL}associate/?ip_id=${textOf(row?.ip ?? {}, "id")}`,
  *allowed(_request, row) {
    return !isUsed(row);
  },
};

const disassociate: Action<Row> = {
  kind: "single",
  name: "disassociate",
  text: "Disassociate",
  *allowed(_request, row) {
    return isUsed(row);
  },
  *act(request, id, row) {
    const done = yield* attempted(request, "Unable to disassociate floating IP.", function* () {
      yield* networkClient(request);
      yield* neutronClient(request).update("floatingips", id, { port_id: null });
      return true;
    });
    if (done === true) {
      request.env.log("info", `Disassociating Floating IP "${id}".`);
      const ip = textOf(row?.ip ?? {}, "floating_ip_address");
      request.message("success", `Successfully disassociated Floating IP: ${ip}`);
    }
    return redirect(ACCESS_URL);
  },
};

function mapped({ ip, server }: Row): string | null {
  const fixed = textOf(ip, "fixed_ip_address");
  const owner = ip.instance_type;
  if (owner === "compute") return `${server ?? "None"} ${fixed}`;
  if (owner === "loadbalancer") return `Load Balancer VIP ${fixed}`;
  return owner === null || owner === "" ? null : fixed;
}

export const floatingIpsView: Omit<TableView<Row>, "title"> = {
  *load(request) {
    const ips = yield* told(request, "Unable to retrieve floating IP addresses.", function* () {
      yield* networkClient(request);
      return yield* floatingIpList(request);
    });
    const pools = yield* told(request, "Unable to retrieve floating IP pools.", () =>
      floatingIpPools(request),
    );
    const found = yield* attempted(request, "Unable to retrieve instance list.", () =>
      serverList(request),
    );
    const names = new Map(pools.map((pool) => [pool["id"], textOf(pool, "name")]));
    const servers = new Map((found?.servers ?? []).map(({ id, name }) => [id, name]));
    const rows = ips.map((ip): Row => {
      const pool = textOf(ip, "floating_network_id");
      return { ip, pool: names.get(pool) ?? pool, server: servers.get(ip.instance_id ?? "") };
    });
    return { rows };
  },
  spec: {
    name: "floating_ips",
    title: "Floating IPs",
    id: ({ ip }) => textOf(ip, "id"),
    display: ({ ip }) => textOf(ip, "floating_ip_address"),
    columns: [
      { header: "IP Address", cell: ({ ip }) => textOf(ip, "floating_ip_address") },
      { header: "Mapped Fixed IP Address", cell: mapped },
      { header: "Floating IP Pool", cell: ({ pool }) => pool },
    ],
    tableActions: [allocate, release],
    rowActions: [associate, disassociate, release],
  },
};
