/**
 * A request that is right for every route of Nova's that takes a body, and for every action of a server: what
 * `wrong.ts` spoils. In paths and bodies, what there is in the cloud goes by name in braces.
 */
import type { Json } from "../../../src/python/index.js";

export interface Right {
  readonly method: "POST" | "PUT";
  /** Below the project: `/servers/{server}/action`. */
  readonly path: string;
  readonly body: Json;
}

const post = (path: string, body: Json): Right => ({ method: "POST", path, body });
const put = (path: string, body: Json): Right => ({ method: "PUT", path, body });

const MAC = "aa:aa:aa:aa:aa:aa";
const SERVER: Json = { name: "s", flavorRef: "42", imageRef: "{image}" };
const WHOLE_SERVER: Json = {
  ...{ name: "s", flavorRef: "42", imageRef: "{image}", networks: [{ uuid: "{network}" }] },
  ...{ min_count: 1, max_count: 1, metadata: { a: "b" }, key_name: "k", user_data: "YWJj" },
  ...{ personality: [{ path: "/a", contents: "YWJj" }], security_groups: [{ name: "default" }] },
  ...{ availability_zone: "nova", config_drive: "True", "OS-DCF:diskConfig": "AUTO" },
  ...{ accessIPv4: "1.2.3.4", accessIPv6: "::1", adminPass: "x", return_reservation_id: false },
};
const DISK: Json = {
  ...{ boot_index: 0, source_type: "image", destination_type: "local", uuid: "{image}" },
  ...{ delete_on_termination: true, volume_size: 1, device_name: "/dev/vda", guest_format: "ext4" },
};

/** Of a server, by the name of the action. */
const ACTIONS: Readonly<Record<string, Json>> = {
  changePassword: { adminPass: "x" },
  confirmResize: null,
  createImage: { name: "i", metadata: { a: "b" } },
  createBackup: { name: "b", backup_type: "daily", rotation: 1, metadata: { a: "b" } },
  reboot: { type: "SOFT" },
  rebuild: {
    ...{ imageRef: "{image}", name: "n", adminPass: "x", metadata: { a: "b" } },
    ...{ personality: [{ path: "/a", contents: "YWJj" }], accessIPv4: "1.2.3.4" },
    ...{ preserve_ephemeral: false, "OS-DCF:diskConfig": "AUTO" },
  },
  resize: { flavorRef: "1", "OS-DCF:diskConfig": "AUTO" },
  revertResize: null,
  "os-start": null,
  "os-stop": null,
  pause: null,
  unpause: null,
  suspend: null,
  resume: null,
  lock: null,
  unlock: null,
  shelve: null,
  shelveOffload: null,
  unshelve: null,
  migrate: null,
  "os-migrateLive": { host: null, block_migration: true, disk_over_commit: false },
  evacuate: { host: "compute-2", onSharedStorage: "False", adminPass: "x" },
  rescue: { adminPass: "x", rescue_image_ref: "{image}" },
  unrescue: null,
  forceDelete: null,
  restore: null,
  "os-resetState": { state: "active" },
  "os-getConsoleOutput": { length: 10 },
  "os-getVNCConsole": { type: "novnc" },
  "os-getSPICEConsole": { type: "spice-html5" },
  "os-getRDPConsole": { type: "rdp-html5" },
  "os-getSerialConsole": { type: "serial" },
  addFloatingIp: { address: "172.24.4.3", fixed_address: "10.0.0.3" },
  removeFloatingIp: { address: "172.24.4.3" },
  addFixedIp: { networkId: "{network}" },
  removeFixedIp: { address: "10.0.0.3" },
  addSecurityGroup: { name: "default" },
  removeSecurityGroup: { name: "default" },
  resetNetwork: null,
  injectNetworkInfo: null,
};

const ACTION = "/servers/{server}/action";

