/**
 * What servers on volumes ask of Cinder and Glance, in order and to the last request, beside the tables of
 * other-services §11 and nova §2.5; of a boot and of a shelve every request of any service, Neutron's too.
 */
import { describe, expect, it } from "vitest";
import { WholeCloud } from "./bed.js";
import { texts } from "./rows.js";

const setup = { services: ["cinder"], computes: 2 } as const;
const BOOT = "nova boot t3 --flavor m1.nano --nic net-id=private";

/** A cloud with a bootable volume. */
function withVolume(options = {}): WholeCloud {
  const whole = new WholeCloud({ ...setup, ...options });
  whole.type("nova volume-create 1 --display-name root --image-id {{image cirros}}");
  whole.rest();
  whole.mark();
  return whole;
}

/** The same with a server on it. */
function booted(options = {}): WholeCloud {
  const whole = withVolume(options);
  whole.type(`${BOOT} --boot-volume {{volume root}}`);
  whole.rest();
  return whole;
}

const BOOT_FLOW = `
  os-11.2-1  nova-client -> nova-api POST /v2/{tenant}/os-volumes_boot 202
  os-11.2-2  nova-api -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  os-11.2-3  nova-api -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-11.2-3  nova-api -> neutron-server GET /v2.0/ports.json?tenant_id={tenant} 200
  os-11.2-3  nova-api -> neutron-server GET /v2.0/quotas/{tenant}.json 200
  os-11.2-4  nova-api -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  os-11.1-8  nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-11.1-9  nova-compute@compute-1 -> neutron-server GET /v2.0/security-groups.json?tenant_id={tenant} 200
  os-11.1-10 nova-compute@compute-1 -> neutron-server GET /v2.0/extensions.json 200
  os-11.2-6  nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  os-10      nova-compute@compute-1 -> keystone POST /v2.0/tokens 200
  os-11.2-7  nova-compute@compute-1 -> cinder-api POST /v1/{tenant}/volumes/{id}/action os-initialize_connection 200
  os-11.1-11 nova-compute@compute-1 -> neutron-server POST /v2.0/ports.json 201
  os-NW1     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  os-NW3     nova-compute@compute-1 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  os-NW4     nova-compute@compute-1 -> neutron-server GET /v2.0/subnets.json?id={id} 200
  os-NW5     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  os-11.2-8  nova-compute@compute-1 -> cinder-api POST /v1/{tenant}/volumes/{id}/action os-attach 202
  os-11.1-15 neutron-server -> keystone POST /v2.0/tokens 200
  os-11.2-10 neutron-server -> nova-api POST /v2/{service}/os-server-external-events 200
`;

/** Its variant with an image. The host asks Glance for nothing: Cinder's processes do. */
const IMAGE_FLOW = `
  os-11.2-1  nova-client -> nova-api POST /v2/{tenant}/os-volumes_boot 202
  os-11.2-2  nova-api -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  os-11.2-3  nova-api -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-11.2-3  nova-api -> neutron-server GET /v2.0/ports.json?tenant_id={tenant} 200
  os-11.2-3  nova-api -> neutron-server GET /v2.0/quotas/{tenant}.json 200
  os-11.2-4  nova-api -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  os-11.1-8  nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-11.1-9  nova-compute@compute-1 -> neutron-server GET /v2.0/security-groups.json?tenant_id={tenant} 200
  variant    nova-compute@compute-1 -> cinder-api POST /v1/{tenant}/volumes 200
  os-11.1-10 nova-compute@compute-1 -> neutron-server GET /v2.0/extensions.json 200
  os-10      nova-compute@compute-1 -> keystone POST /v2.0/tokens 200
  os-11.1-11 nova-compute@compute-1 -> neutron-server POST /v2.0/ports.json 201
  variant    cinder-api -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  os-NW1     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  os-NW3     nova-compute@compute-1 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  poll       nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  variant    cinder-volume -> glance-api HEAD /v1/images/{image} 200
  os-NW4     nova-compute@compute-1 -> neutron-server GET /v2.0/subnets.json?id={id} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  os-NW5     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  variant    cinder-volume -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  variant    cinder-volume -> glance-api GET /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  variant    cinder-volume -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  poll       nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  os-11.2-6  nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  os-11.2-7  nova-compute@compute-1 -> cinder-api POST /v1/{tenant}/volumes/{id}/action os-initialize_connection 200
  os-11.2-8  nova-compute@compute-1 -> cinder-api POST /v1/{tenant}/volumes/{id}/action os-attach 202
  os-11.1-15 neutron-server -> keystone POST /v2.0/tokens 200
  os-11.2-10 neutron-server -> nova-api POST /v2/{service}/os-server-external-events 200
`;

