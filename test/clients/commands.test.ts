/** The commands beside boot, shelve and the plain list. */
import { describe, expect, it } from "vitest";
import { respond, type HttpResponse } from "../../src/http/index.js";
import { seconds } from "../../src/kernel/index.js";
import type { JsonObject } from "../../src/python/index.js";
import { Bed } from "./bed.js";
import { AT_FAKE, fakeNovaApi } from "./fake-nova-api.js";

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
    const bed = new Bed();
    bed.run(
      "nova list --status ACTIVE --name '^t2$' --all-tenants --host compute-1 --ip '' --deleted",
    );
    expect(bed.requests.at(-1)).toBe(
      "GET /servers/detail?all_tenants=1&deleted=True&host=compute-1&name=%5Et2%24&status=ACTIVE",
    );
    bed.run("nova list --all-tenants 0");
    expect(bed.requests.at(-1)).toBe("GET /servers/detail");
  });

  it("turns names of flavor and image into ids first", () => {
    const bed = new Bed();
    bed.run("nova list --flavor m1.nano --image cirros");
    expect(bed.requests.at(-1)).toBe(`GET /servers/detail?flavor=42&image=${bed.image}`);
  });

  it("sorts by name, then by id", () => {
    const bed = new Bed({ servers: ["t2", "t2", "a"] });
    const [, first, ...rest] = cells(bed.run("nova list").stdout);
    expect(first?.[1]).toBe("a");
    expect(rest.map(([, name]) => name)).toEqual(["t2", "t2"]);
    const ids = rest.map(([id]) => id);
    expect(ids).toEqual([...ids].sort());
  });

  it("--minimal asks for less and shows two columns", () => {
    const bed = new Bed();
    expect(cells(bed.run("nova list --minimal").stdout)).toEqual([
      ["ID", "Name"],
      [bed.server, "t2"],
    ]);
    expect(bed.requests.at(-1)).toBe("GET /servers");
  });

  it("--fields shows what it is asked for, as Python writes it", () => {
    const bed = new Bed();
    const fields = "name,flavor,OS-EXT-STS:task_state,power_state,metadata,networks,nonsense";
    expect(cells(bed.run(`nova list --fields ${fields}`).stdout)).toEqual([
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
      [bed.server, "t2", "42", "None", "Running", "{}", "private=192.168.1.82", ""],
    ]);
    expect(bed.run("nova list --fields name,name").stderr).toBe(
      "ERROR (Exception): Field names must be unique!\n",
    );
  });

  it("does not let a name break its table", () => {
    const bed = new Bed({ servers: ["\u001b[2J\r| x |\u202e"] });
    const lines = bed.run("nova list").stdout.split("\n").slice(0, -1);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines.join("")).toContain("\\x1b[2J\\x0d| x |\\u202e");
  });
});

describe("nova show", () => {
  it("looks the server up by name, then flavor and image by id", () => {
    const bed = new Bed();
    const { stdout } = bed.run("nova show t2");
    expect(bed.requests.slice(1)).toEqual([
      "GET /servers?name=t2",
      `GET /servers/${bed.server}`,
      "GET /flavors/42",
      `GET /images/${bed.image}`,
    ]);
    expect(cells(stdout)).toEqual([
      ["Property", "Value"],
      ["OS-DCF:diskConfig", "MANUAL"],
      ["OS-EXT-AZ:availability_zone", "nova"],
      ["OS-EXT-SRV-ATTR:host", "compute-1"],
      ["OS-EXT-SRV-ATTR:hypervisor_hostname", "compute-1"],
      ["OS-EXT-SRV-ATTR:instance_name", "instance-00000001"],
      ["OS-EXT-STS:power_state", "1"],
      ["OS-EXT-STS:task_state", "-"],
      ["OS-EXT-STS:vm_state", "active"],
      ["OS-SRV-USG:launched_at", expect.stringMatching(/^2014-09-18T04:03:\d\d\.000000$/)],
      ["OS-SRV-USG:terminated_at", "-"],
      ["accessIPv4", ""],
      ["accessIPv6", ""],
      ["config_drive", ""],
      ["created", "2014-09-18T04:03:09Z"],
      ["flavor", "m1.nano (42)"],
      ["hostId", expect.stringMatching(/^[0-9a-f]{56}$/)],
      ["id", bed.server],
      ["image", `cirros (${bed.image})`],
      ["key_name", "-"],
      ["metadata", "{}"],
      ["name", "t2"],
      ["os-extended-volumes:volumes_attached", "[]"],
      ["private network", "192.168.1.82"],
      ["progress", "0"],
      ["security_groups", "default"],
      ["status", "ACTIVE"],
      ["tenant_id", bed.tenant],
      ["updated", expect.stringMatching(/^2014-09-18T04:03:\d\dZ$/)],
      ["user_id", expect.stringMatching(/^[0-9a-f]{32}$/)],
    ]);
  });

  it("--minimal leaves the look-ups out", () => {
    const bed = new Bed();
    bed.run(`nova show --minimal ${bed.server}`);
    expect(bed.requests.slice(1)).toEqual([`GET /servers/${bed.server}`]);
  });

  it("bears an image that is gone, and a server without one", () => {
    const bed = new Bed();
    // An administrator still sees an image that was deleted.
    const demo = (line: string) => bed.run(`OS_USERNAME=demo OS_TENANT_NAME=demo ${line}`).stdout;
    demo(`nova boot t3 --flavor 42 --image cirros --nic net-id=${bed.network}`);
    bed.http("DELETE", `http://controller:9292/v1/images/${bed.image}`);
    expect(demo("nova show t3")).toContain(`Image not found (${bed.image})`);
    const { server } = bed.http(
      "GET",
      `http://controller:8774/v2/${bed.tenant}/servers/${bed.server}`,
    ).body as { server: JsonObject };
    fakeNovaApi(bed, { "GET /servers/1": respond(200, { server: { ...server, image: "" } }) });
    expect(bed.run(`nova ${AT_FAKE} show --minimal 1`).stdout).toContain(
      "Attempt to boot from volume - no image supplied",
    );
  });

  it("tries human id and name, and says if neither is there or both are many", () => {
    const bed = new Bed({ servers: ["t2", "t2"] });
    expect(bed.run("nova show T9").stderr).toBe(
      "ERROR (CommandError): No server with a name or ID of 'T9' exists.\n",
    );
    expect(bed.requests.slice(1)).toEqual(["GET /servers?name=T9", "GET /servers?name=T9"]);
    expect(bed.run("nova show t2").stderr).toBe(
      "ERROR (CommandError): Multiple server matches found for 't2', use an ID to be more specific.\n",
    );
  });
});

