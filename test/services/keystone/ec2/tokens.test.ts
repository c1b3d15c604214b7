/** Tokens for who signs with an access key: keystone/contrib/ec2/controllers.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { signature } from "../../../../src/services/keystone/ec2/signer.js";
import { ADMIN, IdentityBed, MAIN } from "../bed.js";

interface Key {
  readonly access: string;
  readonly secret: string;
}

function withKey(bed: IdentityBed): Key {
  const path = `/users/${bed.user("demo")}/credentials/OS-EC2`;
  const [, body] = bed.v3As(bed.login("demo"), "POST", path, { tenant_id: bed.project("demo") });
  return body["credential"] as unknown as Key;
}

function signed({ access, secret }: Key): JsonObject & { signature: string } {
  const params = { SignatureVersion: "2", AWSAccessKeyId: access, Action: "DescribeInstances" };
  const request = { access, host: "controller:8773", verb: "GET", path: "/services/Cloud", params };
  return { ...request, signature: signature(secret, request) };
}

describe("POST /v2.0/ec2tokens", () => {
  it.each([MAIN, ADMIN])("gives whoever asks a token of the key's owner, at %s", (url) => {
    const bed = new IdentityBed();
    const { status, body } = bed.ask("POST", `${url}/v2.0/ec2tokens`, {
      credentials: signed(withKey(bed)),
    });
    const { access } = body as { access: { token: JsonObject & { id: string }; user: JsonObject } };
    expect(status).toBe(200);
    // Tenant and roles are whole, as no login of v2 shows them.
    expect(access.token["tenant"]).toEqual({
      id: bed.project("demo"),
      name: "demo",
      description: "",
      domain_id: "default",
      enabled: true,
    });
    expect(access.user).toMatchObject({
      name: "demo",
      roles: [{ id: bed.role("_member_"), name: "_member_" }],
    });
    const path = `/v2.0/tokens/${access.token.id}`;
    const asked = bed.ask("GET", ADMIN + path, undefined, { "x-auth-token": bed.login("admin") });
    expect(asked.body).toEqual(body);
  });

  it("takes the older name of the argument where the newer is empty", () => {
    const bed = new IdentityBed();
    const ec2Credentials = signed(withKey(bed));
    const statuses = [{ ec2Credentials }, { credentials: {}, ec2Credentials }].map(
      (body) => bed.ask("POST", `${MAIN}/v2.0/ec2tokens`, body).status,
    );
    expect(statuses).toEqual([200, 200]);
  });
});

describe("POST /v3/ec2tokens", () => {
  it("answers 200 and not 201, with the token in a header and a method of its own", () => {
    const bed = new IdentityBed();
    const { status, headers, body } = bed.ask("POST", `${MAIN}/v3/ec2tokens`, {
      credentials: signed(withKey(bed)),
    });
    expect([status, headers["x-subject-token"]?.length]).toEqual([200, 32]);
    expect(body).toMatchObject({
      token: {
        methods: ["ec2credential"],
        user: { name: "demo", domain: { id: "default" } },
        project: { name: "demo" },
        roles: [{ name: "_member_" }],
      },
    });
  });

  it("is refused when the key, its owner or the project may not be used any more", () => {
    const bed = new IdentityBed();
    const credentials = signed(withKey(bed));
    const ask = () => bed.ask("POST", `${MAIN}/v3/ec2tokens`, { credentials }).status;
    bed.database.users.update(bed.user("demo"), { enabled: false });
    const user = ask();
    bed.database.users.update(bed.user("demo"), { enabled: true });
    bed.database.projects.update(bed.project("demo"), { enabled: false });
    const project = ask();
    bed.database.projects.update(bed.project("demo"), { enabled: true });
    for (const { id } of bed.database.assignments.find({ actor_id: bed.user("demo") })) {
      bed.database.assignments.remove(id);
    }
    const roles = ask();
    for (const { uuid } of bed.database.credentials.find()) bed.database.credentials.remove(uuid);
    expect([user, project, roles, ask()]).toEqual([401, 401, 401, 404]);
  });
});

describe.each(["/v2.0", "/v3"])("a request to %s/ec2tokens that is none", (version) => {
  const bed = new IdentityBed();
  const good = signed(withKey(bed));
  const { signature: right, access, ...unsigned } = good;
  it.each([
    ["no argument", {}, 400],
    ["nothing to look into", { credentials: 5 }, 400],
    ["another argument", { credentials: good, x: 1 }, 400],
    ["no key", { credentials: { signature: right, ...unsigned } }, 401],
    ["an unknown key", { credentials: { ...good, access: "__proto__" } }, 404],
    ["a key of another type", { credentials: { ...good, access: 5 } }, 400],
    ["no signature", { credentials: { access, ...unsigned } }, 500],
    ["a signature that is no text", { credentials: { ...good, signature: null } }, 400],
    ["a wrong signature", { credentials: { ...good, signature: `x${right.slice(1)}` } }, 401],
    ["a signature that is too long", { credentials: { ...good, signature: `${right}x` } }, 401],
    // Without its port a host is signed again, and then upstream fails.
    ["a colon in the signature", { credentials: { ...good, signature: "a:b" } }, 500],
    ["a request that was changed", { credentials: { ...good, verb: "POST" } }, 401],
    ["a signature of no version", { credentials: { ...good, params: {} } }, 500],
    ["no parameters", { credentials: { ...good, params: null } }, 500],
  ])("(%s) is refused", (_, body, status) => {
    const answer = bed.ask("POST", `${MAIN}${version}/ec2tokens`, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: { code: status } });
  });
});
