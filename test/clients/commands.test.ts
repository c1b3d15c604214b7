/** The commands beside boot, shelve and the plain list. */
import { describe, expect, it } from "vitest";
import { respond } from "../../src/http/index.js";
import { FakeCloud, IMAGE, SERVER, server } from "./fake-cloud.js";

/** The cells of each row of the first table in `stdout`, headers first. */
const cells = (stdout: string): string[][] =>
  stdout
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );

describe("nova list", () => {
  it("hands filters to the service, sorted and without those that say nothing", () => {
    const cloud = new FakeCloud();
    cloud.run(
      "nova list --status ACTIVE --name '^t2$' --all-tenants --host compute-1 --ip '' --deleted",
    );
    expect(cloud.requests.at(-1)).toBe(
      "GET /servers/detail?all_tenants=1&deleted=True&host=compute-1&name=%5Et2%24&status=ACTIVE",
    );
    cloud.run("nova list --all-tenants 0");
    expect(cloud.requests.at(-1)).toBe("GET /servers/detail");
  });

  it("turns names of flavor and image into ids first", () => {
    const cloud = new FakeCloud();
    cloud.run("nova list --flavor m1.nano --image cirros");
    expect(cloud.requests.at(-1)).toBe(`GET /servers/detail?flavor=42&image=${IMAGE}`);
  });

  it("sorts by name, then by id", () => {
    const cloud = new FakeCloud();
    cloud.servers.set("1", server("1", "t2"));
    cloud.servers.set("0", server("0", "a"));
    expect(cells(cloud.run("nova list").stdout).map(([id]) => id)).toEqual([
      "ID",
      "0",
      "00be783d-bef5-46b1-bfdc-316618c76e92",
      "1",
    ]);
  });

  it("--minimal asks for less and shows two columns", () => {
    const cloud = new FakeCloud();
    expect(cells(cloud.run("nova list --minimal").stdout)).toEqual([
      ["ID", "Name"],
      [SERVER, "t2"],
    ]);
    expect(cloud.requests.at(-1)).toBe("GET /servers");
  });

  it("--fields shows what it is asked for, as Python writes it", () => {
    const cloud = new FakeCloud();
    const fields = "name,flavor,OS-EXT-STS:task_state,power_state,metadata,networks,nonsense";
    expect(cells(cloud.run(`nova list --fields ${fields}`).stdout)).toEqual([
      [
        "ID",
        "Name",
        "Flavor",
        "OS-EXT-STS: Task State",
        "Power State",
        "Metadata",
        "Networks",
        "Nonsense",
      ],
      [SERVER, "t2", "42", "None", "Running", "{}", "private=192.168.1.82", ""],
    ]);
    expect(cloud.run("nova list --fields name,name").stderr).toBe(
      "ERROR (Exception): Field names must be unique!\n",
    );
  });

  it("does not let a name break its table", () => {
    const cloud = new FakeCloud();
    cloud.servers.set(SERVER, server(SERVER, "\u001b[2J\r| x |\u202e"));
    const lines = cloud.run("nova list").stdout.split("\n").slice(0, -1);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines.join("")).toContain("\\x1b[2J\\x0d| x |\\u202e");
  });
});

describe("nova show", () => {
  it("looks the server up by name, then flavor and image by id", () => {
    const cloud = new FakeCloud();
    const { stdout } = cloud.run("nova show t2");
    expect(cloud.requests.slice(1)).toEqual([
      "GET /servers?name=t2",
      `GET /servers/${SERVER}`,
      "GET /flavors/42",
      `GET /images/${IMAGE}`,
    ]);
    expect(cells(stdout)).toEqual([
      ["Property", "Value"],
      ["OS-EXT-STS:power_state", "1"],
      ["OS-EXT-STS:task_state", "-"],
      ["OS-EXT-STS:vm_state", "active"],
      ["created", "2014-09-18T04:03:09Z"],
      ["flavor", "m1.nano (42)"],
      ["id", SERVER],
      ["image", `cirros (${IMAGE})`],
      ["key_name", "-"],
      ["metadata", "{}"],
      ["name", "t2"],
      ["os-extended-volumes:volumes_attached", "[]"],
      ["private network", "192.168.1.82"],
      ["security_groups", "default"],
      ["status", "ACTIVE"],
      ["tenant_id", "d7beb7f28e0b4f41901215000339361d"],
      ["user_id", "u1"],
    ]);
  });

  it("--minimal leaves the look-ups out", () => {
    const cloud = new FakeCloud();
    cloud.run(`nova show --minimal ${SERVER}`);
    expect(cloud.requests.slice(1)).toEqual([`GET /servers/${SERVER}`]);
  });

  it("bears an image that is gone, and a server without one", () => {
    const cloud = new FakeCloud();
    cloud.images.length = 0;
    expect(cloud.run("nova show t2").stdout).toContain(`Image not found (${IMAGE})`);
    cloud.servers.set(SERVER, server(SERVER, "t2", { image: "" }));
    expect(cloud.run("nova show t2").stdout).toContain(
      "Attempt to boot from volume - no image supplied",
    );
  });

  it("tries human id and name, and says if neither is there or both are many", () => {
    const cloud = new FakeCloud();
    expect(cloud.run("nova show T9").stderr).toBe(
      "ERROR (CommandError): No server with a name or ID of 'T9' exists.\n",
    );
    expect(cloud.requests.slice(1)).toEqual(["GET /servers?name=T9", "GET /servers?name=T9"]);
    cloud.servers.set("x", server("x", "t2"));
    expect(cloud.run("nova show t2").stderr).toBe(
      "ERROR (CommandError): Multiple server matches found for 't2', use an ID to be more specific.\n",
    );
  });
});

