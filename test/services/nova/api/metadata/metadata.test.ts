/**
 * The metadata API in a whole cloud: whose metadata is told to whom, and what stands at each path. Upstream:
 * nova/api/metadata/{base,handler,password}.py, nova/api/ec2/{__init__,faults,ec2utils}.py at 2014.2.
 */
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Cloud, type CloudSetup } from "../../../../../src/index.js";
import type { RawAnswer } from "../../../../../src/clients/index.js";
import type { Headers } from "../../../../../src/http/index.js";
import type { Json } from "../../../../../src/python/index.js";

const API = "http://controller:8775";
const UNKNOWN = "An unknown error has occurred. Please try your request again.";
const BAD =
  "The server could not comply with the request since it is either malformed or otherwise incorrect.";
const LOST = "The resource could not be found.";
const VERSIONS = [
  ...["1.0", "2007-01-19", "2007-03-01", "2007-08-29", "2007-10-10", "2007-12-15"],
  ...["2008-02-01", "2008-09-01", "2009-04-04", "latest"],
].join("\n");

/** Who asks by address is taken for who a header says it is. */
const BY_ADDRESS = { use_forwarded_for: true };
const SIGNED = {
  "neutron.service_metadata_proxy": true,
  "neutron.metadata_proxy_shared_secret": "opensesame",
};

function bed(flags: CloudSetup["flags"], boot = "") {
  const cloud = new Cloud({ seed: 7, flags: flags ?? {} });
  const demo = cloud.user("demo");
  expect(demo.command("nova keypair-add k1").exit).toBe(0);
  expect(demo.command(`nova boot t1 --flavor m1.nano --image cirros ${boot}`).exit).toBe(0);
  cloud.settle();
  const server = cloud.server("t1");
  if (server === undefined) throw new Error("no server");
  const ask = (path: string, headers: Headers = {}, method = "GET", body?: Json) =>
    cloud.kernel.finish(
      demo.beginRequest({ to: API, method, path, headers, body, anonymous: true }),
    );
  return { cloud, demo, uuid: server.id, ask };
}

const text = (answer: RawAnswer): unknown => {
  if (answer.kind === "error") return answer.message;
  const { status, body } = answer.response;
  return status === 200 ? body : [status, typeof body === "string" ? body.split("\n")[2] : body];
};

const type = (answer: RawAnswer): unknown =>
  answer.kind === "response" ? answer.response.headers["content-type"] : undefined;

const signatureOf = (id: string, secret = "opensesame"): string =>
  createHmac("sha256", secret).update(id).digest("hex");