/**
 * Its variant with a snapshot. What a snapshot's volume knows of its image is nothing that Nova looks up
 * (nova/compute/api.py _get_bdm_image_metadata at 2014.2), so that row 2 asks for nothing.
 */
const SNAPSHOT_FLOW = `
  os-11.2-1  nova-client -> nova-api POST /v2/{tenant}/os-volumes_boot 202
  os-11.2-3  nova-api -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-11.2-3  nova-api -> neutron-server GET /v2.0/ports.json?tenant_id={tenant} 200
  os-11.2-3  nova-api -> neutron-server GET /v2.0/quotas/{tenant}.json 200
  os-11.2-4  nova-api -> cinder-api GET /v1/{tenant}/snapshots/{id} 200
  os-11.1-8  nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-11.1-9  nova-compute@compute-1 -> neutron-server GET /v2.0/security-groups.json?tenant_id={tenant} 200
  os-11.1-10 nova-compute@compute-1 -> neutron-server GET /v2.0/extensions.json 200
  variant    nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/snapshots/{id} 200
  os-10      nova-compute@compute-1 -> keystone POST /v2.0/tokens 200
  variant    nova-compute@compute-1 -> cinder-api POST /v1/{tenant}/volumes 200
  os-11.1-11 nova-compute@compute-1 -> neutron-server POST /v2.0/ports.json 201
  poll       nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  os-NW1     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  os-NW3     nova-compute@compute-1 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  os-NW4     nova-compute@compute-1 -> neutron-server GET /v2.0/subnets.json?id={id} 200
  os-NW5     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  poll       nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  poll       nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  poll       nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  poll       nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  os-11.2-6  nova-compute@compute-1 -> cinder-api GET /v1/{tenant}/volumes/{id} 200
  os-11.2-7  nova-compute@compute-1 -> cinder-api POST /v1/{tenant}/volumes/{id}/action os-initialize_connection 200
  os-11.2-8  nova-compute@compute-1 -> cinder-api POST /v1/{tenant}/volumes/{id}/action os-attach 202
  os-11.1-15 neutron-server -> keystone POST /v2.0/tokens 200
  os-11.2-10 neutron-server -> nova-api POST /v2/{service}/os-server-external-events 200
`;

const SHELVE_FLOW = `
  os-11.4    nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action shelve 202
  os-NW1     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  os-NW2     nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 200
  os-NW3     nova-compute@compute-1 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  os-NW4     nova-compute@compute-1 -> neutron-server GET /v2.0/subnets.json?id={id} 200
  os-NW5     nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  os-11.4    neutron-server -> nova-api POST /v2/{service}/os-server-external-events 404
`;

/** Every request that the last one of the client's like that led to, with its answer; of an action its name. */
function requests(whole: WholeCloud, root: RegExp): string[] {
  return whole.flow(root).flatMap(({ seq, text }) => {
    const each = whole.seen[seq];
    if (each?.kind !== "rest.request") return [];
    const { body, path } = each;
    const named = path.endsWith("/action") && typeof body === "object";
    const action = named ? Object.keys(body ?? {}).join(", ") : "";
    return [action === "" ? text : text.replace(/ (\d+)$/u, ` ${action} $1`)];
  });
}

const BETWEEN = new Set(["cinder-api", "glance-api", "nova-api"]);

