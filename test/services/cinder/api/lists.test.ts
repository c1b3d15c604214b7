/**
 * Laws of lists of volumes and snapshots: cinder/api/v2/volumes.py, cinder/api/v1/volumes.py,
 * cinder/volume/api.py (get_all), cinder/common/sqlalchemyutils.py (paginate_query) at 2014.2.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { str, type JsonObject } from "../../../../src/python/index.js";
import { VolumeBed, type Asker } from "../bed.js";

let bed: VolumeBed;
/** Four volumes of demo's, oldest first: a, b, c, d; the last of another size. */
let ids: string[];

beforeAll(() => {
  bed = new VolumeBed();
  ids = ["a", "b", "c", "d"].map((name, at) =>
    bed.made({ name, display_name: name, size: at === 3 ? 5 : 1, metadata: { at: String(at) } }),
  );
  bed.made({ name: "theirs" }, { as: "other" });
});

const page = (query = "", asker: Asker = {}, path = "/volumes/detail") => {
  const { body } = bed.cinder("GET", `${path}${query}`, undefined, asker);
  return body as unknown as { volumes: JsonObject[]; volumes_links?: JsonObject[] };
};

/** The names of what is listed. */
const names = (query = "", asker: Asker = {}): string =>
  page(query, asker)
    .volumes.map((volume) => str(volume["name"] ?? volume["display_name"] ?? null))
    .join("");

const refused = (query: string, asker: Asker = {}, path = "/volumes") =>
  bed.refusal("GET", `${path}${query}`, undefined, asker);

