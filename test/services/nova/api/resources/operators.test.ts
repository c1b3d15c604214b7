/**
 * What administrators and old programs ask of nova-api: machines for bare metal, certificates, cloudpipes, and snapshots that Cinder
 * leaves to Nova. Upstream: nova/api/openstack/compute/contrib/{baremetal_nodes,certificates,cloudpipe,cloudpipe_update,
 * assisted_volume_snapshots}.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../../src/kernel/index.js";
import type { Json, JsonObject } from "../../../../../src/python/index.js";
import { AuthorityFiles } from "../../../../../src/services/nova/crypto/authority.js";
import { novaCert } from "../../../../../src/services/nova/cert/index.js";
import { certApi } from "../../../../../src/services/nova/cert/rpcapi.js";
import { NovaBed } from "../../bed.js";
import { ApiBed } from "../bed.js";

const NOT_FOUND = "404 The resource could not be found.";
const UNFORESEEN =
  "500 The server has either erred or is incapable of performing the requested operation.";

const bed = new ApiBed();
const ask = (method: string, path: string, body?: Json) => bed.ask(method, path, body, bed.admin);
const told = (method: string, path: string, body?: Json): string =>
  bed.told(ask(method, path, body));

describe("os-baremetal-nodes (contrib/baremetal_nodes.py, 2014.2)", () => {
  const NODE = {
    service_host: "host",
    cpus: 8,
    memory_mb: 8192,
    local_gb: 128,
    pm_address: "10.1.2.3",
    pm_user: "pm_user",
    pm_password: "pm_pass",
    terminal_port: 8000,
  };
  const MAC = "AA:aa:aa:aa:aa:aa";

  it("keeps machines with their cards, of whose passwords nothing is shown", () => {
    const made = ask("POST", "/os-baremetal-nodes", { node: { ...NODE, prov_mac_address: MAC } });
    expect(made.status).toBe(200);
    const { node } = made.body as { node: JsonObject };
    expect(node).toMatchObject({ id: 1, cpus: 8, uuid: expect.any(String) as string });
    expect(node["interfaces"]).toEqual([{ id: 1, address: MAC, datapath_id: null, port_no: null }]);
    expect(Object.keys(node)).not.toContain("pm_password");
    expect(ask("GET", "/os-baremetal-nodes").body).toEqual({ nodes: [node] });
    expect(ask("GET", "/os-baremetal-nodes/1").body).toEqual({ node });
  });

  it("takes cards and gives them back", () => {
    const at = "/os-baremetal-nodes/1/action";
    const card = { address: "bb:bb:bb:bb:bb:bb", datapath_id: "7", port_no: 2 };
    expect(ask("POST", at, { add_interface: card }).body).toEqual({
      interface: { id: 2, ...card },
    });
    expect(told("POST", at, { add_interface: card })).toBe(UNFORESEEN);
    expect(ask("POST", at, { remove_interface: { address: card.address } }).status).toBe(202);
    expect(told("POST", at, { remove_interface: { address: card.address } })).toBe(NOT_FOUND);
    expect(told("POST", at, { remove_interface: {} })).toBe("400 Must specify id or address");
    expect(told("POST", at, { add_interface: { address: "moon" } })).toBe(
      "400 Must specify address in the form of xx:xx:xx:xx:xx:xx",
    );
    expect(told("POST", at, { moon: null })).toBe("400 There is no such action: moon");
  });

  it("deletes a machine once", () => {
    expect(ask("DELETE", "/os-baremetal-nodes/1").status).toBe(202);
    expect(told("DELETE", "/os-baremetal-nodes/1")).toBe(NOT_FOUND);
    expect(told("GET", "/os-baremetal-nodes/1")).toBe(NOT_FOUND);
    expect(bed.db.bm_interfaces.findAny()).toEqual([]);
  });

  it("is for administrators", () => {
    expect(bed.told(bed.ask("GET", "/os-baremetal-nodes"))).toBe(
      "403 Policy doesn't allow compute_extension:baremetal_nodes to be performed.",
    );
  });
});

describe("os-certificates (contrib/certificates.py, 2014.2)", () => {
  it("has no certificate but the root's", () => {
    expect(told("GET", "/os-certificates/mine")).toBe(
      "501 Only root certificate can be retrieved.",
    );
  });

  it("waits for nova-cert as long as any call does where there is none", () => {
    const from = bed.kernel.now;
    expect(told("GET", "/os-certificates/root")).toBe(UNFORESEEN);
    expect(bed.kernel.now - from).toBeGreaterThanOrEqual(seconds(60));
  });

  it("are what nova-cert makes, one number after another", () => {
    const own = new ApiBed();
    own.start(novaCert(own.nova("nova-cert"), own.db, new AuthorityFiles()));
    const root = own.ask("GET", "/os-certificates/root").body as { certificate: JsonObject };
    expect(root.certificate["private_key"]).toBeNull();
    expect(root.certificate["data"]).toMatch(
      /^-----BEGIN CERTIFICATE-----\n[\w+/=\n]+-----END CERTIFICATE-----\n$/u,
    );
    const make = () => own.ask("POST", "/os-certificates", {}).body as { certificate: JsonObject };
    const first = make().certificate;
    expect(first["private_key"]).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/u);
    expect(first["data"]).toContain("Serial Number: 16 (0x10)");
    expect(first["data"]).toContain("Issuer: O=NOVA ROOT, L=Mountain View, ST=California, C=US");
    expect(make().certificate["data"]).toContain("Serial Number: 17 (0x11)");
    expect(own.db.certificates.find().map(({ file_name }) => file_name)).toEqual([
      "/var/lib/nova/CA/newcerts/10.pem",
      "/var/lib/nova/CA/newcerts/11.pem",
    ]);
  });
});

describe("nova-cert (nova/cert/manager.py, 2014.2)", () => {
  it("keeps its authority when it starts again, and lists what was revoked", () => {
    const one = new NovaBed();
    const files = new AuthorityFiles();
    const env = one.nova("nova-cert");
    const process = one.start(novaCert(env, one.db, files));
    const client = one.client(certApi);
    const root = one.run(client.fetch_ca(one.ctxt, { project_id: "p" }));
    const before = one.run(client.fetch_crl(one.ctxt, { project_id: "p" }));
    one.run(client.generate_x509_cert(one.ctxt, { user_id: "u", project_id: "p" }));
    one.crash(process, env);
    one.start(novaCert(one.nova("nova-cert"), one.db, files));
    expect(one.run(client.fetch_ca(one.ctxt, { project_id: "p" }))).toBe(root);
    for (const revoke of [
      () => client.revoke_certs_by_user(one.ctxt, { user_id: "u" }),
      () => client.revoke_certs_by_project(one.ctxt, { project_id: "p" }),
      () => client.revoke_certs_by_user_and_project(one.ctxt, { user_id: "u", project_id: "p" }),
    ]) {
      expect(one.run(revoke())).toBeNull();
    }
    const after = one.run(client.fetch_crl(one.ctxt, { project_id: "p" }));
    expect(after).toMatch(/^-----BEGIN X509 CRL-----\n/u);
    expect(after.length).toBeGreaterThan(before.length);
  });
});

describe("os-cloudpipe (contrib/cloudpipe.py, contrib/cloudpipe_update.py, 2014.2)", () => {
  it("lists none, since no server is made of image 0", () => {
    expect(ask("GET", "/os-cloudpipe").body).toEqual({ cloudpipes: [] });
  });

  it("makes a key and a group before it finds that there is no authority", () => {
    const own = new ApiBed();
    const body = { cloudpipe: { project_id: "p" } };
    expect(own.told(own.ask("POST", "/os-cloudpipe", body, own.admin))).toBe(UNFORESEEN);
    expect(own.db.key_pairs.find()).toMatchObject([{ name: "p-vpn", user_id: "project-vpn" }]);
    expect(own.db.security_groups.find({ name: "p-vpn" })).toHaveLength(1);
  });

  it("is where somebody says, if the project has a network of nova-network's", () => {
    const place = (vpn_port: Json) => ({ configure_project: { vpn_ip: "192.168.1.1", vpn_port } });
    const at = "/os-cloudpipe/configure-project";
    expect(told("PUT", "/os-cloudpipe/moon", place("2000"))).toBe("400 Unknown action moon");
    // NoMoreNetworks, which nobody has foreseen.
    expect(told("PUT", at, place("2000"))).toBe(UNFORESEEN);
    bed.db.networks.insert({
      uuid: "n",
      label: "private",
      cidr: "10.0.0.0/24",
      gateway: "10.0.0.1",
      broadcast: "10.0.0.255",
      netmask: "255.255.255.0",
      dhcp_start: "10.0.0.2",
      bridge: "br100",
      bridge_interface: null,
      vlan: null,
      project_id: null,
      vpn_public_address: null,
      vpn_public_port: null,
      host: null,
    });
    expect(ask("PUT", at, place("2000")).status).toBe(202);
    expect(bed.db.networks.find()).toMatchObject([
      { vpn_public_address: "192.168.1.1", vpn_public_port: 2000, project_id: bed.admin.project },
    ]);
    expect(told("PUT", at, place("moon"))).toBe(
      "400 Invalid request body: invalid literal for int() with base 10: 'moon'",
    );
    expect(told("PUT", at, {})).toBe("400 Invalid request body: 'configure_project'");
  });
});

describe("os-assisted-volume-snapshots (contrib/assisted_volume_snapshots.py, 2014.2)", () => {
  const BAD =
    "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";
  const at = "/os-assisted-volume-snapshots";

  it("wants to know which volume, and what of it", () => {
    expect(told("POST", at, {})).toBe(BAD);
    expect(told("POST", at, { snapshot: { volume_id: "v" } })).toBe(BAD);
    expect(told("DELETE", `${at}/s`)).toBe("400 'delete_info'");
    expect(told("DELETE", `${at}/s?delete_info={}`)).toBe("400 'volume_id'");
    expect(told("DELETE", `${at}/s?delete_info=moon`)).toBe("400 No JSON object could be decoded");
  });

  it("knows no volume that no server has", () => {
    const snapshot = { volume_id: "v", create_info: { id: "i" } };
    expect(told("POST", at, { snapshot })).toMatch(/^404 /u);
    // In webob's words and not in Nova's form: the error is returned (:93).
    expect(ask("DELETE", `${at}/s?delete_info={"volume_id":"v"}`).body).toMatch(
      /^404 Not Found\n/u,
    );
  });

  it("tells the host of the server that has it", () => {
    const instance = bed.instance(1, { host: "compute-1", node: "compute-1" });
    bed.db.block_device_mapping.insert({
      instance_uuid: instance.uuid,
      source_type: "volume",
      destination_type: "volume",
      guest_format: null,
      device_type: null,
      disk_bus: null,
      boot_index: null,
      device_name: "/dev/vdb",
      delete_on_termination: false,
      snapshot_id: null,
      volume_id: "v",
      volume_size: 1,
      image_id: null,
      no_device: null,
      connection_info: null,
    });
    bed.forget();
    const create_info = { id: "i", snapshot_id: "s", type: "qcow2", new_file: "f" };
    expect(ask("POST", at, { snapshot: { volume_id: "v", create_info } }).body).toEqual({
      snapshot: { id: "i", volumeId: "v" },
    });
    expect(ask("DELETE", `${at}/s?delete_info={"volume_id":"v"}`).status).toBe(204);
    const casts = bed.of<{ kind: string; method: string; server?: string; args: JsonObject }>(
      "rpc.cast",
    );
    expect(casts.map(({ method, server }) => `${method} ${server ?? ""}`)).toEqual([
      "volume_snapshot_create compute-1",
      "volume_snapshot_delete compute-1",
    ]);
    expect(casts[0]?.args["create_info"]).toEqual(create_info);
    expect(casts[1]?.args).toMatchObject({ snapshot_id: "s", delete_info: { volume_id: "v" } });
  });
});
