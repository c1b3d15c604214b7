/**
 * The program `cinder`, version 1: what it asks and what it prints. Upstream: python-cinderclient 1.1.1,
 * cinderclient/shell.py, v1/shell.py, utils.py, client.py (SessionClient).
 */
import { describe, expect, it } from "vitest";
import { readCommand } from "../../../src/clients/index.js";
import { CinderBed } from "./bed.js";

const bed = new CinderBed();
const asked = bed.asked.bind(bed);
const lines = bed.lines.bind(bed);
const done = bed.done.bind(bed);
const silent = bed.silent.bind(bed);
const failure = bed.failure.bind(bed);

const value = (rows: readonly string[], property: string): string | undefined =>
  rows
    .find((row) => row.startsWith(`| ${property} `))
    ?.split("|")[2]
    ?.trim();

const LOOK = "GET /volumes/detail?all_tenants=1";
const SNAPSHOT_LOOK = "GET /snapshots/detail?all_tenants=1";

describe("cinder and volumes", () => {
  it("makes one, lists it by its filters and shows it", () => {
    const made = done(
      "cinder create 1 --display-name v1 --metadata a=b c=d --display-description 'the first'",
    );
    const id = bed.id("volume", "v1");
    expect(asked()).toEqual(["POST /volumes"]);
    expect(bed.bodies.at(-1)).toEqual({
      volume: {
        size: 1,
        snapshot_id: null,
        display_name: "v1",
        display_description: "the first",
        volume_type: null,
        user_id: null,
        project_id: null,
        availability_zone: null,
        status: "creating",
        attach_status: "detached",
        metadata: { a: "b", c: "d" },
        imageRef: null,
        source_volid: null,
      },
    });
    expect(made).toEqual([
      "+---------------------+--------------------------------------+",
      "| Property            | Value                                |",
      "+---------------------+--------------------------------------+",
      "| attachments         | []                                   |",
      "| availability_zone   | nova                                 |",
      "| bootable            | false                                |",
      `| created_at          | ${value(made, "created_at") ?? ""}           |`,
      "| display_description | the first                            |",
      "| display_name        | v1                                   |",
      "| encrypted           | False                                |",
      `| id                  | ${id} |`,
      "| metadata            | {u'a': u'b', u'c': u'd'}             |",
      "| size                | 1                                    |",
      "| snapshot_id         | None                                 |",
      "| source_volid        | None                                 |",
      "| status              | creating                             |",
      "| volume_type         | None                                 |",
      "+---------------------+--------------------------------------+",
    ]);
    expect(lines("cinder list")).toEqual([
      "+--------------------------------------+-----------+--------------+------+-------------+----------+-------------+",
      "| ID                                   | Status    | Display Name | Size | Volume Type | Bootable | Attached to |",
      "+--------------------------------------+-----------+--------------+------+-------------+----------+-------------+",
      `| ${id} | available | v1           | 1    | None        | false    |             |`,
      "+--------------------------------------+-----------+--------------+------+-------------+----------+-------------+",
    ]);
    expect(asked()).toEqual(["GET /volumes/detail"]);
    const all = lines("cinder list --all-tenants --status available --metadata a=b");
    expect(all[1]).toContain("| Tenant ID                        | Status    |");
    expect(all[3]).toContain(`| ${id} | ${bed.tenant} | available | v1 `);
    expect(asked()).toEqual([
      "GET /volumes/detail?all_tenants=1&metadata=%7Bu%27a%27%3A+u%27b%27%7D&status=available",
    ]);
    expect(lines("cinder list --display-name v9 --all-tenants 0")).toHaveLength(4);
    expect(asked()).toEqual(["GET /volumes/detail?display_name=v9"]);
    lines("ALL_TENANTS=1 cinder snapshot-list");
    expect(asked()).toEqual(["GET /snapshots/detail?all_tenants=1"]);
    expect(failure("ALL_TENANTS=all cinder list").stderr).toBe(
      "ERROR: invalid literal for int() with base 10: 'all'\n",
    );
  });

  it("looks for a name three times, and for an id once", () => {
    const id = bed.id("volume", "v1");
    const shown = lines("cinder show v1");
    expect(asked()).toEqual([LOOK, LOOK, LOOK]);
    expect(lines(`cinder show ${id}`)).toEqual(shown);
    expect(asked()).toEqual([`GET /volumes/${id}`]);
    expect(shown.slice(3, -1).map((row) => row.split("|")[1]?.trim())).toEqual([
      ...["attachments", "availability_zone", "bootable", "created_at", "display_description"],
      ...["display_name", "encrypted", "id", "metadata", "os-vol-host-attr:host"],
      ...["os-vol-mig-status-attr:migstat", "os-vol-mig-status-attr:name_id"],
      ...["os-vol-tenant-attr:tenant_id", "os-volume-replication:driver_data"],
      ...["os-volume-replication:extended_status", "size", "snapshot_id", "source_volid"],
      ...["status", "volume_type"],
    ]);
    expect(failure("cinder show v9").stderr).toBe(
      "ERROR: No volume with a name or ID of 'v9' exists.\n",
    );
    expect(asked()).toEqual([LOOK, LOOK, LOOK, LOOK]);
  });

  // keystoneclient/session.py raises its own NotFound, which utils.find_resource does not catch.
  it.each(["12", "e8af5ffd-b496-4209-85be-000000000000"])("ends at an id that is not: %s", (id) => {
    expect(failure(`cinder show ${id}`).stderr).toBe(
      "ERROR: Not Found (HTTP 404) (Request-ID: req-x)\n",
    );
    expect(asked()).toEqual([`GET /volumes/${id}`]);
  });

  it("says of a refusal what its status is called, and not what Cinder said", () => {
    expect(failure("cinder create 99999").stderr).toBe(
      "ERROR: Request Entity Too Large (HTTP 413) (Request-ID: req-x)\n",
    );
    expect(failure("cinder extend v1 1").stderr).toBe(
      "ERROR: Bad Request (HTTP 400) (Request-ID: req-x)\n",
    );
  });

  it("makes one of an image, and of another volume", () => {
    const made = done(`cinder create 1 --image-id ${bed.image} --display_name boots`);
    expect(value(made, "image_id")).toBe(bed.image);
    expect(value(lines("cinder show boots"), "bootable")).toBe("true");
    const source = bed.id("volume", "boots");
    const copy = done(`cinder create 1 --source-volid ${source} --display-n copy`);
    expect(value(copy, "source_volid")).toBe(source);
    expect(value(lines("cinder show copy"), "status")).toBe("available");
  });

  it("changes size, name, metadata and flags without a word", () => {
    const id = bed.id("volume", "v1");
    silent("cinder extend v1 2");
    expect(bed.bodies.at(-1)).toEqual({ "os-extend": { new_size: 2 } });
    silent("cinder metadata v1 set x=1 y=2");
    expect(asked().at(-1)).toBe(`POST /volumes/${id}/metadata`);
    silent("cinder metadata v1 unset a c x");
    expect(asked().slice(3)).toEqual(
      ["x", "c", "a"].map((key) => `DELETE /volumes/${id}/metadata/${key}`),
    );
    expect(lines("cinder metadata-show v1")).toEqual([
      "+-------------------+-------+",
      "| Metadata-property | Value |",
      "+-------------------+-------+",
      "| y                 | 2     |",
      "+-------------------+-------+",
    ]);
    silent("cinder set-bootable copy false");
    expect(bed.bodies.at(-1)).toEqual({ "os-set_bootable": { bootable: false } });
    silent("cinder readonly-mode-update v1 True");
    expect(bed.bodies.at(-1)).toEqual({ "os-update_readonly_flag": { readonly: true } });
    silent("cinder rename v1 v2 --display-description other");
    expect(asked().at(-1)).toBe(`PUT /volumes/${id}`);
    expect(bed.bodies.at(-1)).toEqual({
      volume: { display_name: "v2", display_description: "other" },
    });
    expect(value(lines("cinder show v2"), "size")).toBe("2");
  });

  it("renames nothing to nothing, which is known before it runs", () => {
    const stderr = "ERROR: Must supply either display-name or display-description. (HTTP 1)\n";
    expect(failure("cinder rename v2")).toEqual({ stdout: "", stderr });
    expect(asked()).toEqual([]);
    expect(readCommand("cinder rename v2")).toMatchObject({ ok: false, result: { stderr } });
  });

  it("uploads one to an image", () => {
    const image = done("cinder upload-to-image v2 img --disk-format qcow2");
    expect(bed.bodies.at(-1)).toEqual({
      "os-volume_upload_image": {
        force: false,
        image_name: "img",
        container_format: "bare",
        disk_format: "qcow2",
      },
    });
    expect(value(image, "image_name")).toBe("img");
    expect(value(image, "status")).toBe("uploading");
    expect(bed.id("image", "img")).toBe(value(image, "image_id"));
    expect(value(lines("cinder show v2"), "status")).toBe("available");
  });

  it("resets states, and fails if one of them cannot be reset", () => {
    silent("cinder reset-state v2");
    expect(bed.bodies.at(-1)).toEqual({ "os-reset_status": { status: "available" } });
    expect(failure("cinder reset-state v9 v2 --state error_deleting")).toEqual({
      stdout: "Reset state for volume v9 failed: No volume with a name or ID of 'v9' exists.\n",
      stderr: "ERROR: Unable to reset the state for the specified volume(s).\n",
    });
    expect(value(lines("cinder show v2"), "status")).toBe("error_deleting");
  });

  it("deletes several, and fails only if none can be deleted", () => {
    silent("cinder reset-state v2 --state creating");
    expect(failure("cinder delete v2 v9")).toEqual({
      stdout:
        "Delete for volume v2 failed: Bad Request (HTTP 400) (Request-ID: req-x)\n" +
        "Delete for volume v9 failed: No volume with a name or ID of 'v9' exists.\n",
      stderr: "ERROR: Unable to delete any of the specified volumes.\n",
    });
    expect(done("cinder delete v9 copy")).toEqual([
      "Delete for volume v9 failed: No volume with a name or ID of 'v9' exists.",
    ]);
    expect(failure("cinder force-delete v9").stderr).toBe(
      "ERROR: Unable to force delete any of the specified volumes.\n",
    );
    silent("cinder force-delete v2");
    expect(bed.bodies.at(-1)).toEqual({ "os-force_delete": null });
    expect(lines("cinder list").slice(3, -1)).toEqual([
      `| ${bed.id("volume", "boots")} | available | boots        | 1    | None        | true     |             |`,
    ]);
  });
});

