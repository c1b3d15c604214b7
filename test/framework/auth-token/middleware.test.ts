/** Laws of the token middleware: other-services §1.3. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import { DISCOVERY, GuardedBed, LOGIN, VALIDATION } from "./bed.js";

describe("other-services §1.3: validation", () => {
  it("rows 3 to 5: asks for versions, then for its own token, then about the caller's", () => {
    const bed = new GuardedBed();
    const token = bed.token();
    expect(bed.asked(() => bed.ask(token))).toEqual([DISCOVERY, LOGIN, VALIDATION]);
  });

  it("row 2: remembers a token for 300 s, and its own and the version for longer", () => {
    const bed = new GuardedBed();
    const token = bed.token();
    bed.ask(token);
    const again = bed.asked(() => bed.ask(token));
    bed.wait(seconds(301));
    expect([again, bed.asked(() => bed.ask(token))]).toEqual([[], [VALIDATION]]);
  });

  it("row 4: gets another token of its own when that is about to expire", () => {
    const bed = new GuardedBed();
    bed.ask(bed.token());
    bed.wait(seconds(3571));
    const token = bed.token();
    expect(bed.asked(() => bed.ask(token))).toEqual([LOGIN, VALIDATION]);
  });

  it("row 4: gets another token of its own when Keystone refuses it with 401", () => {
    const bed = new GuardedBed();
    bed.ask(bed.token());
    const own = bed.database.tokens.find({
      user_id: bed.database.users.first({ name: "nova" })!.uuid,
    });
    bed.database.tokens.update(own[0]!.token, { valid: false });
    const token = bed.token();
    const status: number[] = [];
    const asked = bed.asked(() => status.push(bed.ask(token).status));
    expect([status, asked]).toEqual([[200], [VALIDATION, LOGIN, VALIDATION]]);
  });

  it("uses v2.0 where it is told to", () => {
    const bed = new GuardedBed({ auth_version: "v2.0" });
    const token = bed.token();
    expect(bed.asked(() => bed.ask(token))).toEqual([
      LOGIN,
      `GET keystone-all@controller/v2.0/tokens/${token}`,
    ]);
  });

  it("is recorded at detail full only, and what the service does is not", () => {
    const bed = new GuardedBed();
    const token = bed.token();
    bed.forget();
    bed.ask(token);
    const story = bed.seen.filter(({ detail }) => detail === "flow").map(({ what }) => what);
    expect(story.map(({ kind, actor }) => `${kind} ${actor ?? ""}`)).toEqual([
      "rest.request tester",
      "rest.response tester",
    ]);
  });
});

describe("other-services §1.3 row 6: a good token", () => {
  it("sets who asks, in both vocabularies, with the catalog in the shape of v2", () => {
    const bed = new GuardedBed();
    const {
      "x-service-catalog": catalog,
      "x-auth-token": _,
      ...headers
    } = bed.ask(bed.token()).body as Record<string, string>;
    const user = bed.database.users.first({ name: "demo" })!.uuid;
    const project = bed.database.projects.first({ name: "demo" })!.uuid;
    expect(headers).toEqual({
      "x-identity-status": "Confirmed",
      "x-user-id": user,
      "x-user-name": "demo",
      "x-user-domain-id": "default",
      "x-user-domain-name": "Default",
      "x-project-id": project,
      "x-project-name": "demo",
      "x-project-domain-id": "default",
      "x-project-domain-name": "Default",
      "x-roles": "_member_",
      "x-user": "demo",
      "x-tenant-id": project,
      "x-tenant-name": "demo",
      "x-tenant": "demo",
      "x-role": "_member_",
    });
    const url = `http://controller:8774/v2/${project}`;
    expect((JSON.parse(catalog!) as unknown[])[0]).toEqual({
      type: "compute",
      name: "nova",
      endpoints: [{ region: "RegionOne", publicURL: url, internalURL: url, adminURL: url }],
    });
  });

  it("row 1: strips the identity that a stranger claims, and takes X-Storage-Token for a token", () => {
    const bed = new GuardedBed();
    const claimed = { "X-Roles": "admin", "X-Domain-Id": "default", "X-Else": "kept" };
    const { status, body } = bed.ask(undefined, { ...claimed, "X-Storage-Token": bed.token() });
    expect([status, body]).toMatchObject([200, { "x-roles": "_member_", "x-else": "kept" }]);
    expect(body).not.toHaveProperty("x-domain-id");
  });

  it("row 6: an unscoped token is refused by way of v2, but not by way of v3", () => {
    const answers = ["v2.0", "v3.0"].map((auth_version) => {
      const bed = new GuardedBed({ auth_version });
      const auth = { passwordCredentials: { username: "demo", password: "secret" } };
      const { body } = bed.run(
        bed.http.request("POST", "http://controller:5000/v2.0/tokens", { body: { auth } }),
      );
      return bed.ask((body as { access: { token: { id: string } } }).access.token.id).status;
    });
    expect(answers).toEqual([401, 200]);
  });
});

describe("other-services §1.3 row 7: a bad token", () => {
  it("is refused with 401 and the way to Keystone, and so is none at all", () => {
    const bed = new GuardedBed();
    const challenge = { "www-authenticate": "Keystone uri='http://controller:5000'" };
    const refused = { status: 401, headers: challenge, body: "Authentication required" };
    expect([bed.ask("unknown"), bed.ask()]).toEqual([refused, refused]);
  });

  it("is remembered as bad for 300 s", () => {
    const bed = new GuardedBed();
    bed.ask("unknown");
    const again = bed.asked(() => bed.ask("unknown"));
    bed.wait(seconds(301));
    expect([again, bed.asked(() => bed.ask("unknown"))]).toEqual([[], [VALIDATION]]);
  });

  it("goes on as Invalid where the service decides itself, without what the stranger claims", () => {
    const bed = new GuardedBed({ delay_auth_decision: true });
    const { status, body } = bed.ask("unknown", { "X-Roles": "admin" });
    expect([status, body]).toEqual([
      200,
      { "x-identity-status": "Invalid", "x-auth-token": "unknown" },
    ]);
  });
});

describe("other-services §1.3: Keystone in trouble", () => {
  it("unreachable: 401 after 4 tries with 0.5, 1 and 2 s between, and healed at once", () => {
    const bed = new GuardedBed();
    const token = bed.token();
    bed.stopKeystone();
    const began = bed.kernel.now;
    const statuses: number[] = [];
    const tries = bed.asked(() => statuses.push(bed.ask(token).status)).length;
    const took = Math.floor((bed.kernel.now - began) / 500_000) / 2;
    bed.startKeystone();
    statuses.push(bed.ask(token).status);
    expect([statuses, tries, took]).toEqual([[401, 200], 4, 3.5]);
  });

  it("unreachable: cached tokens go on working", () => {
    const bed = new GuardedBed();
    const token = bed.token();
    bed.ask(token);
    bed.stopKeystone();
    const early = bed.ask(token).status;
    bed.wait(seconds(301));
    expect([early, bed.ask(token).status]).toEqual([200, 401]);
  });

  // keystonemiddleware 1.2.0 auth_token.py:1424: only a 401 is a reason to ask again.
  it("answers 500: 401, and the token stays bad after Keystone has recovered", () => {
    const bed = new GuardedBed();
    bed.ask(bed.token());
    const token = bed.token();
    const broken = bed.replaceKeystone(500);
    const statuses: number[] = [];
    const asked = bed.asked(() => statuses.push(bed.ask(token).status));
    broken.stop();
    bed.startKeystone();
    statuses.push(bed.ask(token).status);
    bed.wait(seconds(301));
    statuses.push(bed.ask(token).status);
    expect([statuses, asked.length]).toEqual([[401, 401, 200], 1]);
  });

  it("a revoked token is accepted while it is cached, an expired one is not", () => {
    const bed = new GuardedBed();
    const revoked = bed.token();
    bed.ask(revoked);
    bed.database.tokens.update(revoked, { valid: false });
    const still = bed.ask(revoked).status;
    const expired = bed.token();
    bed.wait(seconds(3595));
    bed.ask(expired);
    bed.wait(seconds(6));
    const asked = bed.asked(() => expect(bed.ask(expired).status).toBe(401));
    expect([still, asked]).toEqual([200, []]);
  });

  it("a wrong password of the service's own makes every token bad, with 401 and not 503", () => {
    const bed = new GuardedBed({ admin_password: "wrong" });
    const token = bed.token();
    expect([bed.ask(token).status, bed.asked(() => bed.ask(token))]).toEqual([401, []]);
  });
});
