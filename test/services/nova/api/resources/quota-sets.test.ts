/** contrib/quotas.py and nova/quota.py (DbQuotaDriver) at 2014.2; nova §5.6. */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../../src/python/index.js";
import { ApiBed } from "../bed.js";

const path = (bed: ApiBed, query = ""): string => `/os-quota-sets/${bed.demo.project}${query}`;

const put = (bed: ApiBed, quota_set: Json, query = "", as = bed.admin): string =>
  bed.told(bed.ask("PUT", path(bed, query), { quota_set }, as));

const limits = (bed: ApiBed, query = "", as = bed.admin): JsonObject =>
  (bed.ask("GET", path(bed, query), undefined, as).body as { quota_set: JsonObject }).quota_set;

const FORBIDDEN = "403 Access was denied to this resource.";

describe("a quota set", () => {
  it("is one's own, or any for administrators; the defaults are for everybody", () => {
    const bed = new ApiBed();
    expect(limits(bed, "", bed.demo)).toMatchObject({
      id: bed.demo.project,
      instances: 10,
      cores: 20,
      ram: 51_200,
      floating_ips: 10,
      fixed_ips: -1,
      server_groups: 10,
      server_group_members: 10,
    });
    expect(bed.told(bed.ask("GET", `/os-quota-sets/${bed.admin.project}`))).toBe(FORBIDDEN);
    expect(bed.ask("GET", "/os-quota-sets/whoever/defaults").body).toMatchObject({
      quota_set: { id: "whoever", instances: 10 },
    });
  });

  it("is changed by administrators, who read it back without an id", () => {
    const bed = new ApiBed();
    expect(put(bed, { instances: 5 }, "", bed.demo)).toBe(
      "403 Policy doesn't allow compute_extension:quotas:update to be performed.",
    );
    const { body } = bed.ask("PUT", path(bed), { quota_set: { cores: "7" } }, bed.admin);
    expect(body).toMatchObject({ quota_set: { cores: 7, instances: 10 } });
    expect(body).not.toHaveProperty("quota_set.id");
    expect(limits(bed)).toMatchObject({ cores: 7 });
  });

  const MALFORMED =
    "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";

  it.each<[Json, string]>([
    [{ wings: 2 }, "400 Bad key(s) wings in quota_set"],
    [{ cores: "many" }, "400 Invalid input received: cores must be an integer"],
    [{ cores: 2.5 }, "400 Invalid input received: cores must be an integer"],
    [{ cores: true }, "400 Invalid input received: cores must be an integer"],
    [{ cores: [1] }, "400 Invalid input received: cores must be an integer"],
    [{ cores: -2 }, "400 Quota limit -2 for cores must be -1 or greater."],
    [
      { instances: 1 },
      "400 Quota limit 1 for instances must be greater than or equal to already used and reserved 2.",
    ],
    [
      { cores: 4_294_967_296 },
      "500 The server has either erred or is incapable of performing the requested operation.",
    ],
    [null, "400 quota_set not specified"],
    [[], "400 quota_set not specified"],
    [{ id: "x", tenant_id: "y", force: "maybe" }, "200"],
    [{ cores: null, ram: "", key_pairs: [] }, "200"],
  ])("answers %j", (quota_set, says) => {
    const bed = new ApiBed();
    bed.boot({ max_count: 2 });
    expect(put(bed, quota_set)).toBe(says);
  });

  it.each<[Json, string]>([
    [null, "400 quota_set not specified"],
    [{}, "400 quota_set not specified"],
    [["quota_set"], MALFORMED],
    // A text is what no JSON could be read from.
    ["quota_set", "400 Malformed request body"],
    [5, MALFORMED],
  ])("answers the body %j", (body, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask("PUT", path(bed), body, bed.admin))).toBe(says);
  });

  it("is written limit by limit in a dictionary's order, up to the first that is refused", () => {
    const bed = new ApiBed();
    bed.boot({ max_count: 2 });
    // Python 2.7 lists them as cores, ram, instances.
    expect(put(bed, { cores: 30, instances: 1, ram: 4096 })).toMatch(/^400 Quota limit 1/);
    expect(limits(bed)).toMatchObject({ cores: 30, ram: 4096, instances: 10 });
    // As ram, key_pairs.
    expect(put(bed, { key_pairs: 5, ram: 1 })).toMatch(/^400 Quota limit 1 for ram/);
    expect(limits(bed)).toMatchObject({ ram: 4096, key_pairs: 100 });
    // All are checked for being integers before that, and told before keys that there are not.
    expect(put(bed, { wings: 1, ram: 1024, cores: "x" })).toMatch(/cores must be an integer$/);
    expect(put(bed, { wings: 1, ram: 1024, tails: 2 })).toBe(
      "400 Bad key(s) tails,wings in quota_set",
    );
    expect(limits(bed)).toMatchObject({ ram: 4096 });
  });

  it("goes below what is used, and below -1, if it is forced; False is 0", () => {
    const bed = new ApiBed();
    bed.boot({ max_count: 2 });
    expect(put(bed, { instances: 1, force: "Yes" })).toBe("200");
    expect(put(bed, { cores: -7, ram: false, force: true })).toBe("200");
    expect(limits(bed)).toMatchObject({ instances: 1, cores: -7, ram: 0 });
    expect(bed.told(bed.boot())).toMatch(/^403 Quota exceeded for /);
  });
});

