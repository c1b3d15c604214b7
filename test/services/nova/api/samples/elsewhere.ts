/**
 * Requests to clouds of other kinds than the usual one, each with the samples that it is beside: one with the driver that only pretends,
 * which Nova's own samples were taken with; one of several hosts, with volumes and floating addresses; one with a nova-network.
 */
import type { Json } from "../../../../../src/python/index.js";
import { BOOT, WholeCloud } from "../../../../flows/bed.js";
import { Asking, member, type Exchange } from "./asking.js";

/** What libvirt's driver cannot, and consoles of every kind. */
export function pretended(): Exchange[] {
  const whole = new WholeCloud({
    flags: {
      compute_driver: "fake.FakeDriver",
      "spice.enabled": true,
      "rdp.enabled": true,
      "serial_console.enabled": true,
      reclaim_instance_interval: 300,
      shelved_offload_time: -1,
      instance_usage_audit: true,
      api_rate_limit: true,
    },
  });
  whole.boot();
  const { id, project_id } = whole.server;
  const asking = new Asking(whole, id);
  const { get, put, post, act } = asking;
  get(`/limits?tenant_id=${project_id}`, /usedlimitsforadmin-get-resp\.json$/u);
  for (const [action, type] of Object.entries({
    "os-getVNCConsole": "novnc",
    "os-getSPICEConsole": "spice-html5",
    "os-getRDPConsole": "rdp-html5",
    "os-getSerialConsole": "serial",
  })) {
    const kind = type.replace(/-html5$/u, "").replace("novnc", "vnc");
    const sample = (end: string): RegExp => new RegExp(`get-${kind}-console-${end}\\.json$`, "u");
    const answer = act({ [action]: { type } }, sample("post-req"), sample("post-resp"));
    if (kind !== "rdp") continue;
    const [, token] = /token=(.*)$/u.exec(member(answer, "console", "url")) ?? [];
    get(`/os-console-auth-tokens/${token ?? ""}`, /get-console-connect-info-get-resp\.json$/u);
  }
  get(`/servers/${id}/diagnostics`, /server-diagnostics-get-resp\.json$/u);
  act({ changePassword: { adminPass: "foo" } }, /server-action-changepassword\.json$/u);
  for (const action of ["startup", "shutdown", "reboot"]) {
    get(`/os-hosts/compute-1/${action}`, new RegExp(`host-get-${action}\\.json$`, "u"));
  }
  put(
    "/os-hosts/compute-1",
    { status: "enable", maintenance_mode: "disable" },
    /host-put-maintenance-req\.json$/u,
    /host-put-maintenance-resp\.json$/u,
  );
  get(
    "/os-instance_usage_audit_log/2014-09-18%2010:00:00",
    /inst-usage-audit-log-show-get-resp\.json$/u,
  );
  act({ shelve: null });
  act({ shelveOffload: null }, /os-shelve-offload\.json$/u);
  act({ unshelve: null });
  asking.ask("DELETE", `/v2/{tenant}/servers/${id}`, undefined);
  whole.rest();
  act({ restore: null }, /restore-post-req\.json$/u);
  asking.ask("DELETE", `/v2/{tenant}/servers/${id}`, undefined);
  whole.rest();
  post(`/servers/${id}/action`, { forceDelete: null }, /force-delete-post-req\.json$/u);
  whole.rest();
  return asking.done;
}

