/**
 * One request after another to a whole cloud, each with the samples that it is beside: what is asked has at least what the sample asks,
 * and what is answered at least what the sample answers. A sample was taken with its extension alone; here all are loaded.
 */
import type { Json } from "../../../../../src/python/index.js";
import { BOOT, WholeCloud } from "../../../../flows/bed.js";
import { Asking, member, type Exchange } from "./asking.js";

const SERVER_REQUEST =
  /(?:(?<!block-device-mapping-v2-boot\/)server-post-req|userdata-post-req|scheduler-hints-post-req|availability-zone-post-req)\.json$/u;
const SERVER_ANSWER =
  /(?:server-post-resp|userdata-post-resp|scheduler-hints-post-resp|availability-zone-post-resp)\.json$/u;

/** Everything, in the order in which it was done. */
export function exchanges(): Exchange[] {
  const whole = new WholeCloud({
    computes: 2,
    services: ["cinder", "nova-cert"],
    // Without it a resize across hosts cannot be undone (LP 1450624).
    flags: { vif_plugging_timeout: 0 },
  });
  whole.boot(`${BOOT} --meta "My Server Name=Apache1"`);
  const { id, project_id } = whole.server;
  const asking = new Asking(whole, id);
  const { done, get, post, put, act } = asking;

  const image = member(get("/images", /images-list-(?:get-)?resp\.json$/u), "images", "0", "id");
  const link = `http://glance.openstack.example.com/images/${image}`;

  // Servers.
  const server = {
    name: "new-server-test",
    imageRef: link,
    flavorRef: "http://openstack.example.com/openstack/flavors/1",
    metadata: { "My Server Name": "Apache1" },
    personality: [{ path: "/etc/banner.txt", contents: "ICAg" }],
  };
  post(
    "/servers",
    {
      server: { ...server, availability_zone: "nova", user_data: "IyEv", name: "a" },
      "os:scheduler_hints": { hypervisor: "xen", near: id },
    },
    SERVER_REQUEST,
    SERVER_ANSWER,
  );
  whole.rest();
  post(
    "/servers",
    { server: { ...server, min_count: "2", max_count: "2" } },
    /multiple-create-no-resv-post-req\.json$/u,
    /multiple-create-no-resv-post-resp\.json$/u,
  );
  whole.rest();
  post(
    "/servers",
    { server: { ...server, return_reservation_id: "True", min_count: "1", max_count: "1" } },
    /multiple-create-post-req\.json$/u,
    /multiple-create-post-resp\.json$/u,
  );
  whole.rest();
  get(
    `/servers/${id}`,
    /(?:server-get-resp|server-config-drive-get-resp|server-get-resp-(?:un)?rescue)\.json$/u,
  );
  get(
    "/servers/detail?all_tenants=1",
    /(?:servers-details?-resp|list-servers-detail-get|servers-config-drive-details-resp)\.json$/u,
  );
  get("/servers?all_tenants=1", /(?:servers-list-resp)\.json$/u);
  get(`/servers/${id}/ips/private`, /server-ips-network-resp\.json$/u);
  get(`/servers/${id}/os-security-groups`, /server-security-groups-list-resp\.json$/u);
  put(
    `/servers/${id}`,
    { server: { "OS-DCF:diskConfig": "AUTO" } },
    /server-update-put-req\.json$/u,
    /server-update-put-resp\.json$/u,
  );
  put(
    `/servers/${id}/metadata`,
    { metadata: { foo: "a" } },
    /server-metadata-all-req\.json$/u,
    /server-metadata-all-resp\.json$/u,
  );
  put(
    `/servers/${id}/metadata/foo`,
    { meta: { foo: "b" } },
    /server-metadata-req\.json$/u,
    /server-metadata-resp\.json$/u,
  );
  const actions = get(`/servers/${id}/os-instance-actions`, /instance-actions-list-resp\.json$/u);
  get(
    `/servers/${id}/os-instance-actions/${member(actions, "instanceActions", "0", "request_id")}`,
    /instance-action-get-resp\.json$/u,
  );

  // What can be done to one.
  act({ lock: null }, /admin-actions-lock(?:-server)?\.json$/u);
  act({ unlock: null }, /admin-actions-unlock(?:-server)?\.json$/u);
  act({ pause: null }, /admin-actions-pause\.json$/u);
  act({ unpause: null }, /admin-actions-unpause\.json$/u);
  act({ suspend: null }, /admin-actions-suspend\.json$/u);
  act({ resume: null }, /admin-actions-resume\.json$/u);
  act({ resetNetwork: null }, /admin-actions-reset-network\.json$/u);
  act({ injectNetworkInfo: null }, /admin-actions-inject-network-info\.json$/u);
  act(
    { createBackup: { name: "Backup 1", backup_type: "weekly", rotation: 1 } },
    /admin-actions-backup-server\.json$/u,
  );
  act({ "os-stop": null }, /server_start_stop\.json$/u);
  act({ "os-start": null }, /nothing/u);
  act({ reboot: { type: "SOFT" } }, /server-action-reboot\.json$/u);
  act(
    { rescue: { adminPass: "MySecretPass", rescue_image_ref: image } },
    /server-rescue-req\.json$/u,
    /server-rescue\.json$/u,
  );
  act({ unrescue: null }, /server-unrescue-req\.json$/u);
  act(
    { createImage: { name: "foo-image", metadata: { myvar: "foobar" } } },
    /server-action-createimage\.json$/u,
  );
  act(
    {
      rebuild: {
        imageRef: link,
        name: "foobar",
        adminPass: "seekr3t",
        accessIPv4: "1.2.3.4",
        accessIPv6: "fe80::100",
        metadata: { "meta var": "meta val" },
        personality: [{ path: "/etc/banner.txt", contents: "ICAg" }],
        "OS-DCF:diskConfig": "AUTO",
        preserve_ephemeral: false,
      },
    },
    /server-action-rebuild(?:-req)?\.json$/u,
    /server-action-rebuild-resp\.json$/u,
  );
  const resize = { flavorRef: "1", "OS-DCF:diskConfig": "AUTO" };
  act({ resize }, /server-(?:action-resize|resize-post-req)\.json$/u);
  act({ revertResize: null }, /server-action-revertresize\.json$/u);
  act({ resize }, /nothing/u);
  act({ confirmResize: null }, /server-action-confirmresize\.json$/u);
  act({ migrate: null }, /admin-actions-migrate\.json$/u);
  act({ confirmResize: null }, /nothing/u);
  act({ "os-getVNCConsole": { type: "novnc" } }, /get-vnc-console-post-req\.json$/u);
  act({ "os-getConsoleOutput": { length: 50 } }, /console-output-post-req\.json$/u);
  act({ "os-resetState": { state: "active" } }, /admin-actions-reset-server-state\.json$/u);
  act({ addSecurityGroup: { name: "default" } }, /security-group-add-post-req\.json$/u);
  act({ removeSecurityGroup: { name: "default" } }, /security-group-remove-post-req\.json$/u);
  act({ shelve: null }, /os-shelve\.json$/u);
  act({ unshelve: null }, /os-unshelve\.json$/u);

  // Images.
  get("/images/detail", /images-details-(?:get-)?resp\.json$|image-list-resp\.json$/u);
  get(`/images/${image}`, /image-get-resp\.json$/u);

  // Flavors.
  get(
    "/flavors/1",
    /flavor-(?:rxtx-get|swap-get|show-get|get)-resp\.json$|flavors-extra-data-get-resp\.json$/u,
  );
  get(
    "/flavors/detail",
    /flavor-(?:rxtx-list|swap-list|detail-get)-resp\.json$|flavors-list-resp\.json$|flavors-extra-data-list-resp\.json$/u,
  );
  const flavor = {
    name: "test_flavor",
    ram: 1024,
    vcpus: 2,
    disk: 10,
    id: "10",
    rxtx_factor: 2,
    swap: 5,
    "OS-FLV-EXT-DATA:ephemeral": 30,
    "os-flavor-access:is_public": false,
  };
  post(
    "/flavors",
    { flavor },
    /flavor-(?:create|rxtx|swap|access-create)-?(?:post-)?req\.json$|flavors-extra-data-post-req\.json$/u,
    /flavor-(?:create|rxtx|swap|access-create)-?(?:post-)?resp\.json$|flavors-extra-data-post-resp\.json$/u,
  );
  get("/flavors/10", /flavor-access-show-resp\.json$/u);
  get("/flavors/detail?is_public=None", /flavor-access-detail-resp\.json$/u);
  const access = (name: string) => ({ [name]: { tenant: "fake_tenant" } });
  post(
    "/flavors/10/action",
    access("addTenantAccess"),
    /flavor-access-add-tenant-req\.json$/u,
    /flavor-access-add-tenant-resp\.json$/u,
  );
  get("/flavors/10/os-flavor-access", /flavor-access-list-resp\.json$/u);
  post(
    "/flavors/10/action",
    access("removeTenantAccess"),
    /flavor-access-remove-tenant-req\.json$/u,
    /flavor-access-remove-tenant-resp\.json$/u,
  );
  const specs = { key1: "value1", key2: "value2" };
  post(
    "/flavors/1/os-extra_specs",
    { extra_specs: specs },
    /flavor-extra-specs-create-req\.json$/u,
    /flavor-extra-specs-create-resp\.json$/u,
  );
  get("/flavors/1/os-extra_specs", /flavor-extra-specs-list-resp\.json$/u);
  get("/flavors/1/os-extra_specs/key1", /flavor-extra-specs-get-resp\.json$/u);
  put(
    "/flavors/1/os-extra_specs/key1",
    { key1: "new" },
    /flavor-extra-specs-update-req\.json$/u,
    /flavor-extra-specs-update-resp\.json$/u,
  );

  // Quotas, limits, keys.
  get("/limits", /(?:limit-get-resp|usedlimits-get-resp)\.json$/u);
  get("/os-quota-sets/fake_tenant", /quotas-show-get-resp\.json$/u);
  get("/os-quota-sets/fake_tenant/defaults", /quotas-show-defaults-get-resp\.json$/u);
  const everything = {
    security_groups: 45,
    instances: 45,
    cores: 45,
    ram: 45_000,
    fixed_ips: 45,
    floating_ips: 45,
    key_pairs: 45,
    metadata_items: 45,
    security_group_rules: 45,
    server_groups: 45,
    server_group_members: 45,
    injected_files: 45,
    injected_file_content_bytes: 45,
    injected_file_path_bytes: 45,
  };
  put(
    "/os-quota-sets/fake_tenant",
    { quota_set: { ...everything, force: "True" } },
    /(?:quotas-update-post-req)\.json$/u,
    /quotas-update-post-resp\.json$/u,
  );
  get("/os-quota-sets/fake_tenant?user_id=1", /user-quotas-show-get-resp\.json$/u);
  put(
    "/os-quota-sets/fake_tenant?user_id=1",
    { quota_set: { force: "True", instances: 9 } },
    /user-quotas-update-post-req\.json$/u,
    /user-quotas-update-post-resp\.json$/u,
  );
  get("/os-quota-class-sets/c", /quota-classes-show-get-resp\.json$/u);
  put(
    "/os-quota-class-sets/c",
    { quota_class_set: everything },
    /quota-classes-update-post-req\.json$/u,
    /quota-classes-update-post-resp\.json$/u,
  );
  post("/os-keypairs", { keypair: { name: "k" } }, /keypairs-post-req\.json$/u);
  const public_key =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDx8nkQv/zgGgB4rMYmIf+6A4l6Rr+o/6lHBQdW5aYd44bd8JttDCE/F/pNRr0lRE+PiqSPO8nDPHw0010JeMH9gYgnnFlyY3/OcJ02RhIPyyxYpv9FhY+2YiUkpwFOcLImyrxEsYXpD/0d3ac30bNH6Sw9JD9UZHYcpSxsIbECHw== Generated by Nova";
  post(
    "/os-keypairs",
    { keypair: { name: "i", public_key } },
    /keypairs-import-post-req\.json$/u,
    /keypairs-import-post-resp\.json$/u,
  );

  // Groups.
  post(
    "/os-server-groups",
    { server_group: { name: "g", policies: ["affinity"] } },
    /server-groups-post-req\.json$/u,
  );
  const group = post(
    "/os-security-groups",
    { security_group: { name: "test", description: "description" } },
    /security-group-post-req\.json$/u,
    /security-groups-create-resp\.json$/u,
  );
  get("/os-security-groups", /security-groups-list-get-resp\.json$/u);
  get(
    `/os-security-groups/${member(group, "security_group", "id")}`,
    /security-groups-get-resp\.json$/u,
  );

  // Hosts and services.
  const aggregate = { aggregate: { name: "name", availability_zone: "nova" } };
  const number = member(
    post("/os-aggregates", aggregate, /aggregate-post-req\.json$/u),
    "aggregate",
    "id",
  );
  put(
    `/os-aggregates/${number}`,
    { aggregate: { name: "newname", availability_zone: "nova2" } },
    /aggregate-update-post-req\.json$/u,
    /aggregate-update-post-resp\.json$/u,
  );
  const onAggregate = (body: Json, what: string): Json =>
    post(
      `/os-aggregates/${number}/action`,
      body,
      new RegExp(`aggregate-${what}-post-req\\.json$`, "u"),
      new RegExp(`aggregates-${what}-post-resp\\.json$`, "u"),
    );
  onAggregate({ add_host: { host: "compute-2" } }, "add-host");
  onAggregate({ set_metadata: { metadata: { key: "value" } } }, "metadata");
  onAggregate({ remove_host: { host: "compute-2" } }, "remove-host");
  const agent = {
    hypervisor: "z",
    os: "o",
    architecture: "a",
    version: "1",
    url: "u",
    md5hash: "m",
  };
  post("/os-agents", { agent }, /agent-post-req\.json$/u);
  put(
    "/os-agents/1",
    { para: { url: "u", md5hash: "m", version: "2" } },
    /agent-update-put-req\.json$/u,
  );
  get("/os-hypervisors/detail", /hypervisors-detail-resp\.json$/u);
  get("/os-hypervisors/1", /hypervisors-show(?:-with-ip)?-resp\.json$/u);
  get("/os-services", /services-get-resp\.json$/u);
  const service = { host: "compute-2", binary: "nova-compute" };
  put(
    "/os-services/disable",
    service,
    /service-disable-put-req\.json$/u,
    /service-disable-put-resp\.json$/u,
  );
  put(
    "/os-services/disable-log-reason",
    { ...service, disabled_reason: "r" },
    /service-disable-log-put-req\.json$/u,
  );
  put("/os-services/enable", service, /service-enable-put-req\.json$/u);
  get(`/os-simple-tenant-usage/${project_id}`, /simple-tenant-usage-get-specific\.json$/u);

  // Addresses and networks.
  get("/os-networks", /networks-list-resp\.json$/u);
  post(
    "/os-floating-ips-bulk",
    { floating_ips_bulk_create: { ip_range: "10.1.1.1", pool: "p", interface: "eth1" } },
    /floating-ips-bulk-create-req\.json$/u,
  );
  put(
    "/os-floating-ips-bulk/delete",
    { ip_range: "10.1.1.1" },
    /floating-ips-bulk-delete-req\.json$/u,
  );
  const interfaces = get(`/servers/${id}/os-interface`, /attach-interfaces-list-resp\.json$/u);
  get(
    `/servers/${id}/os-interface/${member(interfaces, "interfaceAttachments", "0", "port_id")}`,
    /attach-interfaces-show-resp\.json$/u,
  );

  // Volumes.
  const volume = post(
    "/os-volumes",
    { volume: { availability_zone: "nova", display_name: "n", display_description: "d", size: 1 } },
    /os-volumes-post-req\.json$/u,
    /os-volumes-post-resp\.json$/u,
  );
  const volumeId = member(volume, "volume", "id");
  whole.rest();
  get("/os-volumes/detail", /os-volumes-detail-resp\.json$/u);
  get("/os-volumes", /os-volumes-index-resp\.json$/u);
  get(`/os-volumes/${volumeId}`, /os-volumes-get-resp\.json$/u);
  const snapshot = post(
    "/os-snapshots",
    {
      snapshot: { display_name: "s", display_description: "d", volume_id: volumeId, force: false },
    },
    /snapshot-create-req\.json$/u,
    /snapshot-create-resp\.json$/u,
  );
  whole.rest();
  get("/os-snapshots", /snapshots-list-resp\.json$/u);
  get("/os-snapshots/detail", /snapshots-detail-resp\.json$/u);
  get(`/os-snapshots/${member(snapshot, "snapshot", "id")}`, /snapshots-show-resp\.json$/u);
  post(
    `/servers/${id}/os-volume_attachments`,
    { volumeAttachment: { volumeId, device: "/dev/vdd" } },
    /attach-volume-to-server-req\.json$/u,
    /attach-volume-to-server-resp\.json$/u,
  );
  whole.rest();
  get(`/servers/${id}/os-volume_attachments`, /list-volume-attachments-resp\.json$/u);
  get(`/servers/${id}/os-volume_attachments/${volumeId}`, /volume-attachment-detail-resp\.json$/u);
  post(
    "/os-assisted-volume-snapshots",
    {
      snapshot: {
        volume_id: volumeId,
        create_info: { id: "i", snapshot_id: "s", type: "qcow2", new_file: "f" },
      },
    },
    /snapshot-create-assisted-req\.json$/u,
    /snapshot-create-assisted-resp\.json$/u,
  );
  whole.rest();

  // Machines, certificates, cloudpipes.
  const node = {
    service_host: "host",
    cpus: 8,
    memory_mb: 8192,
    local_gb: 128,
    pm_address: "10.1.2.3",
    pm_user: "pm_user",
    pm_password: "pm_pass",
    terminal_port: 8000,
    prov_mac_address: "aa:aa:aa:aa:aa:aa",
  };
  post(
    "/os-baremetal-nodes",
    { node },
    /baremetal-node-create(?:-with-address)?-req\.json$/u,
    /baremetal-node-create(?:-with-address)?-resp\.json$/u,
  );
  get("/os-baremetal-nodes", /baremetal-node-list-resp\.json$/u);
  get("/os-baremetal-nodes/1", /baremetal-node-show-resp\.json$/u);
  const card = (name: string) => ({ [name]: { address: "bb:aa:aa:aa:aa:aa" } });
  post(
    "/os-baremetal-nodes/1/action",
    card("add_interface"),
    /baremetal-node-add-interface-req\.json$/u,
    /baremetal-node-add-interface-resp\.json$/u,
  );
  post(
    "/os-baremetal-nodes/1/action",
    card("remove_interface"),
    /baremetal-node-remove-interface-req\.json$/u,
  );
  post("/os-certificates", {}, /nothing/u, /certificate-create-resp\.json$/u);
  get("/os-certificates/root", /certificate-get-root-resp\.json$/u);
  post(
    "/os-server-external-events",
    { events: [{ name: "network-changed", server_uuid: id, status: "completed", tag: "t" }] },
    /event-create-req\.json$/u,
    /event-create-resp\.json$/u,
  );
  asking.ask("GET", "/", undefined, undefined, /versions-get-resp\.json$/u);
  return done;
}
