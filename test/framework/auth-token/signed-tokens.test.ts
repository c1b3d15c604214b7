/** Laws of tokens that services check by themselves: other-services §1.3 row 5; keystonemiddleware 1.2.0. */
import { describe, expect, it } from "vitest";
import { hashToken, type FlagValues } from "../../../src/framework/index.js";
import { seconds } from "../../../src/kernel/index.js";
import { DISCOVERY, GuardedBed, LOGIN, VALIDATION } from "./bed.js";

const LIST = "GET keystone-all@controller/v2.0/tokens/revoked";
const CERTIFICATES = ["certificates", "ca"].map(
  (name) => `GET keystone-all@controller/v3/OS-SIMPLE-CERT/${name}`,
);
const provider = (name: string): FlagValues => ({
  "token.provider": `keystone.token.providers.${name}.Provider`,
});

/** A service that trusts signed tokens. */
class SignedBed extends GuardedBed {
  constructor(flags: FlagValues = {}, keystone: FlagValues = {}) {
    super(flags, { ...provider("pki"), ...keystone });
  }

  status(token: string): number {
    return this.ask(token).status;
  }

  revoke(token: string): void {
    this.run(
      this.http.request("DELETE", "http://controller:35357/v3/auth/tokens", {
        headers: { "x-auth-token": this.token("admin"), "x-subject-token": token },
      }),
    );
  }
}