describe("cinder and snapshots", () => {
  it("makes one, lists it, shows it and makes a volume of it", () => {
    const made = done("cinder snapshot-create boots --display-name s1 --display-description d");
    const volume = bed.id("volume", "boots");
    const id = bed.id("snapshot", "s1");
    expect(asked()).toEqual([LOOK, LOOK, LOOK, "POST /snapshots"]);
    expect(bed.bodies.at(-1)).toEqual({
      snapshot: { volume_id: volume, force: false, display_name: "s1", display_description: "d" },
    });
    expect(made).toEqual([
      "+---------------------+--------------------------------------+",
      "| Property            | Value                                |",
      "+---------------------+--------------------------------------+",
      `| created_at          | ${value(made, "created_at") ?? ""}           |`,
      "| display_description | d                                    |",
      "| display_name        | s1                                   |",
      `| id                  | ${id} |`,
      "| metadata            | {}                                   |",
      "| size                | 1                                    |",
      "| status              | creating                             |",
      `| volume_id           | ${volume} |`,
      "+---------------------+--------------------------------------+",
    ]);
    expect(lines(`cinder snapshot-list --volume-id ${volume} --status available`)).toEqual([
      "+--------------------------------------+--------------------------------------+-----------+--------------+------+",
      "| ID                                   | Volume ID                            | Status    | Display Name | Size |",
      "+--------------------------------------+--------------------------------------+-----------+--------------+------+",
      `| ${id} | ${volume} | available | s1           | 1    |`,
      "+--------------------------------------+--------------------------------------+-----------+--------------+------+",
    ]);
    expect(asked()).toEqual([`GET /snapshots/detail?status=available&volume_id=${volume}`]);
    const shown = lines("cinder snapshot-show s1");
    expect(asked()).toEqual([SNAPSHOT_LOOK, SNAPSHOT_LOOK, SNAPSHOT_LOOK]);
    expect(value(shown, "os-extended-snapshot-attributes:progress")).toBe("100%");
    const copy = done(`cinder create 1 --snapshot-id ${id} --display-name again`);
    expect(value(copy, "snapshot_id")).toBe(id);
  });

  it("renames one and resets its state", () => {
    silent("cinder snapshot-rename s1 s2");
    expect(bed.bodies.at(-1)).toEqual({ snapshot: { display_name: "s2" } });
    silent("cinder snapshot-reset-state s2 --state error");
    expect(value(lines("cinder snapshot-show s2"), "status")).toBe("error");
    expect(failure("cinder snapshot-reset-state s2 --state bogus")).toEqual({
      stdout: "",
      stderr:
        "ERROR: Reset state for snapshot s2 failed: Bad Request (HTTP 400) (Request-ID: req-x)\n",
    });
    expect(failure("cinder snapshot-reset-state s8 s9")).toEqual({
      stdout:
        "Reset state for snapshot s8 failed: No snapshot with a name or ID of 's8' exists.\n" +
        "Reset state for snapshot s9 failed: No snapshot with a name or ID of 's9' exists.\n",
      stderr: "ERROR: Unable to reset the state for any of the the specified snapshots.\n",
    });
  });

  it("deletes several, and fails only if none can be deleted", () => {
    expect(failure("cinder snapshot-delete s9").stderr).toBe(
      "ERROR: Unable to delete any of the specified snapshots.\n",
    );
    expect(done("cinder snapshot-delete s9 s2")).toEqual([
      "Delete for snapshot s9 failed: No snapshot with a name or ID of 's9' exists.",
    ]);
    expect(lines("cinder snapshot-list --all-tenants")).toHaveLength(4);
  });

  it("tells a name that two have from one that nobody has", () => {
    done("cinder snapshot-create boots --display-name twin");
    done("cinder snapshot-create boots --display-name twin");
    expect(failure("cinder snapshot-show twin").stderr).toBe(
      "ERROR: Multiple snapshot matches found for 'twin', use an ID to be more specific.\n",
    );
  });
});

