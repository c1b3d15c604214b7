/**
 * The program `cinder`, version 2: where it is otherwise than version 1. Upstream: python-cinderclient
 * 1.1.1, v2/shell.py, v2/volumes.py, shell.py (main).
 */
import { describe, expect, it } from "vitest";
import { readCommand } from "../../../src/clients/index.js";
import { CinderBed } from "./bed.js";

const bed = new CinderBed();
const cinder = (line: string): string => `cinder --os-volume-api-version 2 ${line}`;
const LOOK = "GET /volumes/detail?all_tenants=1";

describe("cinder of version 2 and volumes", () => {
  it("asks the service volumev2, shows a new volume as it is read back, and no links", () => {
    const shown = bed.properties(
      cinder("create 1 --name v1 --description d --metadata a=b --hint x=1 --hint x=2 --hint y=3"),
    );
    const id = shown["id"] ?? "";
    expect(bed.requests.slice(2)).toEqual(["POST /volumes", `GET /volumes/${id}`]);
    expect(bed.bodies.at(-1)).toEqual({
      volume: {
        size: 1,
        snapshot_id: null,
        name: "v1",
        description: "d",
        volume_type: null,
        user_id: null,
        project_id: null,
        availability_zone: null,
        status: "creating",
        attach_status: "detached",
        metadata: { a: "b" },
        imageRef: null,
        source_volid: null,
        source_replica: null,
        consistencygroup_id: null,
      },
      "OS-SCH-HNT:scheduler_hints": { x: ["1", "2"], y: "3" },
    });
    expect(Object.keys(shown)).toEqual([
      ...["attachments", "availability_zone", "bootable", "consistencygroup_id", "created_at"],
      ...["description", "encrypted", "id", "metadata", "name", "os-vol-host-attr:host"],
      ...["os-vol-mig-status-attr:migstat", "os-vol-mig-status-attr:name_id"],
      ...["os-vol-tenant-attr:tenant_id", "os-volume-replication:driver_data"],
      ...["os-volume-replication:extended_status", "replication_status", "size", "snapshot_id"],
      ...["source_volid", "status", "user_id", "volume_type"],
    ]);
  });

  it("pages and sorts lists, and looks at the keys itself", () => {
    expect(bed.cells(cinder("list --limit 1 --sort_key size --sort_dir asc"))[0]).toEqual([
      ...["ID", "Status", "Name", "Size", "Volume Type", "Bootable", "Attached to"],
    ]);
    expect(bed.asked()).toEqual(["GET /volumes/detail?limit=1&sort_dir=asc&sort_key=size"]);
    bed.lines(cinder("list --display-name v1 --name v2 --all-tenants"));
    expect(bed.asked()).toEqual(["GET /volumes/detail?all_tenants=1&name=v1"]);
    expect(bed.failure(cinder("list --sort_key host")).stderr).toBe(
      "ERROR: sort_key must be one of the following: id, status, size, availability_zone, name, bootable, created_at.\n",
    );
    expect(bed.failure(cinder("list --sort_dir up")).stderr).toBe(
      "ERROR: sort_dir must be one of the following: asc, desc.\n",
    );
    expect(bed.asked()).toEqual([]);
  });

  it("finds a name at the second look", () => {
    bed.lines(cinder("show v1"));
    expect(bed.asked()).toEqual([LOOK, LOOK]);
    expect(bed.failure(cinder("show v9")).stderr).toBe(
      "ERROR: No volume with a name or ID of 'v9' exists.\n",
    );
    expect(bed.asked()).toEqual([LOOK, LOOK, LOOK, LOOK]);
  });

  it("renames by the short names, and of two descriptions takes that of old", () => {
    bed.silent(cinder("rename v1 v2 --description a --display-description b"));
    expect(bed.bodies.at(-1)).toEqual({ volume: { name: "v2", description: "b" } });
    expect(bed.failure(cinder("rename v2")).stderr).toBe(
      "ERROR: Must supply either name or description. (HTTP 1)\n",
    );
  });

  it("leaves out an article where it deletes none", () => {
    expect(bed.failure(cinder("delete v9")).stderr).toBe(
      "ERROR: Unable to delete any of specified volumes.\n",
    );
    expect(bed.failure(cinder("force-delete v9")).stderr).toBe(
      "ERROR: Unable to force delete any of specified volumes.\n",
    );
  });
});

describe("cinder of version 2 and snapshots", () => {
  it("makes, lists and renames one", () => {
    expect(bed.properties(cinder("snapshot-create v2 --name s1 --description d"))).toMatchObject({
      name: "s1",
      description: "d",
    });
    expect(bed.bodies.at(-1)).toMatchObject({ snapshot: { name: "s1", description: "d" } });
    expect(bed.cells(cinder("snapshot-list --name s1"))[0]).toEqual([
      ...["ID", "Volume ID", "Status", "Name", "Size"],
    ]);
    // Which the API of this version takes for no filter, unless an administrator asks.
    expect(bed.asked()).toEqual(["GET /snapshots/detail?display_name=s1"]);
    bed.silent(cinder("snapshot-rename s1 s2 --description a --display-description b"));
    expect(bed.bodies.at(-1)).toEqual({ snapshot: { name: "s2", description: "a" } });
    expect(bed.failure(cinder("snapshot-reset-state x y")).stderr).toBe(
      "ERROR: Unable to reset the state for any of the specified snapshots.\n",
    );
  });

  it("sets, shows, unsets and replaces metadata", () => {
    expect(bed.cells(cinder("snapshot-metadata s2 set a=b c=d"))).toEqual([
      ["Property", "Value"],
      ["a", "b"],
      ["c", "d"],
    ]);
    bed.silent(cinder("snapshot-metadata s2 unset a"));
    expect(bed.cells("cinder snapshot-metadata-show s2")).toEqual([
      ["Metadata-property", "Value"],
      ["c", "d"],
    ]);
    const all = [
      ["Property", "Value"],
      ["metadata", "{u'e': u'f'}"],
    ];
    expect(bed.cells(cinder("snapshot-metadata-update-all s2 e=f"))).toEqual(all);
    expect(bed.cells("cinder metadata-update-all v2 e=f")).toEqual(all);
    expect(bed.bodies.at(-1)).toEqual({ metadata: { e: "f" } });
  });
});

describe("a line of version 2", () => {
  const wrong = (line: string): string | undefined => {
    const reading = readCommand(cinder(line));
    return reading.ok ? undefined : reading.result.stderr;
  };

  it.each([
    ["create", true],
    // 0 is no size.
    ["create 0", true],
    ["create --image-id x", true],
    ["create --snapshot-id x", false],
    ["create --source-volid x 0", false],
    ["create --source-replica ''", false],
  ])("%s has no size: %s", (line, refused) => {
    const said =
      "error: Size is a required parameter if snapshot or source volume is not specified.";
    expect(wrong(line)?.includes(said) ?? false).toBe(refused);
  });

  it("is meant by the environment as well", () => {
    bed.mark();
    bed.lines("OS_VOLUME_API_VERSION=2 cinder list");
    expect(bed.requests.at(-1)).toBe("GET /volumes/detail");
  });

  it("ends where the service is of the other version", () => {
    expect(bed.failure(cinder("--service-type volume list")).stderr).toContain(
      "API version is set to 2 but you are accessing a 1 endpoint.",
    );
  });
});
