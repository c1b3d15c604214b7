/**
 * What the script of the network topology makes of the data that it gets: each network, and what hangs on it. Upstream draws it;
 * here it is a table. Upstream: horizon/static/horizon/js/horizon.networktopology.js at 2014.2.
 */
import type { HttpResponse } from "../../http/index.js";
import type { PageRow } from "../../services/horizon/client/index.js";

interface Thing {
  readonly id: string;
  readonly name?: string;
  readonly network_id?: string;
  readonly device_id?: string;
  readonly subnets?: readonly { readonly cidr: string }[];
  readonly fixed_ips?: readonly { readonly ip_address: string }[];
}

type Topology = Readonly<
  Record<"networks" | "routers" | "servers" | "ports", readonly Thing[] | undefined>
>;

/** Milliseconds until it is asked for again. */
export const RELOAD_MS = 10_000;

/** Undefined: an answer that nothing is drawn of, after which nobody asks again. */
export function topologyRows({ status, body }: HttpResponse): readonly PageRow[] | undefined {
  if (status !== 200 || typeof body !== "object" || body === null) return undefined;
  const { networks = [], routers = [], servers = [], ports = [] } = body as unknown as Topology;
  const devices = new Map<string, string>([
    ...routers.map(({ id, name = "" }) => [id, `router ${name}`] as const),
    ...servers.map(({ id, name = "" }) => [id, `instance ${name}`] as const),
  ]);
  return networks.map(({ id, name = "", subnets = [] }) => {
    const connected = ports
      .filter((port) => port.network_id === id && devices.has(port.device_id ?? ""))
      .map(({ device_id = "", fixed_ips = [] }) =>
        [devices.get(device_id) ?? "", ...fixed_ips.map((ip) => ip.ip_address)].join(" "),
      );
    const cells = [name, subnets.map(({ cidr }) => cidr).join("\n"), connected.join("\n")];
    return { id, name, cells, actions: [] };
  });
}
