/** contrib/quota_classes.py, nova/quota.py (get_defaults, get_class_quotas) and nova/context.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../../../src/python/index.js";
import { ApiBed } from "../bed.js";

const at = (name: string): string => `/os-quota-class-sets/${name}`;

const put = (bed: ApiBed, name: string, quota_class_set: Json, as = bed.admin): string =>
  bed.told(bed.ask("PUT", at(name), { quota_class_set }, as));

const FORBIDDEN = "403 Access was denied to this resource.";

describe("a quota class", () => {
  it("is shown to administrators alone, whether anybody has made it or not", () => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask("GET", at("gold")))).toBe(FORBIDDEN);
    const { body } = bed.ask("GET", at("gold"), undefined, bed.admin);
    expect(body).toMatchObject({
      quota_class_set: { id: "gold", instances: 10, server_groups: 10 },
    });
  });

  it("does nothing to anybody, unless it is `default`", () => {
    const bed = new ApiBed();
    const { body } = bed.ask("PUT", at("gold"), { quota_class_set: { instances: "3" } }, bed.admin);
    expect(body).toMatchObject({ quota_class_set: { instances: 3, cores: 20 } });
    expect(body).not.toHaveProperty("quota_class_set.id");
    const own = `/os-quota-sets/${bed.demo.project}`;
    expect(bed.ask("GET", own).body).toMatchObject({ quota_set: { instances: 10 } });
    put(bed, "default", { instances: 4 });
    put(bed, "default", { instances: 5 });
    expect(bed.ask("GET", own).body).toMatchObject({ quota_set: { instances: 5 } });
    expect(bed.ask("GET", `${own}/defaults`).body).toMatchObject({ quota_set: { instances: 5 } });
    // Another class falls back upon the flags, not upon `default`.
    const silver = bed.ask("GET", at("silver"), undefined, bed.admin).body;
    expect(silver).toMatchObject({ quota_class_set: { instances: 10 } });
  });

  it("refuses who is no administrator at the first limit, and so not one who sets none", () => {
    const bed = new ApiBed();
    expect(put(bed, "default", { instances: 1 }, bed.demo)).toBe(FORBIDDEN);
    expect(put(bed, "default", { wings: 1 }, bed.demo)).toBe("400 Bad key(s) wings in quota_set");
    expect(bed.ask("PUT", at("x"), { quota_class_set: {} }, bed.demo).status).toBe(200);
  });

  it.each<[Json, string]>([
    [{ tenant_id: "t" }, "400 Bad key(s) tenant_id in quota_set"],
    [{ cores: null }, "400 Invalid input received: cores must be an integer"],
    [{ cores: true }, "400 Invalid input received: cores must be an integer"],
    [[], "400 quota_class_set not specified"],
  ])("answers %j with %s", (limits, told) => {
    expect(put(new ApiBed(), "default", limits)).toBe(told);
  });

  it("has room for any number but those that no column has", () => {
    const bed = new ApiBed();
    expect(put(bed, "default", { cores: -7 })).toBe("200");
    expect(put(bed, "default", { cores: 2 ** 40 })).toMatch(/^500 /u);
    const shown = bed.ask("GET", at("default"), undefined, bed.admin).body;
    expect(shown).toMatchObject({ quota_class_set: { cores: -7 } });
  });
});