describe("nova delete", () => {
  it("goes on after a failure and fails at the end", () => {
    const bed = new Bed({ servers: ["t1", "t2"] });
    const result = bed.run("nova delete t9 t1 t2");
    expect(result).toEqual({
      stdout:
        "No server with a name or ID of 't9' exists.\n" +
        "Request to delete server t1 has been accepted.\n" +
        "Request to delete server t2 has been accepted.\n",
      stderr: "ERROR (CommandError): Unable to delete the specified server(s).\n",
      exit: 1,
    });
    bed.cloud.settle();
    expect(cells(bed.run("nova list").stdout)).toHaveLength(1);
  });
});

describe("an answer of 400 or more", () => {
  const at = "GET /os-services";
  const line = `nova ${AT_FAKE} service-list`;
  const request = "req-4be7dc9a-21da-4050-9310-3ee58ca93569";
  const error = (code: number, key: string) =>
    respond(code, { [key]: { code, message: "why" } }, { "x-compute-request-id": request });
  const answered = (answer: HttpResponse) => {
    const bed = new Bed({ servers: [] });
    fakeNovaApi(bed, { [at]: answer });
    return bed;
  };

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
    expect(answered(error(status, key)).run(line)).toEqual({
      stdout: "",
      stderr: `ERROR (${name}): why (HTTP ${String(status)}) (Request-ID: ${request})\n`,
      exit: 1,
    });
  });

  it("without a body has the words of its class", () => {
    const { stderr } = answered(respond(409, "conflict!")).run(line);
    expect(stderr).toBe("ERROR (Conflict): Conflict (HTTP 409)\n");
  });

  it("of 400 has no body in the trace", () => {
    expect(
      answered(error(400, "badRequest")).run(line.replace("nova", "nova --debug")).stderr,
    ).toMatch(/RESP: \[400\] .*\nRESP BODY: null\n\nERROR \(BadRequest\): why/);
  });

  it("is one that is not what was asked for, too", () => {
    const { stderr } = answered(respond(200, { services: [{ binary: 7 }] })).run(line);
    expect(stderr).toBe('ERROR (ClientException): The answer has no "services" (HTTP 200)\n');
  });
});

describe("lists", () => {
  it("of flavors show sizes; --all asks for private ones; --extra-specs for each flavor's", () => {
    const bed = new Bed();
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
    const specs = `http://controller:8774/v2/${bed.tenant}/flavors/42/os-extra_specs`;
    bed.http("POST", specs, { extra_specs: { "hw:cpu": "1" } });
    const nano = (line: string) => {
      const [first, ...rows] = cells(bed.run(line).stdout);
      return [first, rows.find(([id]) => id === "42")];
    };
    expect(nano("nova flavor-list")).toEqual([headers, row]);
    expect(bed.requests.at(-1)).toBe("GET /flavors/detail");
    bed.mark();
    expect(nano("nova flavor-list --all --extra-specs")).toEqual([
      [...headers, "extra_specs"],
      [...row, "{u'hw:cpu': u'1'}"],
    ]);
    expect(bed.requests[1]).toBe("GET /flavors/detail?is_public=None");
    expect(bed.requests).toContain("GET /flavors/42/os-extra_specs");
  });

  it("of images are sorted by name and name the server of a snapshot", () => {
    const bed = new Bed();
    const { server } = bed;
    bed.run("nova shelve t2");
    bed.cloud.advance(seconds(10));
    expect(cells(bed.run("nova image-list --limit 5").stdout)).toEqual([
      ["ID", "Name", "Status", "Server"],
      [bed.image, "cirros", "ACTIVE", ""],
      [bed.id("image", "t2-shelved"), "t2-shelved", "ACTIVE", server],
    ]);
    expect(bed.requests.at(-1)).toBe("GET /images/detail?limit=5");
    expect(bed.run("nova image-list --limit x").stderr).toBe(
      "ERROR (ValueError): invalid literal for int() with base 10: u'x'\n",
    );
  });

  it("of services filter by host and binary", () => {
    const bed = new Bed();
    const { stdout } = bed.run("nova service-list --host compute-1 --binary nova-compute");
    expect(cells(stdout)).toEqual([
      ["Id", "Binary", "Host", "Zone", "Status", "State", "Updated_at", "Disabled Reason"],
      [
        "4",
        "nova-compute",
        "compute-1",
        "nova",
        "enabled",
        "up",
        expect.stringMatching(/^2014-09-18T04:03:/) as string,
        "-",
      ],
    ]);
    expect(bed.requests.at(-1)).toBe("GET /os-services?host=compute-1&binary=nova-compute");
  });
});