/** What takes another host, a free port, a pool of addresses or a volume. */
export function moved(): Exchange[] {
  const whole = new WholeCloud({
    computes: 2,
    services: ["cinder", "neutron-l3-agent"],
    flags: { default_floating_pool: "nova", vif_plugging_timeout: 0 },
  });
  const typed = (line: string): string => whole.type(line, "admin").stdout;
  typed("neutron net-create nova --router:external True");
  typed("neutron subnet-create nova 172.24.4.0/29 --disable-dhcp");
  whole.boot();
  const { id } = whole.server;
  const asking = new Asking(whole, id);
  const { get, post, put, act } = asking;
  get("/os-floating-ips", /floating-ips-list-empty-resp\.json$/u);
  post(
    "/os-floating-ips",
    { pool: "nova" },
    /floating-ips-create-req\.json$/u,
    /floating-ips-create-resp\.json$/u,
  );
  get("/os-floating-ips", /floating-ips-list-resp\.json$/u);

  const networkId = whole.cloud.id("network", "private") ?? "";
  act({ addFixedIp: { networkId } }, /multinic-add-fixed-ip-req\.json$/u);
  const [address = ""] =
    /192\.168\.1\.\d+(?=;|,| +\|)/u.exec(typed("nova list --all-tenants")) ?? [];
  act({ removeFixedIp: { address } }, /multinic-remove-fixed-ip-req\.json$/u);
  whole.type("neutron port-create private --name more");
  const attaching = { interfaceAttachment: { port_id: whole.cloud.id("port", "more") ?? "" } };
  post(
    `/servers/${id}/os-interface`,
    attaching,
    /attach-interfaces-create-req\.json$/u,
    /attach-interfaces-create-resp\.json$/u,
  );

  const volume = (name: string): string => {
    const made = post("/os-volumes", { volume: { size: 1, display_name: name } });
    whole.rest();
    return member(made, "volume", "id");
  };
  const [one, other, root] = [volume("one"), volume("other"), volume("root")];
  post(`/servers/${id}/os-volume_attachments`, {
    volumeAttachment: { volumeId: one, device: "/dev/vdd" },
  });
  whole.rest();
  put(
    `/servers/${id}/os-volume_attachments/${one}`,
    { volumeAttachment: { volumeId: other, device: "/dev/vdd" } },
    /update-volume-req\.json$/u,
  );
  whole.rest();
  const image = member(get("/images"), "images", "0", "id");
  post(
    "/servers",
    {
      server: {
        name: "new-server-test",
        imageRef: `http://openstack.example.com/openstack/images/${image}`,
        flavorRef: "http://openstack.example.com/openstack/flavors/1",
        metadata: { "My Server Name": "Apache1" },
        personality: [{ path: "/etc/banner.txt", contents: "ICAg" }],
        networks: [{ uuid: networkId }],
        block_device_mapping_v2: [
          {
            device_name: "/dev/sdb1",
            source_type: "blank",
            destination_type: "local",
            delete_on_termination: "True",
            boot_index: "-1",
          },
          {
            device_name: "/dev/sda1",
            source_type: "volume",
            destination_type: "volume",
            uuid: root,
            boot_index: "0",
          },
        ],
      },
    },
    /os-block-device-mapping-v2-boot\/server-post-req\.json$/u,
  );
  whole.rest();

  const OWN = { architecture: "x86_64", auto_disk_config: "True", kernel_id: "a", ramdisk_id: "b" };
  const metadata = (
    method: "put" | "post",
    body: Record<string, string>,
    asks?: RegExp,
    answers?: RegExp,
  ): Json => asking[method](`/images/${image}/metadata`, { metadata: body }, asks, answers);
  metadata("put", OWN);
  get(`/images/${image}/metadata`, /image-metadata-get-resp\.json$/u);
  get(`/images/${image}/metadata/kernel_id`, /image-meta-key-get\.json$/u);
  put(
    `/images/${image}/metadata/auto_disk_config`,
    { meta: { auto_disk_config: "False" } },
    /image-meta-key-put-req\.json$/u,
    /image-meta-key-put-resp\.json$/u,
  );
  metadata(
    "post",
    { kernel_id: "False", Label: "UpdatedImage" },
    /image-metadata-post-req\.json$/u,
    /image-metadata-post-resp\.json$/u,
  );
  metadata(
    "put",
    { auto_disk_config: "True", Label: "Changed" },
    /image-metadata-put-req\.json$/u,
    /image-metadata-put-resp\.json$/u,
  );
  metadata("put", { kernel_id: "a", ramdisk_id: "b" });
  get(`/images/${image}/metadata`, /image-metadata-resp\.json$/u);

  typed(`nova volume-detach ${id} ${one}`);
  whole.rest();
  act(
    { "os-migrateLive": { host: "compute-2", block_migration: true, disk_over_commit: false } },
    /admin-actions-live-migrate\.json$/u,
  );
  whole.pass(130);
  whole.cloud.crash("nova-compute@compute-2");
  whole.pass(70);
  const evacuate = { adminPass: "MySecretPass", onSharedStorage: "False" };
  act(
    { evacuate: { host: "compute-1", ...evacuate } },
    /server-evacuate-req\.json$/u,
    /server-evacuate-resp\.json$/u,
  );
  whole.cloud.start("nova-compute@compute-2");
  whole.rest();
  whole.cloud.crash("nova-compute@compute-1");
  whole.pass(70);
  act(
    { evacuate },
    /server-evacuate-find-host-req\.json$/u,
    /server-evacuate-find-host-resp\.json$/u,
  );
  return asking.done;
}

const NOVA_NETWORK = { services: ["nova-network"] };

/**
 * What Nova keeps of addresses itself, beside a nova-network that an operator has asked over the bus, and a cloudpipe that is there
 * already: a server of its image.
 */
export function keptByNova(): Exchange[] {
  const image = new WholeCloud(NOVA_NETWORK).cloud.id("image", "cirros") ?? "";
  const whole = new WholeCloud({ ...NOVA_NETWORK, flags: { vpn_image_id: image } });
  whole.type(BOOT, "admin");
  whole.rest();
  const { id, project_id } = whole.server;
  const asking = new Asking(whole, id);
  const { get, post, put } = asking;
  const admin = whole.cloud.user("admin");
  const call = (method: string, args: Record<string, Json>): Json =>
    whole.cloud.run(admin.rpc.call(admin.adminContext(), "network", { method, args }));
  const place = { instance_id: id, project_id, host: "compute-1" };
  const info = call("allocate_for_instance", place);
  const fixed_address = member(info, "0", "network", "subnets", "0", "ips", "0", "address");
  const floating_address = call("allocate_floating_ip", { project_id });
  call("associate_floating_ip", { floating_address, fixed_address });
  whole.rest();
  get("/os-floating-ips-bulk/controller", /floating-ips-bulk-list-by-host-resp\.json$/u);
  get(`/os-fixed-ips/${fixed_address}`, /fixedips-get-resp\.json$/u);
  post(`/os-fixed-ips/${fixed_address}/action`, { reserve: "None" }, /fixedip-post-req\.json$/u);
  post(
    "/os-cloudpipe",
    { cloudpipe: { project_id } },
    /cloud-pipe-create-req\.json$/u,
    /cloud-pipe-create-resp\.json$/u,
  );
  put(
    "/os-cloudpipe/configure-project",
    { configure_project: { vpn_ip: "192.168.1.1", vpn_port: "2000" } },
    /cloud-pipe-update-req\.json$/u,
  );
  return asking.done;
}
