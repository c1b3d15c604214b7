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

describe("trove, of groups and backups", () => {
  it("makes, changes, attaches and deletes configuration groups", () => {
    const values = `'{"max_connections": 200}'`;
    const conf = bed.properties(`trove configuration-create conf ${values} --datastore mysql`);
    expect(Object.keys(conf)).toEqual([
      ...["created", "datastore_name", "datastore_version_id", "datastore_version_name"],
      ...["description", "id", "instance_count", "name", "updated", "values"],
    ]);
    const group = conf["id"] ?? "";
    expect(bed.cells("trove configuration-list")).toEqual([
      ["ID", "Name", "Description", "Datastore Name", "Datastore Version Name"],
      [group, "conf", "None", "mysql", "5.5"],
    ]);
    expect(
      bed.failure(`trove configuration-patch ${group} '{"max_connections": "x"}'`).stderr,
    ).toBe(
      "ERROR: The value provided for the configuration parameter max_connections is not of type " +
        "integer. (HTTP 422)\n",
    );
    bed.silent(`trove configuration-patch ${group} '{"max_connections": 100}'`);
    bed.silent(`trove configuration-attach ${id} ${group}`);
    expect(bed.cells(`trove configuration-instances ${group}`)).toEqual([
      ["ID", "Name"],
      [id, "shop"],
    ]);
    expect(bed.failure(`trove configuration-delete ${group}`).stderr).toContain("(HTTP 400)");
    bed.silent(`trove configuration-detach ${id}`);
    bed.silent(`trove restart ${id}`);
    bed.cloud.advance("20s");
    bed.silent(`trove configuration-delete ${group}`);
    expect(bed.properties(`trove configuration-default ${id}`)).toHaveProperty("max_connections");
    const parameters = bed.cells("trove configuration-parameter-list 5.5 --datastore mysql");
    expect(parameters[0]).toEqual(["Name", "Type", "Min Size", "Max Size", "Restart Required"]);
  });

  it("makes, lists and deletes backups", () => {
    const backup = bed.properties(`trove backup-create ${id} first --description d`);
    expect(backup).toMatchObject({ name: "first", status: "NEW", instance_id: id });
    bed.cloud.advance("40s");
    const [heading, row] = bed.cells("trove backup-list");
    expect(heading).toEqual(["ID", "Instance ID", "Name", "Status", "Parent ID", "Updated"]);
    expect(row?.slice(0, 5)).toEqual([backup["id"], id, "first", "COMPLETED", "None"]);
    expect(bed.cells(`trove backup-list-instance ${id}`)[0]).toEqual([
      ...["ID", "Name", "Status", "Parent ID", "Updated"],
    ]);
    expect(bed.failure(`trove backup-copy second ${backup["id"] ?? ""}`).stderr).toContain(
      "Validation error: backup 'instance' is a required property",
    );
    bed.silent(`trove backup-delete ${backup["id"] ?? ""}`);
    expect(bed.failure(`trove backup-show ${backup["id"] ?? ""}`).stderr).toContain(
      "No backup with",
    );
  });

  it("opens groups, and tells of their rules", () => {
    const [, [group = ""] = []] = bed.cells("trove secgroup-list");
    bed.done(`trove secgroup-add-rule ${group} 10.0.0.0/8`);
    const rules = bed.cells(`trove secgroup-list-rules ${group}`);
    expect(rules[0]).toEqual(["ID", "Protocol", "From Port", "To Port", "CIDr"]);
    expect(rules.slice(1).map(([, ...rest]) => rest)).toContainEqual([
      ...["tcp", "3306", "3306", "10.0.0.0/8"],
    ]);
    expect(bed.failure(`trove secgroup-add-rule none 10.0.0.0/8`).stderr).toContain("(HTTP 404)");
  });

  it("asks for metadata, which there is none of in Juno", () => {
    for (const command of ["list", "show", "create", "edit", "update", "delete"]) {
      const words = {
        list: "",
        show: "a",
        create: "a 1",
        edit: "a 1",
        update: "a b 1",
        delete: "a",
      };
      const more = words[command as keyof typeof words];
      expect(bed.failure(`trove metadata-${command} ${id} ${more}`).stderr).toBe(
        "ERROR: The resource could not be found. (HTTP 404)\n",
      );
    }
  });

  it("asks for clusters, and cannot show one", () => {
    expect(bed.cells("trove cluster-list")).toEqual([
      ["ID", "Name", "Datastore", "Datastore Version", "Task Name"],
    ]);
    const node = "--instance flavor_id=1,volume=1";
    expect(bed.failure(`trove cluster-create c mysql 5.5 ${node}`).stderr).toBe(
      "ERROR: Clusters not supported for mysql-5.5. (HTTP 501)\n",
    );
    expect(bed.failure("trove cluster-create c mysql 5.5 --instance volume=1").stderr).toBe(
      "ERROR: flavor_id is required. Instance arguments must be of the form --instance " +
        "<flavor_id=flavor_id,volume=volume>.\n",
    );
    expect(bed.failure("trove cluster-show none").stderr).toBe(
      "ERROR: No cluster with a name or ID of 'none' exists.\n",
    );
  });
});
