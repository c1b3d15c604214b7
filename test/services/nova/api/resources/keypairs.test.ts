/** contrib/keypairs.py, nova/compute/api.py (KeypairAPI), nova/crypto.py at 2014.2; nova §5.6. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../../src/python/index.js";
import { ApiBed } from "../bed.js";

/** Made with ssh-keygen, which said the prints. */
const KEYS = {
  rsa: [
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCK0BgpNVgHyDVwwwKcvN3zdSN9bDLyEgxTiuXbhI5CsVG/+/g7i6zqhmZl3kMXszJnS07RzQ2Ij0IN7IzmkzObUbJKxc8hkmXp+xU8LQCTZRIZp5Z6EbXlQXmV6Z5LFekViBljUIDZJe/MlrleszRrvx1EqTyMVWRbh5JMjzruYpwRf1NQG+uMI2mJBVPRSCcdgfpflU5mqf6+GnduL/zygBIYSPpiTJ6eXKmFiyQmw+Lpo+ueD/6DiDmFa2ye3nZ5XYsH5Vf2EwvkqiJBXibi2OuoYMD1qnZtxJWB+ebVBp4TBZ8CqSEWiJxWn016f3Zy5A6Ffzh1ohGVq+SAKtoV me@host",
    "44:7c:08:e1:ac:f8:7f:f0:1d:3d:f8:51:60:a8:94:33",
  ],
  p256: [
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBJadoeIEY3qi09AK/G7yrkEgqiKYb866YXpute8kYZQgY/29mXDZycMkvro4qUKCbnMvpGtkvYSiFxyhtNr7/vY= me@host",
    "15:f4:fb:6f:22:18:b0:b6:f1:50:f0:68:6f:78:d8:22",
  ],
  p384: [
    "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBMX87FUyW4ByTfmAR2Y6ydf6XaJm1F6p2Zhh9CIrhA3lRVXfUvpMRA75YL1B52yMAjMa87Sb2jkB9GBSMBg0v+6n86nfnBJCQ25kkUgpMj6epgZ8TN0Z3cIDPlSTf40LuQ== me@host",
    "44:8f:1b:49:60:73:82:a2:e2:bd:41:70:3e:4c:23:19",
  ],
  p521: [
    "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBADeOdzQTY7485bw8+CU4uY95Np6uzc5x66N1FVJXI2ZnVBJU3+48D+c82/7CZyHDORj2zZx8AJxyyAcvIhKWC2QWQCthJDxVpKArM1aHM7K062Q32Mnad5VqV7vMeNNH+LAXl3okFFOwQl3JV/1VzYWnk5vOKzKCcpRSm8kWHjGzSzVEA== me@host",
    "5b:14:db:a1:59:17:56:c6:36:9d:c0:8f:09:19:b9:67",
  ],
  ed25519: [
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA9j/u5pg+vIPpRjIcxN5YQENJgZX6s/ffmUAvwUVh2m me@host",
    "e6:1c:8c:22:69:74:3c:8a:c1:37:40:6d:93:2c:d0:0e",
  ],
  dsa: [
    "ssh-dss AAAAB3NzaC1kc3MAAACBAOUfBVJ3rZJ7yuKL7y89AI3UQeJ3BGMVk6h7eKUv6bKmm3dBt3kfClabJNvSOEyqVhznJbCGZgZ7iCcqYl6z4RyQxoDTfaVJNdBphADIkuvXENqF2YwA3tKHjxjFGXNmvCRwRutDy8PUUaqK0WREj/f2dphmTZI03te6+iYhCxW1AAAAFQCLriF9bgE91C+ak2cRg1cmgVcZJwAAAIAOtEQxopVEWEjMR6khmwNildOV2Tm/4IJOZPFDvfrh5sfwpnYMkWAwdDeBfKpevdvr/E3LaNfllOcgb3joartPVN6KqAv/Hk+KaRPLAdF86pJYE2lOzG0NJSRoW3Vtwa03S6jA+JlNNAlcZSAzrSzowY2r795XggaNDGU9R765NQAAAIAy9IHO4I5qE4xMqksD0sbTcNaJ/3mVKGrvqTVJfBCiBUzJbeYAg3p2RB993McPEhFRwi1H0nWKVs3UL9I4b84HDgsIoJnfmBeZ6syqrW/QgklsWJPbccACBpztXQd1zkyEcWw/14V6RVSA2UPlOXMPukn3leSDeEo7mIhoT+EDYg== me",
    "86:c0:4f:af:98:60:e0:87:9f:76:36:b2:3e:37:fb:9a",
  ],
} as const;

