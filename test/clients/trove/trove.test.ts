/** The tables and errors of `trove`. Upstream: python-troveclient 1.0.7, troveclient/v1/shell.py. */
import { describe, expect, it } from "vitest";
import { CinderBed } from "../cinder/bed.js";

const bed = new CinderBed({ services: ["cinder", "swift", "trove"] });
const made = bed.properties("trove create shop 1 --size 1 --databases orders --users joe:pw");
const id = made["id"] ?? "";
bed.cloud.advance("130s");

describe("trove", () => {
  it("prints what it has made, without links", () => {
    expect(Object.keys(made)).toEqual([
      ...["created", "datastore", "datastore_version", "flavor", "id", "name"],
      ...["status", "updated", "volume"],
    ]);
    expect(made).toMatchObject({ name: "shop", status: "BUILD", flavor: "1", volume: "1" });
  });

  it("lists and shows instances, by id or by name", () => {
    expect(bed.cells("trove list")).toEqual([
      ["ID", "Name", "Datastore", "Datastore Version", "Status", "Flavor ID", "Size"],
      [id, "shop", "mysql", "5.5", "ACTIVE", "1", "1"],
    ]);
    // By name it is found in the list, which tells less.
    expect(bed.properties(`trove show ${id}`)).toHaveProperty("volume_used");
    expect(bed.properties("trove show shop")).toEqual({
      ...{ datastore: "mysql", datastore_version: "5.5", flavor: "1", id, ip: "192.168.1.3" },
      ...{ name: "shop", status: "ACTIVE", volume: "1" },
    });
    expect(bed.failure("trove show none").stderr).toBe(
      "ERROR: No instance with a name or ID of 'none' exists.\n",
    );
  });

  it("manages databases and users", () => {
    bed.silent(`trove database-create ${id} stock --character_set latin2`);
    expect(bed.cells(`trove database-list ${id}`)).toEqual([["Name"], ["orders"], ["stock"]]);
    bed.silent(`trove user-create ${id} ann pw --databases orders stock --host 10.0.0.1`);
    expect(bed.cells(`trove user-list ${id}`)).toEqual([
      ["Name", "Host", "Databases"],
      ["ann", "10.0.0.1", "orders, stock"],
      ["joe", "%", "orders"],
    ]);
    bed.silent(`trove user-revoke-access ${id} ann stock --host 10.0.0.1`);
    expect(bed.cells(`trove user-show-access ${id} ann --host 10.0.0.1`)).toEqual([
      ["Name"],
      ["orders"],
    ]);
    bed.silent(`trove user-delete ${id} ann --host 10.0.0.1`);
    bed.silent(`trove database-delete ${id} stock`);
    expect(bed.properties(`trove root-show ${id}`)).toEqual({ is_root_enabled: "False" });
    expect(Object.keys(bed.properties(`trove root-enable ${id}`))).toEqual(["name", "password"]);
  });

  it("shows what there is to choose from, and limits", () => {
    expect(bed.cells("trove datastore-list")[0]).toEqual(["ID", "Name"]);
    expect(bed.cells("trove datastore-version-list mysql").map(([, name]) => name)).toEqual(
      expect.arrayContaining(["Name", "5.5", "5.6"]),
    );
    expect(bed.cells("trove flavor-list")[0]).toEqual(["ID", "Name", "RAM"]);
    expect(bed.cells("trove limit-list")).toContainEqual(["max_instances", "5"]);
    expect(bed.cells("trove secgroup-list")[1]?.[2]).toBe(id);
  });

  it("wants at least one word where it takes some, and says what the service says", () => {
    const { stderr, exit } = bed.run(`trove user-create ${id} ann pw --databases`);
    expect(exit).toBe(2);
    expect(stderr).toContain("argument --databases: expected at least one argument");
    expect(bed.failure(`trove resize-volume ${id} 1`).stderr).toContain("(HTTP 400)");
    expect(bed.failure("trove delete none").stderr).toBe(
      "ERROR: Resource none cannot be found. (HTTP 404)\n",
    );
  });
});