/** `nova-api -> cinder-api GET /volumes/{}`; of an action its name. The client's look-ups are left out. */
function asked(whole: WholeCloud): string[] {
  return whole.recent.flatMap((each) => {
    if (each.kind !== "rest.request") return [];
    const [from = "", to = ""] = [each.from, each.to].map((actor) => actor.split(/[@]/u)[0]);
    const lookUp = from === "nova-client" && each.method === "GET";
    if (!BETWEEN.has(to) || lookUp || from.startsWith("cinder") || from.startsWith("glance")) {
      return [];
    }
    const { path, body } = each;
    const action =
      path.endsWith("/action") && typeof body === "object" ? Object.keys(body ?? {})[0] : undefined;
    const plain = path
      .split("?")[0]
      ?.replace(/^\/v[12]\/[0-9a-f]{32}/u, "")
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, "{}");
    return [`${from} -> ${to} ${action ?? `${each.method} ${plain ?? ""}`}`];
  });
}

describe("nova boot --boot-volume", () => {
  it("asks for what other-services §11.2 has, in that order", () => {
    const whole = withVolume();
    whole.type(`${BOOT} --boot-volume {{volume root}}`);
    whole.rest();
    expect(asked(whole)).toEqual([
      "nova-client -> nova-api POST /os-volumes_boot",
      "nova-api -> cinder-api GET /volumes/{}",
      "nova-api -> cinder-api GET /volumes/{}",
      "nova-compute -> cinder-api GET /volumes/{}",
      "nova-compute -> cinder-api os-initialize_connection",
      "nova-compute -> cinder-api os-attach",
      "neutron-server -> nova-api POST /os-server-external-events",
    ]);
    expect(requests(whole, /POST .*os-volumes_boot /u)).toEqual(texts(BOOT_FLOW));
    expect(whole.server).toMatchObject({ status: "ACTIVE" });
  });

  it("does not reserve: of two boots from one volume the later one fails on its host", () => {
    const whole = withVolume();
    const line = "--flavor m1.nano --nic net-id=private --boot-volume {{volume root}}";
    expect(whole.type(`nova boot a ${line}`).exit).toBe(0);
    expect(whole.type(`nova boot b ${line}`).exit).toBe(0);
    whole.rest();
    const { stdout } = whole.type("nova list");
    expect(stdout).toMatch(/ a .* ACTIVE/u);
    expect(stdout).toMatch(/ b .* ERROR/u);
    expect(whole.type("nova show b").stdout).toContain("Failure prepping block device.");
  });

  it("of an image has the volume made, and looks every three seconds (other-services §11.2, variant)", () => {
    const whole = new WholeCloud(setup);
    whole.mark();
    const disk = "source=image,id={{image cirros}},dest=volume,size=1,bootindex=0";
    whole.type(`${BOOT} --block-device ${disk}`);
    whole.rest();
    const poll = "nova-compute -> cinder-api GET /volumes/{}";
    const [first, ...rest] = asked(whole).filter((line) => line !== poll);
    expect([first, ...rest]).toEqual([
      "nova-client -> nova-api POST /os-volumes_boot",
      "nova-api -> glance-api HEAD /v1/images/{}",
      "nova-api -> glance-api HEAD /v1/images/{}",
      "nova-compute -> cinder-api POST /volumes",
      "nova-compute -> cinder-api os-initialize_connection",
      "nova-compute -> cinder-api os-attach",
      "neutron-server -> nova-api POST /os-server-external-events",
    ]);
    expect(requests(whole, /POST .*os-volumes_boot /u)).toEqual(texts(IMAGE_FLOW));
  });

  it("of a snapshot has the volume made of it, without a word to Glance (other-services §11.2, variant snapshot)", () => {
    const whole = withVolume();
    whole.type("cinder snapshot-create --display-name still root");
    whole.rest();
    whole.mark();
    const disk = "source=snapshot,id={{snapshot still}},dest=volume,size=1,bootindex=0";
    whole.type(`${BOOT} --block-device ${disk}`);
    whole.rest();
    expect(requests(whole, /POST .*os-volumes_boot /u)).toEqual(texts(SNAPSHOT_FLOW));
    expect(whole.server).toMatchObject({ status: "ACTIVE" });
  });
});