export const RIGHT: readonly Right[] = [
  post("/servers", { server: SERVER }),
  post("/servers", {
    server: WHOLE_SERVER,
    "os:scheduler_hints": { group: "{server}", same_host: ["{server}"] },
  }),
  post("/servers", { server: { ...SERVER, block_device_mapping_v2: [DISK] } }),
  post("/os-volumes_boot", {
    server: {
      ...{ name: "s", flavorRef: "42", imageRef: "" },
      block_device_mapping: [
        { device_name: "vda", volume_id: "{volume}", delete_on_termination: "0", volume_size: "1" },
      ],
    },
  }),
  post("/os-create-server-ext", { server: SERVER }),
  put("/os-create-server-ext/{server}", { server: { name: "n" } }),
  put("/os-volumes_boot/{server}", { server: { name: "n" } }),
  put("/servers/{server}", {
    server: { name: "n", accessIPv4: "1.2.3.4", accessIPv6: "::1", "OS-DCF:diskConfig": "AUTO" },
  }),
  ...Object.entries(ACTIONS).map(([name, body]) => post(ACTION, { [name]: body })),
  post("/servers/{server}/metadata", { metadata: { a: "b" } }),
  put("/servers/{server}/metadata", { metadata: { a: "b" } }),
  put("/servers/{server}/metadata/a", { meta: { a: "b" } }),
  post("/servers/{server}/os-interface", {
    interfaceAttachment: { net_id: "{network}", fixed_ips: [{ ip_address: "10.0.0.9" }] },
  }),
  post("/servers/{server}/os-interface", { interfaceAttachment: { port_id: "{server}" } }),
  post("/servers/{server}/os-volume_attachments", {
    volumeAttachment: { volumeId: "{volume}", device: "/dev/vdb" },
  }),
  put("/servers/{server}/os-volume_attachments/{volume}", {
    volumeAttachment: { volumeId: "{volume}" },
  }),
  post("/flavors", {
    flavor: {
      ...{ name: "f", ram: 64, vcpus: 1, disk: 0, id: "auto", swap: 0, rxtx_factor: 1.0 },
      ...{ "OS-FLV-EXT-DATA:ephemeral": 0, "os-flavor-access:is_public": true },
    },
  }),
  post("/flavors/42/action", { addTenantAccess: { tenant: "{tenant}" } }),
  post("/flavors/42/action", { removeTenantAccess: { tenant: "{tenant}" } }),
  post("/flavors/42/os-extra_specs", { extra_specs: { a: "1" } }),
  put("/flavors/42/os-extra_specs/a", { a: "2" }),
  post("/images", { image: { name: "i" } }),
  post("/images/{image}/metadata", { metadata: { a: "b" } }),
  put("/images/{image}/metadata", { metadata: { a: "b" } }),
  put("/images/{image}/metadata/a", { meta: { a: "b" } }),
  post("/os-volumes", {
    volume: {
      ...{ size: 1, display_name: "v", display_description: "d", metadata: { a: "b" } },
      ...{ snapshot_id: null, volume_type: null, availability_zone: "nova", imageRef: "{image}" },
    },
  }),
  post("/os-snapshots", {
    snapshot: { volume_id: "{volume}", display_name: "s", display_description: "d", force: true },
  }),
  put("/os-services/enable", { host: "compute-1", binary: "nova-compute" }),
  put("/os-services/disable", { host: "compute-1", binary: "nova-compute" }),
  put("/os-services/disable-log-reason", {
    ...{ host: "compute-1", binary: "nova-compute", disabled_reason: "r" },
  }),
  put("/os-hosts", { status: "enable" }),
  put("/os-hosts/compute-1", { status: "enable", maintenance_mode: "disable" }),
  post("/os-agents", {
    agent: {
      ...{ hypervisor: "h", os: "o", architecture: "a" },
      ...{ version: "1", url: "u", md5hash: "m" },
    },
  }),
  put("/os-agents/1", { para: { version: "1", url: "u", md5hash: "m" } }),
  post("/os-aggregates", { aggregate: { name: "a", availability_zone: "z" } }),
  put("/os-aggregates/1", { aggregate: { name: "a", availability_zone: "z" } }),
  post("/os-aggregates/1/action", { add_host: { host: "compute-1" } }),
  post("/os-aggregates/1/action", { remove_host: { host: "compute-1" } }),
  post("/os-aggregates/1/action", { set_metadata: { metadata: { a: "b" } } }),
  post("/os-server-groups", { server_group: { name: "g", policies: ["affinity"] } }),
  post("/os-keypairs", { keypair: { name: "k" } }),
  post("/os-keypairs", { keypair: { name: "k2", public_key: "ssh-rsa AAAA x" } }),
  put("/os-quota-sets/{tenant}", { quota_set: { instances: 10, cores: "20", force: true } }),
  put("/os-quota-class-sets/default", { quota_class_set: { instances: 10 } }),
  post("/os-security-groups", { security_group: { name: "g", description: "d" } }),
  put("/os-security-groups/{group}", { security_group: { name: "g", description: "d" } }),
  post("/os-security-group-rules", {
    security_group_rule: {
      ...{ parent_group_id: "{group}", ip_protocol: "tcp", from_port: 1, to_port: 2 },
      ...{ cidr: "10.0.0.0/8", group_id: null },
    },
  }),
  post("/os-security-group-default-rules", {
    security_group_default_rule: { ip_protocol: "tcp", from_port: 1, to_port: 2 },
  }),
  post("/os-security-group-default-rules/create", {
    security_group_default_rule: { ip_protocol: "tcp", from_port: 1, to_port: 2 },
  }),
  post("/limits", {}),
  put("/limits/a", {}),
  post("/servers/{server}/consoles", { console: {} }),
  post("/os-floating-ips", { pool: "public" }),
  post("/os-floating-ips-bulk", { floating_ips_bulk_create: { ip_range: "10.9.9.1" } }),
  put("/os-floating-ips-bulk/delete", { ip_range: "10.9.9.1" }),
  put("/os-floating-ip-dns/example", { domain_entry: { scope: "public" } }),
  put("/os-floating-ip-dns/example/entries/a", { dns_entry: { ip: "10.0.0.1", dns_type: "A" } }),
  post("/os-fixed-ips/10.0.0.3/action", { reserve: null }),
  post("/os-networks", { network: { label: "l", cidr: "10.0.0.0/24" } }),
  post("/os-networks/add", { id: "{network}" }),
  post("/os-networks/{network}/action", { disassociate: null }),
  post("/os-networks/{network}/action", { associate_host: "h" }),
  post("/os-tenant-networks", { network: { label: "l", cidr: "10.0.0.0/24" } }),
  post("/os-server-external-events", {
    events: [
      ...[{ name: "network-vif-plugged", server_uuid: "{server}", status: "completed", tag: "t" }],
    ],
  }),
  post("/os-cells", { cell: { name: "c", type: "parent" } }),
  put("/os-cells/c", { cell: { name: "c" } }),
  post("/os-cells/sync_instances", { project_id: "p" }),
  post("/os-assisted-volume-snapshots", {
    snapshot: {
      volume_id: "{volume}",
      create_info: { id: "i", snapshot_id: "s", type: "qcow2", new_file: "f" },
    },
  }),
  post("/os-baremetal-nodes", {
    node: {
      ...{ service_host: "h", cpus: 1, memory_mb: 512, local_gb: 1, pm_address: "10.1.2.3" },
      ...{ pm_user: "u", pm_password: "p", terminal_port: 8000, prov_mac_address: MAC },
    },
  }),
  post("/os-baremetal-nodes/1/action", { add_interface: { address: MAC, port_no: 1 } }),
  post("/os-certificates", {}),
  post("/os-cloudpipe", { cloudpipe: { project_id: "p" } }),
  put("/os-cloudpipe/configure-project", {
    configure_project: { vpn_ip: "10.0.0.9", vpn_port: 1194 },
  }),
];