describe("by address (_handle_remote_ip_request)", () => {
  const { ask, uuid, cloud } = bed(BY_ADDRESS, "--key-name k1 --meta role=web");
  const from = { "X-Forwarded-For": "192.168.1.3" };
  const at = (path: string) => text(ask(path, from));

  it("lists EC2's versions to whoever asks for /, and the rest to servers only", () => {
    expect(text(ask("/"))).toBe(VERSIONS);
    expect(text(ask("/latest"))).toEqual([404, "The resource could not be found."]);
    expect(at("/ec2")).toBe(VERSIONS);
    expect(at("/ec2/..//x/../ec2/")).toBe(VERSIONS);
  });

  it("hides versions of `openstack` that are in the future", () => {
    expect(at("/openstack")).toBe("2012-08-10\n2013-04-04\n2013-10-17\nlatest");
  });

  it("prints EC2's tree as lists of names, a key by its number and name", () => {
    expect(at("/latest/")).toBe("meta-data/");
    expect(at("/2009-04-04/meta-data")).toBe(
      [
        ...["ami-id", "ami-launch-index", "ami-manifest-path", "block-device-mapping/"],
        ...["hostname", "instance-action", "instance-id", "instance-type", "kernel-id"],
        ...["local-hostname", "local-ipv4", "placement/", "public-hostname", "public-ipv4"],
        ...["public-keys/", "ramdisk-id", "reservation-id", "security-groups"],
      ].join("\n"),
    );
    expect(at("/1.0/meta-data")).not.toContain("instance-type");
    expect(at("/latest/meta-data/public-keys")).toBe("0=k1");
    expect(at("/latest/meta-data/public-keys/0")).toBe("openssh-key");
    expect(at("/latest/meta-data/public-keys/0/openssh-key")).toMatch(/^ssh-rsa /);
  });

  it("tells names, addresses, EC2 ids and disks", () => {
    const leaf = (name: string) => at(`/latest/meta-data/${name}`);
    expect(leaf("hostname")).toBe("t1.novalocal");
    expect(leaf("local-ipv4")).toBe("192.168.1.3");
    expect(leaf("public-ipv4")).toBe("");
    expect(leaf("instance-id")).toBe("i-00000001");
    expect(leaf("ami-id")).toBe("ami-00000001");
    expect(leaf("ami-launch-index")).toBe("0");
    expect(leaf("instance-type")).toBe("m1.nano");
    expect(leaf("placement/availability-zone")).toBe("nova");
    expect(leaf("block-device-mapping/root")).toBe("/dev/vda");
    expect(leaf("block-device-mapping/ami")).toBe("vda");
    // With Neutron, Nova has no groups of the server's own.
    expect(leaf("security-groups")).toBe("");
  });

  it("tells the same as JSON, with 512 random bytes from 2013-04-04 on", () => {
    const answer = ask("/openstack/latest/meta_data.json", from);
    expect(type(answer)).toBe("application/json; charset=UTF-8");
    const told = JSON.parse(String(text(answer))) as Record<string, Json>;
    expect(told).toMatchObject({
      uuid,
      meta: { role: "web" },
      hostname: "t1.novalocal",
      name: "t1",
      launch_index: 0,
      availability_zone: "nova",
      public_keys: { k1: expect.stringMatching(/^ssh-rsa /) as string },
    });
    expect(Buffer.from(told["random_seed"] as string, "base64")).toHaveLength(512);
    const folsom = JSON.parse(String(at("/openstack/2012-08-10/meta_data.json"))) as object;
    expect(folsom).not.toHaveProperty("random_seed");
  });

  it("has for each version the documents of its time", () => {
    expect(at("/openstack/2012-08-10")).toBe("meta_data.json");
    expect(at("/openstack/2013-04-04")).toBe("meta_data.json\npassword");
    expect(at("/openstack/latest/")).toBe("meta_data.json\npassword\nvendor_data.json");
    expect(at("/openstack/latest/vendor_data.json")).toBe("{}");
    const lost = [404, "The resource could not be found."];
    for (const path of [
      "/openstack/2013-04-04/vendor_data.json",
      "/openstack/2012-08-10/password",
      "/openstack/latest/user_data",
      "/openstack/content/0000",
      "/openstack/2099-01-01",
      "/openstack/latest/__proto__",
      "/2011-01-01/meta-data",
      "/latest/meta-data/constructor",
      "/latest/meta-data/hostname/a/b",
    ]) {
      expect([path, at(path)]).toEqual([path, lost]);
    }
  });

  it("answers 400 where a path goes on behind a value, since the filter for errors is EC2's", () => {
    expect(at("/latest/meta-data/hostname/x")).toEqual([400, BAD]);
    expect(at("/latest/meta-data/ami-launch-index/x")).toEqual([400, BAD]);
    const known = ask("/latest/meta-data/hostname/x?AWSAccessKeyId=a", from);
    expect(known).toMatchObject({
      response: { status: 500, headers: { "content-type": "text/xml" } },
    });
  });

  it("keeps what it has gathered for 15 seconds (CACHE_EXPIRATION)", () => {
    const demo = cloud.user("demo");
    const role = () => JSON.parse(String(at("/openstack/latest/meta_data.json"))) as Json;
    expect(demo.command("nova meta t1 set role=db").exit).toBe(0);
    cloud.advance("1s");
    cloud.advance("15s");
    expect(role()).toMatchObject({ meta: { role: "db" } });
    expect(demo.command("nova meta t1 set role=cache").exit).toBe(0);
    expect(role()).toMatchObject({ meta: { role: "db" } });
    cloud.advance("15s");
    expect(role()).toMatchObject({ meta: { role: "cache" } });
  });

  it("takes a password once, from a guest that may post 1020 characters", () => {
    const path = "/openstack/latest/password";
    expect(at(path)).toBe("");
    expect(text(ask(path, from, "PUT"))).toEqual([400, BAD]);
    expect(text(ask(path, from, "POST", "x".repeat(1021)))).toEqual([400, "Request is too large."]);
    expect(text(ask(path, from, "POST", "s".repeat(600)))).toBe("");
    cloud.advance("15s");
    expect(at(path)).toBe("s".repeat(600));
    expect(text(ask(path, from, "POST", "t"))).toEqual([
      409,
      "There was a conflict when trying to complete your request.",
    ]);
  });
});

