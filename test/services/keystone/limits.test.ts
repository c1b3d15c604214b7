/**
 * other-services §1.4: what holds where keystone.conf says nothing, each on both sides of its limit.
 * keystone/common/config.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../../../src/kernel/index.js";
import { IdentityBed, MAIN } from "./bed.js";

const told = (bed: IdentityBed, auth: unknown): [number, string] => {
  const { status, body } = bed.post(auth);
  return [status, (body as { error: { message: string } }).error.message];
};

const tooLong = (attribute: string, size: number): string =>
  `Request attribute ${attribute} must be less than or equal to ${String(size)}. The server could not ` +
  "comply with the request because the attribute size is invalid (too large). " +
  "The client is assumed to be in error.";

describe("without a word in keystone.conf (other-services §1.4)", () => {
  it("[token] expiration: a token lives for 3600 s, and not a moment longer", () => {
    const bed = new IdentityBed();
    const token = bed.login("demo");
    const { issued_at = "", expires = "" } = bed.database.tokens.get(token) ?? {};
    expect(Date.parse(`${expires}Z`) - Date.parse(`${issued_at}Z`)).toBe(3_600_000);
    const alive = (): number =>
      bed.ask("GET", `${MAIN}/v2.0/tenants`, undefined, { "x-auth-token": token }).status;
    bed.wait(seconds(3600) - milliseconds(500));
    expect(alive()).toBe(200);
    bed.wait(milliseconds(500));
    expect(alive()).toBe(401);
  });

  it("max_param_size: a name of 64 characters is somebody's, one of 65 nobody's", () => {
    const bed = new IdentityBed();
    const named = (length: number) => ({
      passwordCredentials: { username: "x".repeat(length), password: "x" },
    });
    expect(told(bed, named(64))[0]).toBe(401);
    expect(told(bed, named(65))).toEqual([400, tooLong("username", 64)]);
  });

  it("max_token_size: a token of 8192 characters is looked up, one of 8193 is not", () => {
    const bed = new IdentityBed();
    const token = (length: number) => ({ token: { id: "x".repeat(length) } });
    expect(told(bed, token(8192))[0]).toBe(401);
    expect(told(bed, token(8193))).toEqual([400, tooLong("token", 8192)]);
  });

  it("max_request_body_size: a body of 114688 bytes is read, one of 114689 is not", () => {
    const bed = new IdentityBed();
    const frame = JSON.stringify({ auth: "" }).length;
    const status = (bytes: number): number => bed.post("x".repeat(bytes - frame)).status;
    expect([status(114_688), status(114_689)]).toEqual([400, 500]);
  });

  it("[revoke] expiration_buffer: an event is kept for 1800 s beyond the life of a token", () => {
    const bed = new IdentityBed();
    const admin = bed.login("admin");
    bed.v3As(admin, "PATCH", `/users/${bed.user("nova")}`, { user: { enabled: false } });
    const events = (): unknown =>
      bed.v3As(bed.login("admin"), "GET", "/OS-REVOKE/events")[1]["events"];
    bed.wait(seconds(3600 + 1800 - 2));
    expect(events()).toHaveLength(1);
    bed.wait(seconds(4));
    expect(events()).toEqual([]);
  });

  it("[token] revoke_by_id: the rows of a user's tokens are marked when it is disabled", () => {
    const bed = new IdentityBed();
    bed.login("demo");
    bed.v3As(bed.login("admin"), "PATCH", `/users/${bed.user("demo")}`, {
      user: { enabled: false },
    });
    const rows = bed.database.tokens.find({ user_id: bed.user("demo") });
    expect(rows.map(({ valid }) => valid)).toEqual([false]);
  });

  it("list_limit: none, however many there are", () => {
    const bed = new IdentityBed();
    const admin = bed.login("admin");
    for (let n = 0; n < 120; n++) {
      bed.v3As(admin, "POST", "/projects", { project: { name: `p${String(n)}` } });
    }
    const [, body] = bed.v3As(admin, "GET", "/projects");
    expect((body["projects"] as unknown[]).length).toBeGreaterThan(120);
    expect(body).not.toHaveProperty("truncated");
  });
});
