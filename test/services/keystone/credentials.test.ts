/** Laws of credentials and policy files: keystone/credential, keystone/policy at 2014.2. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/python/index.js";
import { IdentityBed, MAIN } from "./bed.js";

class StoreBed extends IdentityBed {
  readonly admin = this.login("admin");

  make(kind: "credential" | "policy", ref: object): [number, JsonObject] {
    const path = kind === "credential" ? "/credentials" : "/policies";
    return this.v3As(this.admin, "POST", path, { [kind]: ref });
  }
}

const FIND =
  "the server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.";

describe("credentials (credential/controllers.py)", () => {
  it("an access key has the hash of it for an id; others have one of their own", () => {
    const bed = new StoreBed();
    const blob = JSON.stringify({ access: "abc", secret: "s" });
    const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const key = { blob, type: "ec2", user_id: "whoever", project_id: "wherever" };
    expect([
      bed.make("credential", key),
      bed.make("credential", key)[1],
      bed.make("credential", { blob: "x", type: "cert", user_id: "u" }),
    ]).toMatchObject([
      [
        201,
        { credential: { ...key, id: sha256, links: { self: `${MAIN}/v3/credentials/${sha256}` } } },
      ],
      { error: { message: "Conflict occurred attempting to store credential - Duplicate Entry" } },
      [201, { credential: { id: expect.stringMatching(/^[0-9a-f]{32}$/), project_id: null } }],
    ]);
  });

  it.each([
    [{ blob: "no json", type: "ec2", user_id: "u" }, "Invalid blob in credential"],
    [{ blob: "[1]", type: "EC2", user_id: "u" }, `Expecting to find blob in credential - ${FIND}`],
    [{ blob: '{"a": 1}', type: "ec2", user_id: "u" }, `Expecting to find access in blob - ${FIND}`],
    [{ blob: "x", type: "cert" }, "'user_id' is a required property"],
    [
      { blob: "x", type: "cert", user_id: "u", project_id: null },
      "Invalid input for field 'project_id'. The value is 'None'.",
    ],
  ])("refuse %j", (credential, message) => {
    expect(new StoreBed().make("credential", credential)).toMatchObject([
      400,
      { error: { message } },
    ]);
  });

  it("are listed by user, changed and removed, by admins", () => {
    const bed = new StoreBed();
    for (const user_id of ["u1", "u2"])
      bed.make("credential", { blob: "x", type: "cert", user_id });
    const [, listed] = bed.v3As(bed.admin, "GET", "/credentials?user_id=u2");
    const [{ id }] = listed["credentials"] as [{ id: string }];
    const path = `/credentials/${id}`;
    expect([
      bed.v3As(bed.admin, "PATCH", path, { credential: { blob: "y" } })[1],
      bed.v3As(bed.login("demo"), "GET", path)[0],
      bed.v3As(bed.admin, "DELETE", path)[0],
      bed.v3As(bed.admin, "GET", path)[1],
    ]).toMatchObject([
      { credential: { id, blob: "y", user_id: "u2" } },
      403,
      204,
      { error: { message: `Could not find credential: ${id}` } },
    ]);
  });

  it("go with their user and with their project (identity/core.py, assignment/core.py)", () => {
    const bed = new StoreBed();
    const [demo, project] = [bed.user("demo"), bed.project("demo")];
    bed.make("credential", { blob: "x", type: "cert", user_id: demo });
    bed.make("credential", { blob: "x", type: "cert", user_id: "u", project_id: project });
    bed.v3As(bed.admin, "DELETE", `/users/${demo}`);
    const left = bed.database.credentials.find().map(({ user_id }) => user_id);
    bed.v3As(bed.admin, "DELETE", `/projects/${project}`);
    expect([left, bed.database.credentials.size]).toEqual([["u"], 0]);
  });
});

describe("policies (policy/controllers.py, policy/backends/sql.py)", () => {
  it("stored and given back; a stranger is refused before it is looked for", () => {
    const bed = new StoreBed();
    const [status, made] = bed.make("policy", { blob: "{}", type: "application/json", note: 1 });
    const { id } = made["policy"] as { id: string };
    const path = `/policies/${id}`;
    expect([
      status,
      bed.v3As(bed.admin, "GET", path)[1],
      // Nobody looks at an id in a change.
      bed.v3As(bed.admin, "PATCH", path, { policy: { id: "other", blob: "[]" } })[1],
      bed.v3As(bed.login("demo"), "GET", "/policies/unknown")[0],
      bed.v3As(bed.admin, "GET", "/policies/unknown")[1],
      bed.v3As(bed.admin, "DELETE", path)[0],
    ]).toMatchObject([
      201,
      { policy: { id, blob: "{}", type: "application/json", note: 1 } },
      { policy: { id, blob: "[]" } },
      403,
      { error: { message: "Could not find policy: unknown" } },
      204,
    ]);
  });

  it("lists are cut when everything is filtered, as the driver does neither", () => {
    const bed = new StoreBed({ flags: { list_limit: 1 } });
    for (const type of ["a", "b", "b"]) bed.make("policy", { blob: "{}", type });
    const list = (query: string): JsonObject => bed.v3As(bed.admin, "GET", `/policies${query}`)[1];
    const types = ({ policies }: JsonObject): unknown =>
      (policies as { type: string }[]).map(({ type }) => type);
    expect([
      types(list("?type=b")),
      list("?type=b")["truncated"],
      list("?type=a")["truncated"],
    ]).toEqual([["b"], true, undefined]);
  });
});

describe("access keys of EC2 (contrib/ec2/controllers.py)", () => {
  const made = (bed: StoreBed, version: string, token: string, user = "demo") =>
    bed.ask(
      "POST",
      `${MAIN}${version}/users/${bed.user(user)}/credentials/OS-EC2`,
      { tenant_id: bed.project("demo") },
      { "x-auth-token": token },
    );

  it("v2 answers 200 and v3 201; a user makes its own, nobody those of others", () => {
    const bed = new StoreBed();
    const demo = bed.login("demo");
    const hex = expect.stringMatching(/^[0-9a-f]{32}$/);
    const tenant_id = bed.project("demo");
    const credential = {
      user_id: bed.user("demo"),
      tenant_id,
      access: hex,
      secret: hex,
      trust_id: null,
    };
    const [v2, v3] = ["/v2.0", "/v3"].map((version) => made(bed, version, demo));
    expect([
      [v2!.status, v2!.body],
      [v3!.status, v3!.body],
      made(bed, "/v2.0", demo, "nova").status,
      made(bed, "/v3", demo, "nova").body,
    ]).toMatchObject([
      [200, { credential }],
      [201, { credential }],
      403,
      {
        error: {
          message:
            "You are not authorized to perform the requested action: identity:ec2_create_credential",
        },
      },
    ]);
  });

  it("are found by the access key, and removed by their owner", () => {
    const bed = new StoreBed();
    const [demo, nova] = [bed.login("demo"), bed.login("nova", "service")];
    const { access } = (made(bed, "/v3", demo).body as { credential: { access: string } })
      .credential;
    const path = (user: string, key = access): string =>
      `/users/${bed.user(user)}/credentials/OS-EC2/${key}`;
    const unknown = bed.v3As(demo, "GET", path("demo", "x"))[1];
    expect([
      bed.v3As(demo, "GET", path("demo"))[1],
      unknown,
      bed.v3As(nova, "DELETE", path("demo", "x"))[0],
      bed.v3As(demo, "DELETE", path("demo"))[0],
      bed.v3As(demo, "GET", `/users/${bed.user("demo")}/credentials/OS-EC2`)[1],
    ]).toMatchObject([
      { credential: { access } },
      {
        error: {
          code: 404,
          message: expect.stringMatching(/^Could not find credential: [0-9a-f]{64}$/),
        },
      },
      404,
      204,
      { credentials: [] },
    ]);
  });
});