describe("by a signed id (_handle_instance_id_request)", () => {
  const { ask, uuid, cloud } = bed(SIGNED);
  const tenant = cloud.id("project", "demo") ?? "";
  const path = "/latest/meta-data/hostname";
  const signed = {
    "X-Instance-ID": uuid,
    "X-Tenant-ID": tenant,
    "X-Instance-ID-Signature": signatureOf(uuid),
  };
  const without = (name: keyof typeof signed) =>
    Object.fromEntries(Object.entries(signed).filter(([key]) => key !== name));

  it("takes the server's id from a header that bears its signature", () => {
    expect(text(ask(path, signed))).toBe("t1.novalocal");
    expect(text(ask("/latest/meta-data/local-ipv4", signed))).toBe("192.168.1.3");
  });

  it("says which header is missing; without a signature the comparison itself fails", () => {
    expect(text(ask(path, without("X-Instance-ID")))).toEqual([
      400,
      "X-Instance-ID header is missing from request.",
    ]);
    expect(text(ask(path, without("X-Tenant-ID")))).toEqual([
      400,
      "X-Tenant-ID header is missing from request.",
    ]);
    expect(text(ask(path, without("X-Instance-ID-Signature")))).toEqual([400, BAD]);
  });

  it("refuses what another secret has signed", () => {
    const wrong = { ...signed, "X-Instance-ID-Signature": signatureOf(uuid, "sesame") };
    expect(text(ask(path, wrong))).toEqual([403, "Invalid proxy request signature."]);
  });

  it("finds nothing for another tenant, or for a server that is not there", () => {
    const lost = [404, "The resource could not be found."];
    expect(text(ask(path, { ...signed, "X-Tenant-ID": "other" }))).toEqual(lost);
    const none = "00000000-0000-0000-0000-000000000000";
    const unknown = { "X-Instance-ID": none, "X-Instance-ID-Signature": signatureOf(none) };
    expect(text(ask(path, { ...signed, ...unknown }))).toEqual(lost);
  });
});

it("answers 500 where Neutron cannot be asked whose an address is", () => {
  const { ask, cloud } = bed(BY_ADDRESS);
  cloud.crash("neutron-server@controller");
  expect(text(ask("/latest", { "X-Forwarded-For": "192.168.1.3" }))).toEqual([500, UNKNOWN]);
});

it("ignores the id in a header unless Neutron's agents may say it", () => {
  const { ask, uuid } = bed({});
  expect(text(ask("/latest", { "X-Instance-ID": uuid }))).toEqual([404, LOST]);
});

it("is not there where enabled_apis does not name it", () => {
  const { ask, demo } = bed({ enabled_apis: ["osapi_compute"] });
  expect(text(ask("/"))).toContain("Connection refused");
  expect(demo.command("nova list").exit).toBe(0);
});