describe("who uses cinder", () => {
  it("asks Keystone what it speaks before it logs in", () => {
    lines("cinder list");
    expect(bed.requests.slice(0, 2)).toEqual(["GET /v2.0", "POST /v2.0/tokens"]);
    expect(bed.headers.map((headers) => headers["user-agent"])).toEqual([
      ...["python-keystoneclient", "python-keystoneclient", "python-cinderclient"],
    ]);
    lines("cinder --os-auth-url http://controller:5000/ list");
    expect(bed.requests[0]).toBe("GET /");
  });

  it.each([
    ["--os-password x", "The request you have made requires authentication. (HTTP 401)"],
    ["--os-username ''", "You must provide a user name through --os-username or env[OS_USERNAME]."],
    ["--os-password ''", "You must provide a password through --os-password or env[OS_PASSWORD]."],
    [
      "--os-tenant-name ''",
      "You must provide a tenant ID through --os-tenant-id or env[OS_TENANT_ID].",
    ],
    [
      "--os-auth-url ''",
      "You must provide an authentication URL through --os-auth-url or env[OS_AUTH_URL].",
    ],
    [
      "--os-auth-url http://controller:1/",
      "Unable to determine the Keystone version to authenticate with using the given auth_url.",
    ],
    ["--os-auth-system x", "AuthSystemNotFound: u'x'"],
    ["--os-volume-api-version 3", "Invalid client version '3'. must be one of: 1, 2"],
    ["--service-type nope", "publicURL endpoint for nope service not found"],
    ["--service-type image", "global name 'valid_versions' is not defined"],
    [
      "--service-type volumev2",
      "OpenStack Block Storage API version is set to 1 but you are accessing a 2 endpoint. Change its value through --os-volume-api-version or env[OS_VOLUME_API_VERSION].",
    ],
  ])("is refused with %s", (options, message) => {
    expect(failure(`cinder ${options} list`)).toEqual({
      stdout: "",
      stderr: `ERROR: ${message}\n`,
    });
  });

  it("shows with --debug what it asks, with the token left out", () => {
    bed.mark();
    const { stderr } = bed.run("cinder --debug list");
    expect(stderr).toContain(
      `DEBUG:keystoneclient.session:REQ: curl -i -X GET http://controller:8776/v1/${bed.tenant}/volumes/detail -H "User-Agent: python-cinderclient" -H "Accept: application/json" -H "X-Auth-Token: TOKEN_REDACTED"\n`,
    );
  });
});

