/**
 * Bodies that are right, for the routes that take one: what is sent is these, with something spoilt.
 * By method and path, or the end of it.
 */
import type { Json } from "../../../src/python/index.js";

/** What a body speaks of, by its id. */
export interface Ids {
  readonly tenant: string;
  readonly user: string;
  readonly network: string;
  readonly image: string;
  readonly server: string;
  readonly port: string;
}

const image = { name: "i", disk_format: "qcow2", container_format: "bare", visibility: "private" };

export function rightBodies(method: string, path: string, ids: Ids): readonly Json[] {
  const { tenant, user, network, image: imageRef, server: uuid, port } = ids;
  const server = { name: "s", flavorRef: "42", imageRef, networks: [{ uuid: network }] };
  const bodies: Readonly<Record<string, readonly Json[]>> = {
    "POST /v2.0/tokens": [
      { auth: { tenantName: "demo", passwordCredentials: { username: "demo", password: "x" } } },
      { auth: { token: { id: "x" }, tenantId: tenant } },
    ],
    "POST /v3/auth/tokens": [
      {
        auth: {
          identity: {
            methods: ["password"],
            password: { user: { name: "demo", domain: { id: "default" }, password: "x" } },
          },
          scope: { project: { name: "demo", domain: { id: "default" } } },
        },
      },
      { auth: { identity: { methods: ["token"], token: { id: "x" } } } },
    ],
    "/v3/users": [{ user: { name: "u", password: "p", domain_id: "default", enabled: true } }],
    "/v3/projects": [{ project: { name: "p", domain_id: "default", description: "d" } }],
    "/v3/roles": [{ role: { name: "r" } }],
    "/v3/domains": [{ domain: { name: "d", enabled: true } }],
    "/password": [{ user: { password: "p", original_password: "x" } }],
    "/v3/services": [{ service: { type: "t", name: "n", description: "d" } }],
    "/v3/endpoints": [
      { endpoint: { service_id: tenant, interface: "public", url: "http://x", region: "r" } },
    ],
    "/v2.0/tenants": [{ tenant: { name: "t", description: "d", enabled: true } }],
    "/v2.0/users": [{ user: { name: "u", password: "p", tenantId: tenant, enabled: true } }],
    "/enabled": [{ user: { enabled: false } }],
    "/OS-KSADM/roles": [{ role: { name: "r" } }],
    "/OS-KSADM/services": [{ "OS-KSADM:service": { name: "n", type: "t", description: "d" } }],
    "/v2.0/endpoints": [
      {
        endpoint: { service_id: tenant, region: "r", publicurl: "http://x", adminurl: "http://y" },
      },
    ],
    "/v1/images": [{ name: "i" }],
    "/v2/images": [
      { ...image, min_disk: 1, min_ram: 0, tags: ["a"], own: "property" },
      [{ op: "replace", path: "/name", value: "j" }],
      [{ op: "add", path: "/tags", value: ["b"] }],
      [{ op: "remove", path: "/own" }],
    ],
    "/members": [{ member: tenant }, { memberships: [{ member_id: tenant, can_share: true }] }],
    "/members/{member}": [{ status: "accepted" }, { member: { can_share: true } }],
    "/images": [
      { image: { ...image, is_public: true, size: 1, properties: { a: "b" } } },
      { image: { name: "from", status: "queued", location: null, purge_props: "true" } },
    ],
    "/v2.0/networks": [{ network: { name: "n", admin_state_up: true, shared: false } }],
    "/v2.0/subnets": [
      {
        subnet: {
          network_id: network,
          cidr: "10.9.0.0/24",
          ip_version: 4,
          allocation_pools: [{ start: "10.9.0.5", end: "10.9.0.9" }],
          dns_nameservers: ["8.8.8.8"],
          host_routes: [{ destination: "10.1.0.0/16", nexthop: "10.9.0.1" }],
          gateway_ip: "10.9.0.1",
          enable_dhcp: true,
        },
      },
    ],
    "/v2.0/ports": [
      {
        port: {
          network_id: network,
          name: "p",
          fixed_ips: [{ ip_address: "10.0.0.77" }],
          security_groups: [],
          allowed_address_pairs: [{ ip_address: "10.0.0.9" }],
          extra_dhcp_opts: [{ opt_name: "a", opt_value: "b" }],
          device_id: uuid,
          mac_address: "fa:16:3e:12:34:56",
          "binding:host_id": "compute-1",
          "binding:profile": {},
        },
      },
      { ports: [{ port: { network_id: network } }, { port: { network_id: network } }] },
    ],
    "/v2.0/security-groups": [{ security_group: { name: "g", description: "d" } }],
    "/v2.0/security-group-rules": [
      {
        security_group_rule: {
          security_group_id: port,
          direction: "ingress",
          ethertype: "IPv4",
          protocol: "tcp",
          port_range_min: 1,
          port_range_max: 2,
          remote_ip_prefix: "10.0.0.0/8",
          remote_group_id: null,
        },
      },
    ],
    "/v2.0/agents": [{ agent: { admin_state_up: true, description: "d" } }],
    "/v2.0/quotas": [{ quota: { network: 5, port: -1 } }],
    "/flavors": [
      { flavor: { name: "f", ram: 64, vcpus: 1, disk: 0, id: "auto", swap: 0, rxtx_factor: 1.0 } },
    ],
    "/flavors/{id}/action": [{ addTenantAccess: { tenant } }, { removeTenantAccess: { tenant } }],
    "/os-extra_specs": [{ extra_specs: { "hw:cpu": "1" } }],
    "/os-extra_specs/{key}": [{ "hw:cpu": "2" }],
    "/servers": [
      { server },
      {
        server: {
          ...server,
          min_count: 1,
          max_count: "2",
          metadata: { a: "b" },
          personality: [{ path: "/a", contents: "YWJj" }],
          user_data: "YWJj",
          security_groups: [{ name: "default" }],
          key_name: "k",
          availability_zone: "nova:compute-1",
          config_drive: "True",
          block_device_mapping_v2: [
            {
              boot_index: 0,
              source_type: "image",
              destination_type: "local",
              uuid: imageRef,
              delete_on_termination: true,
              volume_size: 1,
            },
          ],
          "OS-DCF:diskConfig": "AUTO",
          accessIPv4: "1.2.3.4",
          accessIPv6: "::1",
          adminPass: "x",
        },
        "os:scheduler_hints": { group: "g", same_host: [uuid] },
      },
    ],
    "/os-volumes_boot": [{ server }],
    "/servers/{id}": [{ server: { name: "n", accessIPv4: "1.2.3.4" } }],
    "/servers/{id}/action": [
      ...[
        "os-stop",
        "os-start",
        "shelve",
        "unshelve",
        "shelveOffload",
        "lock",
        "unlock",
        "pause",
      ].map((name): Json => ({ [name]: null })),
      { "os-resetState": { state: "error" } },
      { reboot: { type: "SOFT" } },
      { addSecurityGroup: { name: "default" } },
    ],
    "/os-services/enable": [{ host: "compute-1", binary: "nova-compute" }],
    "/os-services/disable": [{ host: "compute-1", binary: "nova-compute" }],
    "/os-services/disable-log-reason": [
      { host: "compute-1", binary: "nova-compute", disabled_reason: "r" },
    ],
    "/os-keypairs": [{ keypair: { name: "k", public_key: "ssh-rsa AAAA x" } }],
    "/os-quota-sets/{id}": [{ quota_set: { instances: 10, cores: "20", force: true } }],
    "/os-server-groups": [{ server_group: { name: "g", policies: ["affinity"] } }],
    "/os-hosts/{id}": [{ status: "enable", maintenance_mode: "disable" }],
    "/os-agents": [
      {
        agent: {
          hypervisor: "h",
          os: "o",
          architecture: "a",
          version: "1",
          url: "u",
          md5hash: "m",
        },
      },
    ],
    "/os-agents/{id}": [{ para: { version: "1", url: "u", md5hash: "m" } }],
    "/os-floating-ips-bulk": [{ floating_ips_bulk_create: { ip_range: "10.9.9.1" } }],
    "/os-floating-ips-bulk/{id}": [{ ip_range: "10.9.9.1" }],
    "/os-fixed-ips/{id}/action": [{ reserve: null }],
    "/os-floating-ip-dns/{id}": [{ domain_entry: { scope: "public" } }],
    "/os-floating-ip-dns/{domain}/entries/{id}": [{ dns_entry: { ip: "i", dns_type: "A" } }],
    "/os-security-group-default-rules": [
      { security_group_default_rule: { ip_protocol: "tcp", from_port: 1, to_port: 2 } },
    ],
    "/os-networks/{id}/action": [{ disassociate: null }, { associate_host: "h" }],
    "/os-tenant-networks": [{ network: { label: "l", cidr: "10.0.0.0/24" } }],
    "/os-server-external-events": [
      {
        events: [
          { name: "network-vif-plugged", server_uuid: uuid, status: "completed", tag: port },
          { name: "network-changed", server_uuid: uuid },
        ],
      },
    ],
    users: [{ user: { id: user } }],
  };
  const bare = path.replace(/\/\{id\}$/u, "");
  const found = Object.keys(bodies).filter(
    (key) =>
      key === `${method} ${path}` ||
      (key.startsWith("/") && (path.endsWith(key) || bare.endsWith(key))),
  );
  return found.flatMap((key) => bodies[key] ?? []);
}