describe("a list of volumes", () => {
  it("has the newest first, and nobody else's", () => {
    expect(names()).toBe("dcba");
    expect(names("", { version: "v1" })).toBe("dcba");
  });

  it("is brief in v2 unless it is detailed, and never in v1", () => {
    expect(Object.keys(page("", {}, "/volumes").volumes[0] ?? {}).sort()).toEqual([
      "id",
      "links",
      "name",
    ]);
    expect(page("", { version: "v1" }, "/volumes").volumes[0]).toHaveProperty("display_name");
  });

  it.each([
    ["?sort_key=size&sort_dir=asc", "abcd"],
    ["?sort_key=size", "dcba"],
    ["?sort_key=display_name&sort_dir=asc", "abcd"],
    ["?sort_key=created_at&sort_dir=asc", "abcd"],
    ["?sort_dir=asc", "abcd"],
    ["?limit=2", "dc"],
    ["?limit=0", ""],
    // The offset comes after the limit.
    ["?limit=2&offset=1", "c"],
    ["?offset=3", "a"],
    ["?limit=9999", "dcba"],
  ])("%s has %s", (query, expected) => {
    expect(names(query)).toBe(expected);
  });

  it("goes on behind a marker, and names the next page even where there is none (LP 1350558)", () => {
    const { volumes, volumes_links } = page("?limit=2");
    const last = str(volumes[1]?.["id"] ?? null);
    const tenant = bed.project("demo");
    expect(volumes_links).toEqual([
      {
        rel: "next",
        href: `http://controller:8776/v2/${tenant}/volumes/detail?limit=2&marker=${last}`,
      },
    ]);
    const next = page(`?limit=2&marker=${last}`);
    expect(next.volumes.map(({ name }) => name)).toEqual(["b", "a"]);
    expect(next.volumes_links).toHaveLength(1);
    expect(page("?limit=3").volumes_links).toHaveLength(1);
    expect(page("?limit=5").volumes_links).toBeUndefined();
  });

  it.each([
    ["?limit=abc", 400, "Invalid input received: limit param must be an integer"],
    ["?limit=-1", 400, "Invalid input received: limit param must be positive"],
    ["?limit=1e3", 400, "Invalid input received: limit param must be an integer"],
    ["?offset=-1", 400, "offset param must be positive"],
    ["?offset=abc", 400, "offset param must be an integer"],
    ["?sort_key=colour", 400, "Invalid input received: Invalid sort key"],
    ["?sort_key=__proto__", 400, "Invalid input received: Invalid sort key"],
    ["?sort_key=constructor", 400, "Invalid input received: Invalid sort key"],
    ["?marker=nowhere", 404, "VolumeNotFound: Volume nowhere could not be found."],
  ])("%s is a %i: %s", (query, status, message) => {
    const [code, , said] = refused(query);
    expect([code, said]).toEqual([status, message]);
  });

  it.each(["?sort_dir=up", "?sort_key=name"])("%s is a 500", (query) => {
    expect(refused(query)[0]).toBe(500);
  });

  it("in v1 knows no marker, no order, and that a limit of 0 is none", () => {
    const v1 = { version: "v1" } as const;
    expect(names("?limit=0", v1)).toBe("dcba");
    expect(names("?limit=2&offset=1", v1)).toBe("cb");
    expect(names("?sort_dir=asc&marker=nowhere", v1)).toBe("dcba");
    expect(page("?limit=2", v1).volumes_links).toBeUndefined();
    expect(refused("?limit=-1", v1)[2]).toBe("limit param must be positive");
    expect(refused("?limit=x", v1)[2]).toBe("limit param must be an integer");
  });

  it.each([
    ["?name=b", "b"],
    ["?name=B", "b"],
    ["?status=available", "dcba"],
    ["?status=error", ""],
    ["?metadata={'at':'2'}", "c"],
    ["?metadata={}", "dcba"],
    // For others than administrators these are not there at all.
    ["?size=5", "dcba"],
    ["?colour=red", "dcba"],
    ["?all_tenants=1", "dcba"],
    ["?all_tenants=0", "dcba"],
    ["?display_name=b", "dcba"],
    ["?__proto__=1", "dcba"],
  ])("%s filters down to '%s'", (query, expected) => {
    expect(names(query)).toBe(expected);
  });

  it("of an administrator is filtered by any column, and empty by what is none", () => {
    const admin = { as: "admin" } as const;
    expect(names("", admin)).toBe("");
    expect(names("?all_tenants=1", admin)).toBe("theirsdcba");
    expect(names("?all_tenants=TRUE", admin)).toBe("theirsdcba");
    expect(names("?all_tenants=1&size=5", admin)).toBe("d");
    expect(names("?all_tenants=1&bootable=0&size=5", admin)).toBe("d");
    expect(names("?all_tenants=1&colour=red", admin)).toBe("");
    expect(names(`?all_tenants=1&project_id=${bed.project("other")}`, admin)).toBe("theirs");
    // It stays among the filters, and is no column.
    expect(names("?all_tenants=0", admin)).toBe("");
    expect(refused("?all_tenants=2", admin)[2]).toBe(
      "Invalid input received: all_tenants param must be 0 or 1",
    );
  });

  it("does not take malformed metadata for a filter that fits nothing: it is a 500", () => {
    expect(refused("?metadata={")[0]).toBe(500);
    expect(refused("?metadata=import os")[0]).toBe(500);
  });
});

describe("a list of snapshots", () => {
  it("is filtered by exact texts and paged without links", () => {
    const [first = "", second = ""] = ids;
    const s = bed.snapped(first, { name: "s" });
    const t = bed.snapped(second, { name: "t" });
    const list = (query: string, asker: Asker = {}) => {
      const { body } = bed.cinder("GET", `/snapshots${query}`, undefined, asker);
      return (body as unknown as { snapshots: JsonObject[] }).snapshots.map(({ id }) => id);
    };
    // In the order of the table, which is that of ids.
    expect(list("")).toEqual([s, t].sort());
    expect(list("?name=s")).toEqual([s]);
    expect(list("?name=S")).toEqual([]);
    expect(list(`?volume_id=${second}`)).toEqual([t]);
    expect(list("?status=error")).toEqual([]);
    expect(list("?limit=1&offset=1")).toEqual([[s, t].sort()[1]]);
    expect(list("?limit=0")).toHaveLength(2);
    expect(list("", { as: "other" })).toEqual([]);
    expect(list("?all_tenants=0", { as: "admin" })).toHaveLength(2);
    expect(list("?size=1")).toHaveLength(2);
    expect(list("?all_tenants=1&volume_size=1", { as: "admin" })).toEqual([]);
    expect(refused("?limit=x", {}, "/snapshots")[2]).toBe("limit param must be an integer");
    expect(refused("?offset=-1", {}, "/snapshots")[2]).toBe("offset param must be positive");
  });
});