describe("a server whose disk is a volume", () => {
  it("is shelved without Glance and Cinder, whatever shelved_offload_time says (other-services §11.4)", () => {
    const whole = booted({ flags: { shelved_offload_time: -1 } });
    whole.mark();
    whole.type("nova shelve t3");
    whole.rest();
    expect(asked(whole)).toEqual([
      "nova-client -> nova-api shelve",
      "neutron-server -> nova-api POST /os-server-external-events",
    ]);
    expect(requests(whole, /POST .*\/action /u)).toEqual(texts(SHELVE_FLOW));
    expect(whole.server).toMatchObject({ status: "SHELVED_OFFLOADED" });
    expect(whole.type("nova volume-list").stdout).toContain("in-use");
  });

  it("is unshelved by its volume alone; os-attach is not sent again (other-services §11.5)", () => {
    const whole = booted();
    whole.type("nova shelve t3");
    whole.rest();
    whole.mark();
    whole.type("nova unshelve t3");
    whole.rest();
    const events = "neutron-server -> nova-api POST /os-server-external-events";
    expect(asked(whole).filter((line) => line !== events)).toEqual([
      "nova-client -> nova-api unshelve",
      "nova-compute -> cinder-api GET /volumes/{}",
      "nova-compute -> cinder-api os-initialize_connection",
      // nova/virt/libvirt/driver.py _get_guest_xml: an image without an id; 404, and a warning.
      "nova-compute -> glance-api HEAD /v1/images/",
    ]);
    expect(whole.server).toMatchObject({ status: "ACTIVE" });
  });

  it("is stopped and started without a word to Cinder", () => {
    const whole = booted();
    whole.mark();
    whole.type("nova stop t3");
    whole.rest();
    whole.type("nova start t3");
    whole.rest();
    expect(asked(whole)).toEqual([
      "nova-client -> nova-api os-stop",
      "nova-client -> nova-api os-start",
    ]);
    expect(whole.server).toMatchObject({ status: "ACTIVE" });
  });

  it("is deleted: the volume is let go after the ports (other-services §11.6 rows 4, 5)", () => {
    const whole = booted();
    whole.mark();
    whole.type("nova delete t3");
    whole.rest();
    expect(asked(whole)).toEqual([
      "nova-client -> nova-api DELETE /servers/{}",
      "nova-compute -> cinder-api os-terminate_connection",
      "nova-compute -> cinder-api os-detach",
    ]);
    const order = whole.recent.flatMap((each) =>
      each.kind === "rest.request" && each.from.startsWith("nova-compute")
        ? [`${each.method} ${each.to.split("@")[0] ?? ""}`]
        : [],
    );
    const first = order.indexOf("POST cinder-api");
    expect(order.lastIndexOf("DELETE neutron-server")).toBeLessThan(first);
  });

  it("is deleted by nova-api when its host is down, with a connector that is none (other-services §11.6)", () => {
    const whole = booted();
    whole.cloud.crash(`nova-compute@${whole.server.host ?? ""}`);
    whole.pass(120);
    whole.mark();
    whole.type("nova delete t3");
    whole.rest();
    expect(asked(whole)).toEqual([
      "nova-client -> nova-api DELETE /servers/{}",
      "nova-api -> cinder-api os-terminate_connection",
      "nova-api -> cinder-api os-detach",
    ]);
    const sent = whole.recent.find(
      (each) => each.kind === "rest.request" && JSON.stringify(each.body).includes("iqn.fake"),
    );
    expect(sent).toMatchObject({
      body: {
        "os-terminate_connection": { connector: { ip: "127.0.0.1", initiator: "iqn.fake" } },
      },
    });
  });

  it("that is on no host leaves its volume in use when it is deleted (other-services §11.6)", () => {
    const whole = booted();
    whole.type("nova shelve t3");
    whole.rest();
    whole.mark();
    whole.type("nova delete t3");
    whole.rest();
    expect(asked(whole)).toEqual([
      "nova-client -> nova-api DELETE /servers/{}",
      "nova-api -> glance-api DELETE /v1/images/None",
    ]);
    expect(whole.type("nova volume-list").stdout).toContain("in-use");
  });
});