describe("a user's quota set (user_quotas.py)", () => {
  const user = (bed: ApiBed): string => `?user_id=${bed.demo.user}`;

  it("is the project's where it says nothing", () => {
    const bed = new ApiBed();
    put(bed, { instances: 8 });
    expect(limits(bed, user(bed))).toMatchObject({ id: bed.demo.project, instances: 8 });
    expect(put(bed, { instances: 3 }, user(bed))).toBe("200");
    expect(limits(bed, user(bed))).toMatchObject({ instances: 3, cores: 20 });
    expect(limits(bed)).toMatchObject({ instances: 8 });
    expect(limits(bed, "?user_id=")).toMatchObject({ instances: 8 });
  });

  it("is at least what the user has and at most what is left of the project's", () => {
    const bed = new ApiBed();
    bed.boot({ max_count: 2 });
    expect(put(bed, { instances: 1 }, user(bed))).toBe(
      "400 Quota limit 1 for instances must be greater than or equal to already used and reserved 2.",
    );
    expect(put(bed, { instances: -1 }, user(bed))).toBe(
      "400 Quota limit -1 for instances must be greater than or equal to already used and reserved 2.",
    );
    expect(put(bed, { instances: 6 }, "?user_id=bob")).toBe("200");
    expect(put(bed, { instances: 5 }, user(bed))).toBe(
      "400 Quota limit 5 for instances must be less than or equal to 4.",
    );
    expect(put(bed, { instances: 4 }, user(bed))).toBe("200");
    // What users were given is no longer the project's to lose.
    expect(put(bed, { instances: 9 })).toBe(
      "400 Quota limit 9 for instances must be greater than or equal to already used and reserved 10.",
    );
    expect(put(bed, { cores: 5000 }, user(bed))).toBe(
      "400 Quota limit 5000 for cores must be less than or equal to 20.",
    );
  });

  it("holds for boots, and is the project's for addresses", () => {
    const bed = new ApiBed();
    put(bed, { instances: 1, fixed_ips: 7 }, user(bed));
    expect(bed.boot().status).toBe(202);
    expect(bed.told(bed.boot())).toBe(
      "403 Quota exceeded for instances: Requested 1, but already used 1 of 1 instances",
    );
    expect(limits(bed)).toMatchObject({ fixed_ips: 7 });
  });

  it("holds for limits that are checked only", () => {
    const bed = new ApiBed();
    put(bed, { metadata_items: 1 }, user(bed));
    expect(bed.boot({ metadata: { a: "1", b: "2" } }).status).toBe(403);
  });
});

describe("deleting a quota set: quota_destroy_all_by_project", () => {
  it("takes limits, usages and reservations, which are counted anew with the next boot", () => {
    const bed = new ApiBed();
    bed.boot({ max_count: 2 });
    put(bed, { instances: 2 });
    put(bed, { instances: 2 }, `?user_id=${bed.demo.user}`);
    expect(bed.told(bed.boot())).toMatch(/^403 Quota exceeded/);
    expect(bed.ask("DELETE", path(bed), undefined, bed.admin).status).toBe(202);
    expect(bed.db.quota_usages.find({ project_id: bed.demo.project })).toEqual([]);
    expect(bed.boot().status).toBe(202);
    const [instances] = bed.db.quota_usages.find({ resource: "instances" });
    expect(instances).toMatchObject({ in_use: 3, reserved: 0 });
  });

  it("of a user leaves the project's", () => {
    const bed = new ApiBed();
    const user = `?user_id=${bed.demo.user}`;
    put(bed, { instances: 6 });
    put(bed, { instances: 2 }, user);
    bed.ask("DELETE", path(bed, user), undefined, bed.admin);
    expect(limits(bed, user)).toMatchObject({ instances: 6 });
  });

  it("is for administrators", () => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask("DELETE", path(bed)))).toBe(
      "403 Policy doesn't allow compute_extension:quotas:delete to be performed.",
    );
  });
});
