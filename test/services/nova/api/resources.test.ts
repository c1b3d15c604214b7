import { describe, expect, it } from "vitest";
import { createHash } from "node:crypto";
import type { JsonObject } from "../../../../src/python/index.js";
import { ApiBed, IMAGE, NOWHERE } from "./bed.js";

describe("os-server-external-events (nova §5.6)", () => {
  const EVENT = "network-vif-plugged";
  const tell = (bed: ApiBed, ...events: JsonObject[]) =>
    bed.ask("POST", "/os-server-external-events", { events }, bed.admin);

  it("sends the events of a host's servers there in one cast, and answers 200", () => {
    const bed = new ApiBed();
    const servers = [bed.active(), bed.active(), bed.active({ host: "c2" })];
    const { status, body } = tell(
      bed,
      ...servers.map((server_uuid) => ({ server_uuid, name: EVENT, tag: NOWHERE })),
    );
    expect(status).toBe(200);
    expect(
      (body as { events: JsonObject[] }).events.map(({ code, status }) => [code, status]),
    ).toEqual([
      [200, "completed"],
      [200, "completed"],
      [200, "completed"],
    ]);
    expect(bed.casts()).toEqual([
      "external_instance_event@compute.c1",
      "external_instance_event@compute.c2",
    ]);
    expect(bed.castings()[0]!.args["events"]).toHaveLength(2);
  });

  it("answers 207 when some cannot be sent: 404 no server, 422 no host", () => {
    const bed = new ApiBed();
    const [here, unplaced] = [bed.active(), bed.booted()];
    const { status, body } = tell(
      bed,
      { server_uuid: here, name: EVENT },
      { server_uuid: NOWHERE, name: EVENT },
      { server_uuid: unplaced, name: EVENT },
    );
    expect(status).toBe(207);
    expect(
      (body as { events: JsonObject[] }).events.map(({ code, status }) => [code, status]),
    ).toEqual([
      [200, "completed"],
      [404, "failed"],
      [422, "failed"],
    ]);
  });

  it("answers 404 when none can be sent", () => {
    const bed = new ApiBed();
    expect(bed.told(tell(bed, { server_uuid: NOWHERE, name: EVENT }))).toBe(
      "404 No instances found for any event",
    );
  });

  it.each([
    [{ name: EVENT }, "400 event entity requires key 'server_uuid'"],
    [{ server_uuid: NOWHERE, name: EVENT, x: 1 }, "400 event entity contains unsupported items: x"],
    [{ server_uuid: NOWHERE, name: EVENT, status: "odd" }, "400 Invalid event status `odd'"],
  ])("refuses %j", (event, says) => {
    const bed = new ApiBed();
    expect(bed.told(tell(bed, event))).toBe(says);
  });

  it("is for administrators", () => {
    const bed = new ApiBed();
    expect(bed.ask("POST", "/os-server-external-events", { events: [] }).status).toBe(403);
  });
});

describe("images by way of Nova (nova §5.3)", () => {
  it("are shown in Nova's words, one HEAD each", () => {
    const bed = new ApiBed();
    expect(bed.ask("GET", `/images/${IMAGE}`).body).toMatchObject({
      image: {
        id: IMAGE,
        name: "cirros",
        status: "ACTIVE",
        progress: 100,
        minRam: 0,
        minDisk: 0,
        created: "2014-09-18T04:03:09Z",
        "OS-EXT-IMG-SIZE:size": 13_000_000,
      },
    });
    expect(bed.asked).toEqual([`image get ${IMAGE}`]);
    expect(bed.told(bed.ask("GET", "/images/cirros"))).toBe("404 Image not found.");
  });

  it("are deleted with 204 and never made here", () => {
    const bed = new ApiBed();
    expect(bed.ask("DELETE", `/images/${IMAGE}`).status).toBe(204);
    expect(bed.ask("POST", "/images", {}).status).toBe(405);
  });
});

describe("what tenants have (nova §5.6)", () => {
  it("an imported key has the MD5 of its data as fingerprint, and servers take its text", () => {
    const bed = new ApiBed();
    const blob = Buffer.from("not really a key, but data").toString("base64");
    const public_key = `ssh-rsa ${blob} me`;
    const { body } = bed.ask("POST", "/os-keypairs", { keypair: { name: "mine", public_key } });
    const hex = createHash("md5").update(Buffer.from(blob, "base64")).digest("hex");
    expect(body).toEqual({
      keypair: {
        name: "mine",
        public_key,
        fingerprint: hex.match(/../g)!.join(":"),
        user_id: bed.demo.user,
      },
    });
    const id = bed.booted({ key_name: "mine" });
    expect(bed.db.instances.get(id)).toMatchObject({ key_name: "mine", key_data: public_key });
    expect(bed.ask("POST", "/os-keypairs", { keypair: { name: "mine", public_key } }).status).toBe(
      409,
    );
    expect(bed.ask("DELETE", "/os-keypairs/mine").status).toBe(202);
    expect(bed.ask("GET", "/os-keypairs/mine").status).toBe(404);
  });

  it("a key that Nova makes comes with its private half, once", () => {
    const bed = new ApiBed();
    const { body } = bed.ask("POST", "/os-keypairs", { keypair: { name: "new" } });
    expect((body as { keypair: JsonObject }).keypair["private_key"]).toMatch(
      /^-----BEGIN RSA PRIVATE KEY-----\n/,
    );
    expect(bed.ask("GET", "/os-keypairs").body).not.toMatchObject({
      keypairs: [{ keypair: { private_key: expect.anything() } }],
    });
  });
});
