/** Laws of the token middleware: other-services §1.3. */
import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../../../src/kernel/index.js";
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

  it("row 2: each process finds out by itself", () => {
    const bed = new GuardedBed();
    const token = bed.token();
    bed.ask(token);
    bed.restart();
    expect(bed.asked(() => bed.ask(token))).toEqual([DISCOVERY, LOGIN, VALIDATION]);
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
  it("trouble row 1: unreachable: 401 after 4 tries with 0.5, 1 and 2 s between, and healed at once", () => {
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

  it("trouble row 1: tries once where http_request_max_retries is 0", () => {
    const bed = new GuardedBed({ http_request_max_retries: 0 });
    const token = bed.token();
    bed.stopKeystone();
    expect(bed.asked(() => bed.ask(token))).toEqual(["GET controller:35357/"]);
  });

  it("trouble row 1: unreachable: cached tokens go on working for 300 s", () => {
    const bed = new GuardedBed();
    const token = bed.token();
    bed.ask(token);
    bed.stopKeystone();
    const early = bed.ask(token).status;
    bed.wait(seconds(301));
    expect([early, bed.ask(token).status]).toEqual([200, 401]);
  });

  // keystonemiddleware 1.2.0 auth_token.py:1424: only a 401 is a reason to ask again.
  it("trouble row 2: answers 500: 401, and the token stays bad after Keystone has recovered", () => {
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

  it("trouble row 2: answers 404 once: 401 for 300 s, though Keystone knows the token", () => {
    const bed = new GuardedBed();
    bed.ask(bed.token());
    const token = bed.token();
    const broken = bed.replaceKeystone(404);
    const first = bed.ask(token).status;
    broken.stop();
    bed.startKeystone();
    const asked = bed.asked(() => expect(bed.ask(token).status).toBe(401));
    bed.wait(seconds(301));
    expect([first, asked, bed.ask(token).status]).toEqual([401, [], 200]);
  });

  it("trouble row 2: a first answer of 500, to GET /, is remembered of the token too", () => {
    const bed = new GuardedBed();
    const token = bed.token();
    const broken = bed.replaceKeystone(500);
    const asked = bed.asked(() => bed.ask(token));
    broken.stop();
    bed.startKeystone();
    expect([asked.length, bed.ask(token).status, bed.ask(bed.token()).status]).toEqual([
      1, 401, 200,
    ]);
  });

  it("trouble row 3: a revoked token is accepted while it is cached, an expired one is not", () => {
    const bed = new GuardedBed();
    const revoked = bed.token();
    bed.ask(revoked);
    bed.database.tokens.update(revoked, { valid: false });
    bed.wait(seconds(298));
    const still = bed.ask(revoked).status;
    bed.wait(seconds(2));
    const then = bed.ask(revoked).status;
    const expired = bed.token();
    bed.wait(seconds(3595));
    bed.ask(expired);
    bed.wait(seconds(6));
    const asked = bed.asked(() => expect(bed.ask(expired).status).toBe(401));
    expect([still, then, asked]).toEqual([200, 401, []]);
  });

  // keystoneclient/session.py:507 at 0.11.1 makes an AuthorizationFailure of a login's answer, which is no
  // HTTPError to auth_token.py:1357, and so one more reason to try again.
  it("a wrong password of the service's own is tried 4 times: 401 and not 503, and forgotten at once", () => {
    const bed = new GuardedBed({ admin_password: "wrong" });
    const token = bed.token();
    const statuses: number[] = [];
    const began = bed.kernel.now;
    const asked = bed.asked(() => statuses.push(bed.ask(token).status));
    const took = Math.floor((bed.kernel.now - began) / 500_000) / 2;
    const again = bed.asked(() => statuses.push(bed.ask(token).status));
    expect([statuses, asked, took]).toEqual([
      [401, 401],
      [DISCOVERY, LOGIN, LOGIN, LOGIN, LOGIN],
      3.5,
    ]);
    expect(again).toEqual([LOGIN, LOGIN, LOGIN, LOGIN]);
    expect(bed.logs()).toContain(
      "warning: Retrying on HTTP connection exception: Authentication failure: " +
        "The request you have made requires authentication. (HTTP 401)",
    );
  });
});

describe("what is kept of a token (memorycache.py Client at 1.2.0)", () => {
  it("goes at a whole second: 300 after the one in which it was put there", () => {
    const bed = new GuardedBed();
    bed.wait(milliseconds(900));
    const token = bed.token();
    bed.ask(token);
    bed.wait(milliseconds(299_400));
    expect(bed.asked(() => bed.ask(token))).toEqual([VALIDATION]);
  });

  it("is kept as long as the token lasts, where token_cache_time is 0", () => {
    const bed = new GuardedBed({ token_cache_time: 0 });
    const token = bed.token();
    bed.ask(token);
    bed.wait(seconds(3000));
    const asked = bed.asked(() => expect(bed.ask(token).status).toBe(200));
    bed.wait(seconds(700));
    expect([asked, bed.ask(token).status]).toEqual([[], 401]);
  });

  it("is nothing where token_cache_time is -1", () => {
    const bed = new GuardedBed({ token_cache_time: -1 });
    const token = bed.token();
    bed.ask(token);
    expect(bed.asked(() => bed.ask(token))).toEqual([VALIDATION]);
  });
});

describe("auth_version (auth_token.py _choose_api_version)", () => {
  it.each(["v2.0", "v3", "3", "2.0", "junk"])(
    "%s means v2.0: nothing else than v3.0 does",
    (version) => {
      const bed = new GuardedBed({ auth_version: version });
      const token = bed.token();
      expect(bed.asked(() => bed.ask(token))).toEqual([
        LOGIN,
        `GET keystone-all@controller/v2.0/tokens/${token}`,
      ]);
    },
  );

  it("v3.0 asks no question first", () => {
    const bed = new GuardedBed({ auth_version: "v3.0" });
    const token = bed.token();
    expect(bed.asked(() => bed.ask(token))).toEqual([LOGIN, VALIDATION]);
  });

  it("puts a token into the path as urllib.quote does (_safe_quote)", () => {
    const bed = new GuardedBed({ auth_version: "v2.0" });
    const paths = ["a b", "a%20b", "a!/b"].map((token) => bed.asked(() => bed.ask(token)).at(-1));
    expect(paths).toEqual([
      "GET keystone-all@controller/v2.0/tokens/a%20b",
      "GET keystone-all@controller/v2.0/tokens/a%20b",
      "GET keystone-all@controller/v2.0/tokens/a%21/b",
    ]);
  });
});

describe("the token of a service that asks on a user's behalf (auth_token.py _build_service_headers)", () => {
  it("is said beside the user's, and nobody can claim to be one", () => {
    const bed = new GuardedBed();
    const claimed = { "X-Service-Roles": "admin", "X-Service-User-Name": "nova" };
    const user = bed.token();
    expect(bed.ask(user, claimed).body).not.toHaveProperty("x-service-roles");
    const { body } = bed.ask(user, { "X-Service-Token": bed.token("nova", "service") });
    expect(body).toMatchObject({
      "x-roles": "_member_",
      "x-user-name": "demo",
      "x-service-roles": "admin",
      "x-service-user-name": "nova",
      "x-service-project-name": "service",
      "x-service-user-domain-id": "default",
    });
  });

  it.each(["unknown", ""])(
    "that is no good (%j) is refused, even where the service decides",
    (bad) => {
      const bed = new GuardedBed({ delay_auth_decision: true });
      expect(bed.ask(bed.token(), { "X-Service-Token": bad })).toMatchObject({
        status: 401,
        body: "Authentication required",
      });
    },
  );
});

describe("a service that refuses somebody itself (auth_token.py _call_app)", () => {
  it("is made to say where tokens are had, beside what it says", () => {
    const bed = new GuardedBed({ delay_auth_decision: true });
    const refused = ["", "Swift realm"].map(
      (own) => bed.ask("unknown", { "X-Refuse": own }).headers["www-authenticate"],
    );
    const keystone = "Keystone uri='http://controller:5000'";
    expect(refused).toEqual([keystone, `Swift realm, ${keystone}`]);
  });
});
