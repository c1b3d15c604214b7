/**
 * The two steps of a form that are about a subnet, and what is found fault with there before Neutron is asked. Upstream:
 * openstack_dashboard/dashboards/project/networks/workflows.py (CreateSubnetInfoAction, CreateSubnetDetailAction),
 * openstack_dashboard/dashboards/project/networks/subnets/workflows.py,
 * openstack_dashboard/dashboards/project/networks/subnets/utils.py at 2014.2.
 */
import { parseIp, parseIpNetwork, type JsonObject } from "../../../../python/index.js";
import { textIn, type Choice, type Cleaned, type Field } from "../../forms/field.js";

export type Initial = Readonly<Record<string, string | readonly string[]>>;

export const INFO: readonly Field[] = [
  { kind: "text", name: "subnet_name", label: "Subnet Name", longest: 255 },
  { kind: "network", name: "cidr", label: "Network Address" },
  {
    kind: "choice",
    name: "ip_version",
    label: "IP Version",
    required: true,
    choices: [
      ["4", "IPv4"],
      ["6", "IPv6"],
    ],
    initial: "4",
  },
  { kind: "ip", name: "gateway_ip", label: "Gateway IP" },
  { kind: "boolean", name: "no_gateway", label: "Disable Gateway" },
];

export const WITH_SUBNET: Field = {
  kind: "boolean",
  name: "with_subnet",
  label: "Create Subnet",
  initial: ["on"],
};

const MODES: readonly Choice[] = [
  ["none/none", "No options specified (Default)"],
  ["slaac/slaac", "SLAAC: Address discovered from Openstack Router"],
  ["dhcpv6-stateful/dhcpv6-stateful", "DHCPv6 stateful: Address discovered from Openstack DHCP"],
  [
    "dhcpv6-stateless/dhcpv6-stateless",
    "DHCPv6 stateless: Address discovered from Openstack Router and info from Openstack DHCP",
  ],
];

export const DETAIL: readonly Field[] = [
  { kind: "boolean", name: "enable_dhcp", label: "Enable DHCP", initial: ["on"] },
  {
    kind: "choice",
    name: "ipv6_modes",
    label: "IPv6 Address Configuration Mode",
    choices: MODES,
    initial: "none/none",
  },
  { kind: "text", name: "allocation_pools", label: "Allocation Pools" },
  { kind: "text", name: "dns_nameservers", label: "DNS Name Servers" },
  { kind: "text", name: "host_routes", label: "Host Routes" },
];

export const withInitial = (fields: readonly Field[], initial: Initial): readonly Field[] =>
  fields.map((field) => {
    const own = initial[field.name];
    return own === undefined ? field : { ...field, initial: own };
  });

/** @param creating whether a gateway may be left to Neutron. @returns what is wrong */
export function wrongSubnet(
  cleaned: Cleaned,
  missing: string,
  creating = true,
): string | undefined {
  const network = parseIpNetwork(textIn(cleaned, "cidr"));
  const version = Number(textIn(cleaned, "ip_version"));
  const gateway = textIn(cleaned, "gateway_ip");
  const none = cleaned["no_gateway"] === true;
  if (network === undefined) return missing;
  if (network.version !== version) return "Network Address and IP version are inconsistent.";
  if (network.prefix === (version === 4 ? 32 : 128)) {
    return `The subnet in the Network Address is too small (/${String(network.prefix)}).`;
  }
  if (!none && gateway !== "" && parseIp(gateway)?.version !== version) {
    return "Gateway IP and IP version are inconsistent.";
  }
  if (creating || none || gateway !== "") return undefined;
  return 'Specify IP address of gateway or check "Disable Gateway".';
}

const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const notAnAddress = (field: string, value: string): string =>
  `${field}: Invalid IP address (value=${value})`;

/** Pools, then routes, then name servers; the first thing that is wrong. */
export function wrongDetail(cleaned: Cleaned): string | undefined {
  const all = [
    ...lines(textIn(cleaned, "allocation_pools")).map(wrongPool),
    ...lines(textIn(cleaned, "host_routes")).map(wrongRoute),
    ...lines(textIn(cleaned, "dns_nameservers")).map((server) =>
      parseIp(server) === undefined ? notAnAddress("dns_nameservers", server) : undefined,
    ),
  ];
  return all.find((text) => text !== undefined);
}

function wrongPool(pool: string): string | undefined {
  const ends = pool.split(",");
  if (ends.length !== 2) return `Start and end addresses must be specified (value=${pool})`;
  const [start, end] = ends.map(parseIp);
  if (start === undefined) return notAnAddress("allocation_pools", ends[0] ?? "");
  if (end === undefined) return notAnAddress("allocation_pools", ends[1] ?? "");
  return start.value > end.value
    ? `Start address is larger than end address (value=${pool})`
    : undefined;
}

function wrongRoute(route: string): string | undefined {
  const [destination = "", nexthop = "", ...more] = route.split(",");
  if (more.length > 0 || !route.includes(",")) {
    return `Host Routes format error: Destination CIDR and nexthop must be specified (value=${route})`;
  }
  if (parseIpNetwork(destination) === undefined) return notAnAddress("host_routes", destination);
  return parseIp(nexthop) === undefined ? notAnAddress("host_routes", nexthop) : undefined;
}

const pairs = (text: string, first: string, second: string): JsonObject[] =>
  lines(text).map((line) => {
    const [one = "", other = ""] = line.split(",");
    return { [first]: one, [second]: other };
  });

/** What is sent of them; what is left empty is left to Neutron when a subnet is made. */
export function subnetParameters(cleaned: Cleaned, creating: boolean): JsonObject {
  const pools = textIn(cleaned, "allocation_pools");
  const routes = textIn(cleaned, "host_routes");
  const servers = textIn(cleaned, "dns_nameservers");
  return {
    enable_dhcp: cleaned["enable_dhcp"] === true,
    ...(textIn(cleaned, "ip_version") === "6" && modes(cleaned, creating)),
    ...(creating && pools !== "" && { allocation_pools: pairs(pools, "start", "end") }),
    ...((!creating || routes !== "") && {
      host_routes: pairs(routes, "destination", "nexthop"),
    }),
    ...((!creating || servers !== "") && { dns_nameservers: lines(servers) }),
  };
}

function modes(cleaned: Cleaned, creating: boolean): JsonObject {
  const [ra = "none", address = "none"] = textIn(cleaned, "ipv6_modes").split("/");
  const orNull = (mode: string): string | null => (mode === "none" || mode === "" ? null : mode);
  return {
    ...((!creating || orNull(ra) !== null) && { ipv6_ra_mode: orNull(ra) }),
    ...((!creating || orNull(address) !== null) && { ipv6_address_mode: orNull(address) }),
  };
}