describe("a cloud without Cinder", () => {
  it("refuses to boot from a volume, and fails to attach one (cinderclient EndpointNotFound)", () => {
    const whole = new WholeCloud();
    whole.boot();
    const volume = "33333333-0000-4000-8000-000000000000";
    expect(whole.type(`${BOOT} --boot-volume ${volume}`).stderr).toContain(
      `Block Device Mapping is Invalid: failed to get volume ${volume}. (HTTP 400)`,
    );
    expect(whole.type(`nova volume-attach t3 ${volume}`).stderr).toContain("(HTTP 500)");
    expect(whole.type("nova volume-list").stderr).toContain("EndpointNotFound");
    whole.rest();
    expect(whole.type("nova show t3").stdout).toMatch(/volumes_attached \| \[\] /u);
  });
});

describe("cinder migrate", () => {
  it("of a volume that a server has is Nova's to fill, and ends half way there (nova/compute/manager.py swap_volume)", () => {
    const whole = booted({ controllers: 2 });
    const shown = () => whole.type("cinder show root", "admin").stdout;
    const here = /host:host +\| (\S+)#/u.exec(shown())?.[1] ?? "";
    const there = here === "controller" ? "controller-2" : "controller";
    whole.mark();
    const { exit } = whole.type(`cinder migrate root ${there}#LVM_iSCSI`, "admin");
    expect(exit).toBe(0);
    whole.rest();
    const all = requests(whole, /POST .*\/action /u);
    // Which of the two controllers is asked is a matter of chance.
    expect(
      all.map((line) =>
        line.replaceAll(/@controller|-2 /gu, (found) => (found === "-2 " ? " " : "")),
      ),
    ).toEqual([
      "nova-client -> cinder-api POST /v1/{id}/volumes/{id}/action os-migrate_volume 202",
      "cinder-volume -> nova-api PUT /v2/{id}/servers/{server}/os-volume_attachments/{id} 202",
      "nova-api -> cinder-api GET /v1/{id}/volumes/{id} 200",
      "nova-api -> cinder-api GET /v1/{id}/volumes/{id} 200",
      "nova-api -> cinder-api POST /v1/{id}/volumes/{id}/action os-begin_detaching 202",
      "nova-api -> cinder-api POST /v1/{id}/volumes/{id}/action os-reserve 202",
      "nova-compute@compute-1 -> cinder-api POST /v1/{id}/volumes/{id}/action os-initialize_connection 200",
      "nova-compute@compute-1 -> cinder-api GET /v1/{id}/volumes/{id} 200",
      "nova-compute@compute-1 -> cinder-api GET /v1/{id}/volumes/{id} 200",
      "nova-compute@compute-1 -> cinder-api POST /v1/{id}/volumes/{id}/action os-terminate_connection 202",
      "nova-compute@compute-1 -> cinder-api POST /v1/{id}/volumes/{id}/action os-migrate_volume_completion 200",
      "nova-compute@compute-1 -> cinder-api POST /v1/{id}/volumes/{id}/action os-attach 404",
    ]);
    expect(shown()).toContain(`${there}#LVM_iSCSI`);
    expect(shown()).toMatch(/ status +\| in-use /u);
    // The volume that Nova would attach is the one that it has, and the other id is gone.
    expect(whole.server).toMatchObject({
      status: "ACTIVE",
      fault: expect.stringMatching(/^Volume \S+ could not be found\.$/u) as string,
    });
    const errors = whole.recent.flatMap((each) =>
      each.kind === "log" && each.level === "error"
        ? [each.message.replace(/[0-9a-f-]{36}/gu, "{}")]
        : [],
    );
    expect(errors).toEqual([
      "Failed to delete migration source vol {}: Volume {} is still attached, detach volume first.",
      "Exception during message handling of swap_volume: VolumeNotFound: Volume {} could not be found.",
    ]);
  });
});