describe("nova delete", () => {
  it("goes on after a failure and fails at the end", () => {
    const cloud = new FakeCloud();
    cloud.servers.set("x", server("x", "t1"));
    const result = cloud.run("nova delete t9 t1 t2");
    expect(result).toEqual({
      stdout:
        "No server with a name or ID of 't9' exists.\n" +
        "Request to delete server t1 has been accepted.\n" +
        "Request to delete server t2 has been accepted.\n",
      stderr: "ERROR (CommandError): Unable to delete the specified server(s).\n",
      exit: 1,
    });
    expect(cloud.servers.size).toBe(0);
  });
});

describe("an answer of 400 or more", () => {
  const at = `POST /servers/${SERVER}/action`;
  const id = "(Request-ID: req-4be7dc9a-21da-4050-9310-3ee58ca93569)";

  it.each([
    [400, "badRequest", "BadRequest"],
    [403, "forbidden", "Forbidden"],
    [404, "itemNotFound", "NotFound"],
    [405, "badMethod", "MethodNotAllowed"],
    [409, "conflictingRequest", "Conflict"],
    [413, "overLimit", "OverLimit"],
    [429, "overLimit", "RateLimit"],
    [501, "notImplemented", "HTTPNotImplemented"],
    [500, "computeFault", "ClientException"],
    [422, "computeFault", "ClientException"],
  ])("%i is printed as %s's error %s", (status, key, name) => {
    const cloud = new FakeCloud();
    cloud.fail(at, status, key, "why");
    expect(cloud.run("nova shelve t2")).toEqual({
      stdout: "",
      stderr: `ERROR (${name}): why (HTTP ${String(status)}) ${id}\n`,
      exit: 1,
    });
  });

  it("without a body has the words of its class", () => {
    const cloud = new FakeCloud();
    cloud.faults.set(at, respond(409, "conflict!"));
    expect(cloud.run("nova shelve t2").stderr).toBe("ERROR (Conflict): Conflict (HTTP 409)\n");
  });

  it("of 400 has no body in the trace", () => {
    const cloud = new FakeCloud();
    cloud.fail(at, 400, "badRequest", "why");
    expect(cloud.run("nova --debug shelve t2").stderr).toMatch(
      /RESP: \[400\] .*\nRESP BODY: null\n\nERROR \(BadRequest\): why/,
    );
  });
});

describe("lists", () => {
  it("of flavors show sizes; --all asks for private ones; --extra-specs for each flavor's", () => {
    const cloud = new FakeCloud();
    const row = ["42", "m1.nano", "64", "0", "0", "", "1", "1.0", "True"];
    const headers = [
      "ID",
      "Name",
      "Memory_MB",
      "Disk",
      "Ephemeral",
      "Swap",
      "VCPUs",
      "RXTX_Factor",
      "Is_Public",
    ];
    expect(cells(cloud.run("nova flavor-list").stdout)).toEqual([headers, row]);
    expect(cloud.requests.at(-1)).toBe("GET /flavors/detail");
    expect(cells(cloud.run("nova flavor-list --all --extra-specs").stdout)).toEqual([
      [...headers, "extra_specs"],
      [...row, "{u'hw:cpu': u'1'}"],
    ]);
    expect(cloud.requests.slice(-2)).toEqual([
      "GET /flavors/detail?is_public=None",
      "GET /flavors/42/os-extra_specs",
    ]);
  });

  it("of images are sorted by name and name the server of a snapshot", () => {
    const cloud = new FakeCloud();
    cloud.images.push({ id: "2", name: "a", status: "SAVING", server: { id: SERVER } });
    expect(cells(cloud.run("nova image-list --limit 5").stdout)).toEqual([
      ["ID", "Name", "Status", "Server"],
      ["2", "a", "SAVING", SERVER],
      [IMAGE, "cirros", "ACTIVE", ""],
    ]);
    expect(cloud.requests.at(-1)).toBe("GET /images/detail?limit=5");
    expect(cloud.run("nova image-list --limit x").stderr).toBe(
      "ERROR (ValueError): invalid literal for int() with base 10: u'x'\n",
    );
  });

  it("of services filter by host and binary", () => {
    const cloud = new FakeCloud();
    const { stdout } = cloud.run("nova service-list --host compute-1 --binary nova-compute");
    expect(cells(stdout)).toEqual([
      ["Id", "Binary", "Host", "Zone", "Status", "State", "Updated_at", "Disabled Reason"],
      [
        "1",
        "nova-compute",
        "compute-1",
        "nova",
        "enabled",
        "up",
        "2014-09-18T04:03:09.000000",
        "-",
      ],
    ]);
    expect(cloud.requests.at(-1)).toBe("GET /os-services?host=compute-1&binary=nova-compute");
  });
});