const [RSA] = KEYS.rsa;
const MALFORMED =
  "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";
const UNFORESEEN =
  "500 The server has either erred or is incapable of performing the requested operation.";
const NO_PRINT = "400 Keypair data is invalid: failed to generate fingerprint";

const post = (bed: ApiBed, keypair: Json) => bed.ask("POST", "/os-keypairs", { keypair });

const made = (bed: ApiBed, keypair: Json): JsonObject =>
  (post(bed, keypair).body as { keypair: JsonObject }).keypair;

const print = (key: string): string => {
  const blob = Buffer.from(key.split(" ")[1] ?? "", "base64");
  return (createHash("md5").update(blob).digest("hex").match(/../g) ?? []).join(":");
};

describe("an imported key", () => {
  it.each(Object.entries(KEYS))("of type %s has the print that ssh-keygen gives it", (_, pair) => {
    const [public_key, fingerprint] = pair;
    const bed = new ApiBed();
    expect(made(bed, { name: "mine", public_key })).toEqual({
      name: "mine",
      public_key,
      fingerprint,
      user_id: bed.demo.user,
    });
  });

  it.each<[string, string]>([
    ["after a comment", `# mine\n\n \t${RSA}`],
    ["after options", `no-pty,command="echo \\"a b\\"" ${RSA}\n`],
    ["behind a key that is none", `ssh-rsa JUNK\n${RSA}`],
    ["without a name", RSA.slice(0, -" me@host".length)],
  ])("is found %s", (_, public_key) => {
    expect(made(new ApiBed(), { name: "mine", public_key })["fingerprint"]).toBe(KEYS.rsa[1]);
  });

  const blob = (text: string): string => Buffer.from(text, "latin1").toString("base64");
  const [, p256 = ""] = KEYS.p256[0].split(" ");

  it.each<[string, string]>([
    ["nothing", ""],
    ["junk", "ssh-rsa JUNK"],
    ["base64 that is no key", `ssh-rsa ${blob("not really a key, but data")}`],
    ["a type without data", "ssh-rsa"],
    ["an unknown type", `ssh-foo ${RSA.split(" ")[1] ?? ""}`],
    ["the data of another type", `ssh-dss ${RSA.split(" ")[1] ?? ""}`],
    ["data that is cut off", RSA.slice(0, 120)],
    ["a negative number", `ssh-rsa ${blob("\0\0\0\x07ssh-rsa\0\0\0\x01\x03\0\0\0\x01\x81")}`],
    ["a key of a wrong length", `ssh-ed25519 ${blob("\0\0\0\x0bssh-ed25519\0\0\0\x02ab")}`],
    ["a point of another curve", `ecdsa-sha2-nistp384 ${p256}`],
    ["a point beside its curve", `ecdsa-sha2-nistp256 ${p256.replace("/vY=", "/vZ=")}`],
    ["a point near its curve", `ecdsa-sha2-nistp256 ${p256.replace("Nr7/vY=", "Nr7/vU=")}`],
    ["options before a last line without its end", `no-pty ${RSA}`],
    ["a private key", `-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n${RSA}`],
  ])("is refused for %s", (_, public_key) => {
    expect(new ApiBed().told(post(new ApiBed(), { name: "mine", public_key }))).toBe(NO_PRINT);
  });

  it("is what servers take by name", () => {
    const bed = new ApiBed();
    post(bed, { name: "mine", public_key: RSA });
    const id = bed.booted({ key_name: "mine" });
    expect(bed.db.instances.get(id)).toMatchObject({ key_name: "mine", key_data: RSA });
  });
});

describe("a key that Nova makes", () => {
  it("comes with its private half, once, and can be imported again", () => {
    const bed = new ApiBed();
    const { private_key, public_key, fingerprint } = made(bed, { name: "new" });
    expect(private_key).toMatch(
      /^-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA.{48}\n(.{64}\n){23}.{56}\n-----END RSA PRIVATE KEY-----\n$/,
    );
    expect(public_key).toMatch(
      /^ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ[CD]\S{341} Generated-by-Nova\n$/,
    );
    expect(fingerprint).toBe(print(public_key as string));
    expect(made(bed, { name: "again", public_key: public_key! })["fingerprint"]).toBe(fingerprint);
    expect(bed.ask("GET", "/os-keypairs").body).toEqual({
      keypairs: ["new", "again"].map((name) => ({ keypair: { name, public_key, fingerprint } })),
    });
  });
});

