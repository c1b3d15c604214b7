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

  /** A boot into a group, and what is answered. */
  const join = (bed: ApiBed, group: string, server: JsonObject = {}, as = bed.demo) =>
    bed.boot(server, as, { "os:scheduler_hints": { group } });
  const members = (bed: ApiBed): number => bed.db.instance_groups.find()[0]?.members.length ?? -1;

  // nova/compute/api.py:979-1019 (_get_requested_instance_group) at 2014.2.
  it("is joined by its id whose ever it is, and by its name within a project", () => {
    const bed = new ApiBed();
    const id = idOf(make(bed, GROUP, bed.admin));
    expect(join(bed, id).status).toBe(202);
    expect(members(bed)).toBe(1);
    expect(join(bed, "test").status).toBe(202);
    expect(bed.db.instance_groups.find().map(({ policies }) => policies)).toEqual([
      ["anti-affinity"],
      ["legacy"],
    ]);
  });

  it("is made of a name that nobody knows, and counts: the quota is reserved and taken", () => {
    const bed = new ApiBed({ quota_server_groups: 1 });
    const usage = () => bed.db.quota_usages.first({ resource: "server_groups" });
    expect(join(bed, "new").status).toBe(202);
    expect(usage()).toMatchObject({ in_use: 1, reserved: 0 });
    expect(bed.told(join(bed, "another"))).toBe("403 Quota exceeded, too many server groups.");
    expect(bed.told(make(bed))).toBe("403 Quota exceeded, too many server groups.");
    const { uuid } = bed.db.instance_groups.find()[0]!;
    expect(bed.ask("DELETE", `/os-server-groups/${uuid}`).status).toBe(204);
    expect(usage()).toMatchObject({ in_use: 0, reserved: 0 });
  });

  // nova/compute/api.py:879-896: the group is not read again, so that they do not count each other.
  it("has as many members as are booted at once, and its quota counts those of before that are there", () => {
    const bed = new ApiBed({ quota_server_group_members: 2 });
    const id = idOf(make(bed));
    expect(join(bed, id, { min_count: 4, max_count: 4 }).status).toBe(202);
    expect(members(bed)).toBe(4);
    const over = "403 Quota exceeded, too many servers in group";
    expect(bed.told(join(bed, id))).toBe(over);
    const [first, second, third] = bed.db.instances.find().map(({ uuid }) => uuid);
    for (const uuid of [first, second]) bed.db.instances.softDelete(uuid!);
    expect(bed.told(join(bed, id))).toBe(over);
    bed.db.instances.softDelete(third!);
    expect(join(bed, id).status).toBe(202);
    expect(members(bed)).toBe(5);
  });

  it("test_create_server_group_quota_limit: counted for who made it, given back to them", () => {
    const bed = new ApiBed({ quota_server_groups: 1 });
    const id = idOf(make(bed));
    expect(bed.told(make(bed))).toBe("403 Quota exceeded, too many server groups.");
    bed.ask("DELETE", `/os-server-groups/${id}`, undefined, bed.admin);
    expect(make(bed).status).toBe(200);
  });
});