describe("other-services §1.3 row 5: a signed token", () => {
  it("says all by itself, and is kept by its hash (token/providers/pki.py, cms.py)", () => {
    const bed = new SignedBed();
    const token = bed.token();
    const id = hashToken(token, "md5");
    const row = bed.database.tokens.get(id);
    expect([token.slice(0, 3), /^[\w+=-]+$/.test(token), id.length, row?.valid]).toEqual([
      "MII",
      true,
      32,
      true,
    ]);
  });

  it.each(["pki", "pkiz"])(
    "of %s is not asked about: first the list and the certificates",
    (name) => {
      const bed = new SignedBed({}, provider(name));
      const [first, second] = [bed.token(), bed.token("nova", "service")];
      const said: unknown[] = [];
      const asked = [first, second].map((token) =>
        bed.asked(() => {
          said.push((bed.ask(token).body as Record<string, string>)["x-user-name"]);
        }),
      );
      expect([said, asked]).toEqual([
        ["demo", "nova"],
        [[LOGIN, LIST, DISCOVERY, ...CERTIFICATES], []],
      ]);
    },
  );

  it("fetches the list again when it is revocation_cache_time old", () => {
    const bed = new SignedBed();
    bed.status(bed.token());
    bed.wait(seconds(9));
    const [young, old] = [bed.token(), bed.token()];
    const before = bed.asked(() => bed.status(young));
    bed.wait(seconds(2));
    expect([before, bed.asked(() => bed.status(old))]).toEqual([[], [LIST]]);
  });

  it("that was changed by a character is refused, and remembered as refused", () => {
    const bed = new SignedBed();
    const token = bed.token();
    const at = 400;
    const other = token[at] === "A" ? "B" : "A";
    const forged = token.slice(0, at) + other + token.slice(at + 1);
    const first = bed.status(forged);
    expect([bed.status(token), first, bed.asked(() => bed.status(forged))]).toEqual([200, 401, []]);
  });

  it.each(["MII", "MIIx", "PKIZ_", "PKIZ_eAEB", "MIIB!!", "PKIZ_é"])("%s is none", (token) => {
    expect(new SignedBed().status(token)).toBe(401);
  });

  it("that is past its time is refused although nobody asks Keystone", () => {
    const bed = new SignedBed();
    const token = bed.token();
    bed.wait(seconds(3601));
    expect(bed.status(token)).toBe(401);
  });

  it("revoked: still good where it is remembered, until then; then it is on the list", () => {
    const bed = new SignedBed();
    const token = bed.token();
    bed.status(token);
    bed.revoke(token);
    bed.wait(seconds(200));
    const remembered = bed.status(token);
    bed.wait(seconds(101));
    expect([remembered, bed.status(token)]).toEqual([200, 401]);
  });

  it("revoked and never seen: good until the next list is fetched", () => {
    const bed = new SignedBed();
    bed.status(bed.token("nova", "service"));
    const [quick, slow] = [bed.token(), bed.token()];
    bed.revoke(quick);
    bed.revoke(slow);
    const before = bed.status(quick);
    bed.wait(seconds(11));
    expect([before, bed.status(slow)]).toEqual([200, 401]);
  });

  it("check_revocations_for_cached looks at the list for what is remembered, too", () => {
    const bed = new SignedBed({ check_revocations_for_cached: true });
    const token = bed.token();
    bed.status(token);
    bed.revoke(token);
    const before = bed.status(token);
    bed.wait(seconds(11));
    const after = bed.status(token);
    expect([before, after, bed.asked(() => bed.status(token))]).toEqual([200, 401, []]);
  });

  it("Keystone down: good for as long as the list is, then a 401 that is not remembered", () => {
    const bed = new SignedBed();
    bed.status(bed.token());
    const [first, second] = [bed.token(), bed.token()];
    bed.stopKeystone();
    const young = bed.status(first);
    bed.wait(seconds(11));
    const old = bed.status(second);
    bed.startKeystone();
    expect([young, bed.status(first), old, bed.status(second)]).toEqual([200, 200, 401, 200]);
  });

  it("a service that hashes in another way than Keystone finds nothing on the list", () => {
    const bed = new SignedBed({ hash_algorithms: ["sha256"] });
    const token = bed.token();
    bed.revoke(token);
    expect(bed.status(token)).toBe(200);
    const both = new SignedBed({ hash_algorithms: ["sha256", "md5"] });
    const other = both.token();
    both.revoke(other);
    expect(both.status(other)).toBe(401);
  });

  it("a hash that Python does not know refuses every signed token (hashlib.new)", () => {
    const bed = new SignedBed({ hash_algorithms: ["crc"] });
    expect(bed.status(bed.token())).toBe(401);
  });

  it("its hash is as good as the token, and Keystone is asked about that", () => {
    const bed = new SignedBed();
    const id = hashToken(bed.token(), "md5");
    const asked = bed.asked(() => {
      expect(bed.status(id)).toBe(200);
    });
    expect(asked.at(-1)).toBe(VALIDATION);
  });

  it("by v3 the header has it, and the signed text is the body of the answer", () => {
    const bed = new SignedBed();
    const auth = {
      identity: {
        methods: ["password"],
        password: {
          user: { name: "demo", domain: { id: "default" }, password: "secret" },
        },
      },
      scope: { project: { name: "demo", domain: { id: "default" } } },
    };
    const url = "http://controller:5000/v3/auth/tokens";
    const { headers } = bed.run(bed.http.request("POST", url, { body: { auth } }));
    expect(bed.ask(headers["x-subject-token"]).body).toMatchObject({
      "x-user-name": "demo",
      "x-user-domain-id": "default",
    });
  });
});

describe("the list of what is revoked (token/controllers.py revocation_list)", () => {
  it("without certificates there is none: a service that wants it refuses every remembered token", () => {
    const bed = new GuardedBed({ check_revocations_for_cached: true });
    const token = bed.token();
    expect([bed.ask(token).status, bed.ask(token).status]).toEqual([200, 401]);
  });

  it("is gone where rows are not marked: signed tokens are refused (revoke_by_id)", () => {
    const bed = new SignedBed({}, { "token.revoke_by_id": false });
    expect(bed.status(bed.token())).toBe(401);
  });

  it("outlives Keystone: the certificates are files", () => {
    const bed = new SignedBed();
    const token = bed.token();
    bed.stopKeystone();
    bed.startKeystone();
    expect(bed.status(token)).toBe(200);
  });
});