describe("creating a key pair", () => {
  const SHORT =
    "400 Keypair data is invalid: Keypair name must be string and between 1 and 255 characters long";
  const UNSAFE = "400 Keypair data is invalid: Keypair name contains unsafe characters";

  it.each<[Json, string]>([
    [{}, "400 Invalid request body"],
    [{ public_key: RSA }, "400 Invalid request body"],
    [null, MALFORMED],
    [[], MALFORMED],
    [{ name: null }, MALFORMED],
    [{ name: 7 }, MALFORMED],
    [{ name: ["a"] }, UNSAFE],
    [{ name: "a.b" }, UNSAFE],
    [{ name: "ä" }, UNSAFE],
    [{ name: `${"a".repeat(256)}.` }, UNSAFE],
    [{ name: "" }, SHORT],
    [{ name: "a".repeat(256) }, SHORT],
    [{ name: "a", public_key: null }, MALFORMED],
    [{ name: "a", public_key: 7 }, MALFORMED],
    [{ name: "a", public_key: `${RSA} ä` }, UNFORESEEN],
    [{ name: " " }, "200"],
  ])("answers %j", (keypair, says) => {
    expect(new ApiBed().told(post(new ApiBed(), keypair))).toBe(says);
  });

  it.each<[Json, string]>([
    [null, MALFORMED],
    [{}, "400 Invalid request body"],
    [[], MALFORMED],
  ])("answers the body %j", (body, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask("POST", "/os-keypairs", body))).toBe(says);
  });

  it("is refused for a name that is taken, and for one too many", () => {
    const bed = new ApiBed({ quota_key_pairs: 1 });
    expect(bed.told(post(bed, { name: "mine" }))).toBe("200");
    expect(bed.told(post(bed, { name: "mine" }))).toBe("403 Quota exceeded, too many key pairs.");
    expect(bed.told(post(bed, { name: "a.b" }))).toBe(UNSAFE);
    const free = new ApiBed();
    post(free, { name: "mine" });
    expect(free.told(post(free, { name: "mine" }))).toBe("409 Key pair 'mine' already exists.");
  });

  interface Notification {
    readonly kind: "notification";
    readonly publisher_id: string;
    readonly event_type: string;
    readonly priority: string;
  }

  it("is told as it begins and ends, once the name is good; errors under the method's name", () => {
    const bed = new ApiBed({ notification_driver: ["messaging"] });
    // Nova's own login is told as well.
    bed.ask("GET", "/os-keypairs");
    const told = (request: () => unknown): string[] => {
      bed.forget();
      request();
      return bed
        .of<Notification>("notification")
        .map(({ event_type, priority }) => `${priority} ${event_type}`);
    };
    expect(told(() => post(bed, { name: "a" }))).toEqual([
      "INFO keypair.create.start",
      "INFO keypair.create.end",
    ]);
    expect(told(() => post(bed, { name: "a.b" }))).toEqual(["ERROR create_key_pair"]);
    expect(told(() => post(bed, { name: "b", public_key: "junk" }))).toEqual([
      "INFO keypair.import.start",
      "ERROR import_key_pair",
    ]);
    expect(told(() => bed.ask("DELETE", "/os-keypairs/none"))).toEqual([
      "INFO keypair.delete.start",
      "ERROR delete_key_pair",
    ]);
  });
});

describe("a key pair", () => {
  it("is shown as the object that it is, times in whole seconds", () => {
    const bed = new ApiBed();
    post(bed, { name: "mine", public_key: RSA });
    expect(bed.ask("GET", "/os-keypairs/mine").body).toEqual({
      keypair: {
        id: 1,
        name: "mine",
        user_id: bed.demo.user,
        public_key: RSA,
        fingerprint: KEYS.rsa[1],
        created_at: expect.stringMatching(/^2014-09-18T04:03:\d\d\.000000$/) as string,
        updated_at: null,
        deleted_at: null,
        deleted: false,
      },
    });
  });

  it("is the user's own", () => {
    const bed = new ApiBed();
    post(bed, { name: "mine", public_key: RSA });
    const says = `404 Keypair mine not found for user ${bed.admin.user}`;
    expect(bed.told(bed.ask("GET", "/os-keypairs/mine", undefined, bed.admin))).toBe(says);
    expect(bed.told(bed.ask("DELETE", "/os-keypairs/mine", undefined, bed.admin))).toBe(says);
    expect(bed.ask("DELETE", "/os-keypairs/mine").status).toBe(202);
    expect(bed.ask("GET", "/os-keypairs/mine").status).toBe(404);
  });
});