describe("a line of cinder that is wrong", () => {
  const wrong = (line: string) => {
    const reading = readCommand(line);
    return reading.ok ? undefined : reading.result;
  };

  it.each([
    ["cinder create x", "argument <size>: invalid int value: u'x'", "create"],
    // `--metadata` takes every word up to the next option, the size as well.
    ["cinder create --metadata a=b 3", "too few arguments", "create"],
    // CinderClientArgumentParser.error cuts what there is to choose from.
    [
      "cinder set-bootable v1 yes",
      "argument <True|true|False|false>: invalid choice: u'yes'",
      "set-bootable",
    ],
    ["cinder metadata v1 put a=b", "argument <action>: invalid choice: u'put'", "metadata"],
    ["cinder frob", "argument <subcommand>: invalid choice: u'frob'", ""],
  ])("%s", (line, message, about) => {
    const { stderr = "", exit } = wrong(line) ?? {};
    const hint = `Try 'cinder help ${about}' for more information.\n`;
    expect([exit, stderr.slice(stderr.indexOf("error: "))]).toEqual([
      2,
      `error: ${message}\n${hint}`,
    ]);
  });

  it("knows the commands of the real one that are not simulated", () => {
    expect(wrong("cinder endpoints")?.stderr).toMatch(/^cinder endpoints is not simulated\./u);
    expect(wrong("cinder credentials")?.exit).toBe(1);
    expect(wrong("cinder --os-volume-api-version 2 manage h n=v")?.stderr).toMatch(
      /^cinder manage is not simulated\./u,
    );
    // Version 1 has no such command.
    expect(wrong("cinder manage h n=v")?.stderr).toContain("invalid choice: u'manage'");
  });
});
