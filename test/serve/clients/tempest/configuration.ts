/** What Tempest has to know of a cloud that is served, by section of tempest.conf: where Keystone is, what there is, what Juno could do. */
import type { Bed } from "../../bed.js";
import { ask, login } from "../../bed.js";

/** Two hosts that have room for all servers of a run, an image to rebuild from, and a network outside. */
export const CLOUD = `
scenario: served
cloud:
  preset: full
  services: [nova-cert]
  computes:
    - { name: compute-1, vcpus: 64, memory_mb: 131072, disk_gb: 2000 }
    - { name: compute-2, vcpus: 64, memory_mb: 131072, disk_gb: 2000 }
  images: [{ name: cirros, size_mb: 13 }, { name: other, size_mb: 13 }]
  networks: [{ name: private, cidr: 192.168.1.0/24 }]
  # A resize that is reverted waits for an event that may not come (nova-actions.md, NOV-251).
  flags: { vif_plugging_is_fatal: false }
steps:
  - run: neutron net-create public --router:external=True
    as: admin
  - run: neutron subnet-create public 172.24.4.0/24 --disable-dhcp
    as: admin
`;

export type Configuration = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Seconds until somebody gives up who waits for what never comes. */
const PATIENCE = "5";

const yes = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, "true"]));
const no = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, "false"]));

export async function configuration(bed: Bed): Promise<Configuration> {
  const { token } = await login(bed, "admin");
  const get = async (port: number, path: string) =>
    (await ask(bed.portOf(port), path, { headers: { "x-auth-token": token } })).json();
  const { images } = (await get(9292, "/v1/images")) as unknown as { images: Named[] };
  const { networks } = (await get(9696, "/v2.0/networks")) as unknown as { networks: Named[] };
  const { extensions } = (await get(9696, "/v2.0/extensions")) as unknown as {
    extensions: { alias: string }[];
  };
  const idOf = (list: readonly Named[], name: string): string =>
    list.find((one) => one.name === name)?.id ?? "";
  const identity = `http://127.0.0.1:${String(bed.portOf(5000))}`;
  const patience = { build_interval: "0", build_timeout: PATIENCE };
  return {
    auth: {
      ...{ admin_username: "admin", admin_password: "secret", admin_project_name: "admin" },
      tempest_roles: "_member_",
    },
    identity: { uri: `${identity}/v2.0`, uri_v3: `${identity}/v3`, auth_version: "v2" },
    "identity-feature-enabled": yes("api_v2", "api_v2_admin"),
    compute: {
      image_ref: idOf(images, "cirros"),
      image_ref_alt: idOf(images, "other"),
      ...{ flavor_ref: "42", flavor_ref_alt: "1", min_compute_nodes: "2" },
      fixed_network_name: "private",
      ...patience,
    },
    "compute-feature-enabled": {
      ...yes("resize", "cold_migration", "live_migration", "block_migration_for_live_migration"),
      ...yes("volume_backed_live_migration", "swap_volume", "personality", "nova_cert"),
      ...yes("vnc_console", "console_output"),
      // Not before Ussuri.
      ...no("stable_rescue"),
    },
    image: patience,
    "image-feature-enabled": yes("api_v1"),
    network: {
      public_network_id: idOf(networks, "public"),
      floating_network_name: "public",
      ...patience,
    },
    "network-feature-enabled": {
      api_extensions: extensions.map(({ alias }) => alias).join(","),
    },
    // There is no guest to log in to.
    validation: no("run_validation"),
    volume: { catalog_type: "volumev2", ...patience },
    service_available: { ...yes("cinder", "neutron", "glance", "nova"), ...no("swift", "horizon") },
  };
}
