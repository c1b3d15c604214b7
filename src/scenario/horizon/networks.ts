/** What is done in the panels Networks, Routers and Network Topology. */
import {
  called,
  flag,
  formAct,
  maybeCalled,
  naming,
  openAct,
  rowAct,
  state,
  text,
  type Label,
} from "./form-act.js";

const NETWORKS = { path: "/project/networks/", table: "networks" } as const;
const ROUTERS = { path: "/project/routers/", table: "Routers" } as const;

const network: Label = naming(called("The network, by name."), "network");

const subnet: Readonly<Record<string, Label>> = {
  "subnet name": text("Subnet Name.", "subnet_name"),
  "gateway ip": text("Gateway IP. Default: the first address.", "gateway_ip"),
  "disable gateway": flag("Disable Gateway.", "no_gateway"),
  "enable dhcp": flag("Enable DHCP. Default: as it is checked already.", "enable_dhcp"),
  "allocation pools": text("Allocation Pools, `start,end` a line.", "allocation_pools"),
  "dns name servers": text("DNS Name Servers, one a line.", "dns_nameservers"),
  "host routes": text("Host Routes, `destination,nexthop` a line.", "host_routes"),
};

const address: Readonly<Record<string, Label>> = {
  "network address": text("Network Address: 10.0.0.0/24.", "cidr"),
  "ip version": text("IP Version: IPv4 or IPv6.", "ip_version"),
};

export const createNetwork = formAct("create network", {
  ...NETWORKS,
  about: "Create Network, with its subnet, if one is wanted.",
  action: "Create Network",
  labels: {
    name: naming(maybeCalled("Network Name.", "net_name"), "network", "one"),
    "admin state": state("Admin State: UP or DOWN."),
    "create subnet": flag("Create Subnet. Default: it is checked.", "with_subnet"),
    ...address,
    ...subnet,
  },
});

export const editNetwork = formAct("edit network", {
  ...NETWORKS,
  row: "network",
  about: "Edit Network.",
  action: "Edit Network",
  labels: {
    network,
    name: naming(maybeCalled("Name.", "name"), "network", "one"),
    "admin state": state("Admin State: UP or DOWN."),
  },
});

export const deleteNetwork = rowAct("delete network", {
  ...NETWORKS,
  action: "Delete Network",
  about: "Delete Network: one or several, with their subnets.",
});

export const openNetwork = openAct("open network", {
  ...NETWORKS,
  what: "network",
  about: "The name of a network is clicked: its page, with subnets and ports.",
});

const inside = { path: NETWORKS.path, through: { table: "networks", label: "network" } } as const;

export const createSubnet = formAct("create subnet", {
  ...inside,
  table: "subnets",
  about: "Create Subnet, on the page of a network.",
  action: "Create Subnet",
  labels: { network, ...address, ...subnet },
});

export const editSubnet = formAct("edit subnet", {
  ...inside,
  table: "subnets",
  row: "subnet",
  about: "Edit Subnet, on the page of a network.",
  action: "Edit Subnet",
  labels: { network, subnet: called("The subnet, by name."), ...subnet },
});

export const deleteSubnet = formAct("delete subnet", {
  ...inside,
  table: "subnets",
  row: "subnet",
  about: "Delete Subnet, on the page of a network.",
  action: "Delete Subnet",
  labels: { network, subnet: called("The subnet, by name.") },
});

export const editPort = formAct("edit port", {
  ...inside,
  table: "ports",
  row: "port",
  about: "Edit Port, on the page of a network.",
  action: "Edit Port",
  labels: {
    network,
    port: called("The port, by name, id or address."),
    name: maybeCalled("Name.", "name"),
    "admin state": state("Admin State: UP or DOWN."),
  },
});

const router = called("The router, by name.");

export const createRouter = formAct("create router", {
  ...ROUTERS,
  about: "Create Router.",
  action: "Create Router",
  labels: { name: called("Router Name.", "name") },
});

export const editRouter = formAct("edit router", {
  ...ROUTERS,
  row: "router",
  about: "Edit Router.",
  action: "Edit Router",
  labels: {
    router,
    name: maybeCalled("Name.", "name"),
    "admin state": state("Admin State: UP or DOWN."),
  },
});

export const setGateway = formAct("set gateway", {
  ...ROUTERS,
  row: "router",
  about: "Set Gateway, in the row of a router.",
  action: "Set Gateway",
  labels: { router, network: naming(called("External Network.", "network_id"), "network") },
});

export const clearGateway = rowAct("clear gateway", {
  ...ROUTERS,
  action: "Clear Gateway",
  about: "Clear Gateway: of a router.",
});

export const deleteRouter = rowAct("delete router", {
  ...ROUTERS,
  action: "Delete Router",
  about: "Delete Router: one or several.",
});

export const openRouter = openAct("open router", {
  ...ROUTERS,
  about: "The name of a router is clicked: its page, with its interfaces.",
});

const interfaces = {
  path: ROUTERS.path,
  table: "interfaces",
  through: { table: "Routers", label: "router" },
} as const;

export const addInterface = formAct("add interface", {
  ...interfaces,
  about: "Add Interface, on the page of a router.",
  action: "Add Interface",
  labels: {
    router,
    subnet: called("Subnet: `private: 10.0.0.0/24 (private-subnet)`.", "subnet_id"),
    "ip address": text("IP Address (optional).", "ip_address"),
  },
});

export const deleteInterface = formAct("delete interface", {
  ...interfaces,
  row: "interface",
  about: "Delete Interface, on the page of a router.",
  action: "Delete Interface",
  labels: { router, interface: called("The interface, by its address or its port's id.") },
});
