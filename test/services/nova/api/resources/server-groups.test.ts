/** contrib/server_groups.py at 2014.2, with its tests' names (nova/tests/api/openstack/compute/contrib/test_server_groups.py). */
import { describe, expect, it, test } from "vitest";
import type { Json, JsonObject } from "../../../../../src/python/index.js";
import { ApiBed } from "../bed.js";

const GROUP = { name: "test", policies: ["anti-affinity"] };

const make = (bed: ApiBed, group: Json = GROUP, as = bed.demo) =>
  bed.ask("POST", "/os-server-groups", { server_group: group }, as);
const idOf = ({ body }: { readonly body: unknown }): string =>
  (body as { server_group: { id: string } }).server_group.id;
const list = (bed: ApiBed, query = "", as = bed.demo): JsonObject[] =>
  (
    bed.ask("GET", `/os-server-groups${query}`, undefined, as).body as {
      server_groups: JsonObject[];
    }
  ).server_groups;

describe("os-server-groups", () => {
  it("test_create_server_group_normal, test_display_members: its live servers, newest first", () => {
    const bed = new ApiBed();
    const made = make(bed);
    const id = idOf(made);
    const view = { id, ...GROUP, metadata: {}, members: [] };
    expect(made).toMatchObject({ status: 200, body: { server_group: view } });
    const boot = (): string => {
      const beside = { "os:scheduler_hints": { group: id } };
      return (bed.boot({}, bed.demo, beside).body as { server: { id: string } }).server.id;
    };
    const [first, second, third] = [boot(), boot(), boot()];
    bed.db.instances.softDelete(second);
    expect(bed.ask("GET", `/os-server-groups/${id}`).body).toEqual({
      server_group: { ...view, members: [third, first] },
    });
  });

  it.each<[string, Json, string]>([
    ["the body is invalid", null, "the body is invalid."],
    ["no name", { policies: ["affinity"] }, "'name' is either missing or empty."],
    ["no policies", { name: "a" }, "'policies' is either missing or empty."],
    ["policies are no list", { name: "a", policies: "affinity" }, "'affinity' is not a list"],
    [
      "test_create_server_group_with_illegal_name",
      { ...GROUP, name: " a" },
      "Invalid format for name: ' a'",
    ],
    [
      "test_create_server_group_with_illegal_policies",
      { name: "a", policies: ["storage-affinity", "legacy"] },
      "Invalid policies: storage-affinity, legacy",
    ],
    [
      "test_create_server_group_conflicting_policies",
      { name: "a", policies: ["anti-affinity", "affinity"] },
      "Conflicting policies configured!",
    ],
    [
      "test_create_server_group_with_duplicate_policies",
      { name: "a", policies: ["affinity", "affinity"] },
      "Duplicate policies configured!",
    ],
    ["another key", { ...GROUP, members: [] }, "unsupported fields: [u'members']"],
  ])("%s", (_what, group, reason) => {
    const bed = new ApiBed();
    expect(bed.told(make(bed, group))).toBe(`400 Invalid input received: ${reason}`);
  });

  test("a name that is no text or too long is refused without those words", () => {
    const bed = new ApiBed();
    expect(bed.told(make(bed, { ...GROUP, name: "x".repeat(256) }))).toBe(
      "400 name has more than 255 characters.",
    );
    expect(bed.told(make(bed, { ...GROUP, name: 1 }))).toBe("400 name is not a string or unicode");
  });

  it("belongs to a project, and an administrator lists all; by its id it is anybody's", () => {
    const bed = new ApiBed();
    const id = idOf(make(bed));
    expect(list(bed, "", bed.admin)).toEqual([]);
    expect(list(bed, "?all_projects", bed.admin).map((group) => group["id"])).toEqual([id]);
    expect(list(bed, "?all_projects=1&limit=1")).toHaveLength(1);
    expect(bed.ask("DELETE", `/os-server-groups/${id}`, undefined, bed.admin).status).toBe(204);
    expect(list(bed)).toEqual([]);
    expect(bed.told(bed.ask("GET", `/os-server-groups/${id}`))).toBe(
      `404 Instance group ${id} could not be found.`,
    );
  });

  it("test_create_server_group_quota_limit: counted for who made it, given back to them", () => {
    const bed = new ApiBed({ quota_server_groups: 1 });
    const id = idOf(make(bed));
    expect(bed.told(make(bed))).toBe("403 Quota exceeded, too many server groups.");
    bed.ask("DELETE", `/os-server-groups/${id}`, undefined, bed.admin);
    expect(make(bed).status).toBe(200);
  });
});
