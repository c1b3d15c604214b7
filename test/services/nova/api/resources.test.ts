import { describe, expect, it } from "vitest";
import { createHash } from "node:crypto";
import type { JsonObject } from "../../../../src/python/index.js";
import { ApiBed, IMAGE } from "./bed.js";

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
