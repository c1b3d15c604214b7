/**
 * The program `swift`: what it asks and what it prints, over Swift itself. Upstream: python-swiftclient
 * 2.3.1, swiftclient/shell.py, service.py, command_helpers.py, client.py, utils.py.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { readCommand } from "../../src/clients/index.js";
import { printedBytes, title } from "../../src/clients/swift/print.js";
import { Bed } from "./bed.js";

let bed: Bed;

beforeEach(() => {
  bed = new Bed({ seed: 5, servers: [], services: ["swift"] });
});

const account = (): string => `AUTH_${bed.tenant}`;
const url = (path = ""): string => `http://controller:8080/v1/${account()}${path}`;

/** What differs from run to run is written as a word. */
const shown = (text: string): string =>
  text
    .replaceAll(account(), "ACCOUNT")
    .replaceAll(/\btx[0-9a-f]{21}-[0-9a-f]{10}\b/gu, "TX")
    .replaceAll(/\b\d{10}\.\d{5}\b/gu, "TIME")
    .replaceAll(/\b[0-9a-f]{32}\b/gu, "HEX");

function lines(command: string): string[] {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
  expect({ command, stderr, exit }).toEqual({ command, stderr: "", exit: 0 });
  return stdout === "" ? [] : shown(stdout).replace(/\n$/u, "").split("\n");
}

function failure(command: string): string {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
  expect({ command, stdout, exit }).toEqual({ command, stdout: "", exit: 1 });
  return shown(stderr);
}

const asked = (): string[] => bed.requests.map(shown);

/** Somebody else, who asks for the account of `admin`. */
const asDemo = (): string => `--os-username demo --os-tenant-name demo --os-storage-url ${url()}`;

function put(path: string, content: string): void {
  expect(bed.http("PUT", url(path), content).status).toBe(201);
}

/** A container `c` with two objects, and the counts written everywhere. */
function filled(): void {
  lines("swift post c");
  put("/c/a%20b/x.txt", "hello");
  put("/c/y", "hello again");
  bed.cloud.settle();
}

describe("swift stat", () => {
  it("shows an account, policies after the sums and metadata before other headers", () => {
    expect(lines("swift stat").slice(0, 4)).toEqual([
      "        Account: ACCOUNT",
      "     Containers: 0",
      "        Objects: 0",
      "          Bytes: 0",
    ]);
    expect(asked()).toEqual(["POST /v2.0/tokens", "HEAD /v1/ACCOUNT"]);
    expect(bed.headers.map((headers) => [headers["user-agent"], headers["accept"]])).toEqual([
      ["python-keystoneclient", "application/json"],
      ["python-swiftclient-2.3.1", "*/*"],
    ]);
    filled();
    lines("swift post -m Colour:Blue");
    expect(lines("swift stat -v")).toEqual([
      "                     StorageURL: http://controller:8080/v1/ACCOUNT",
      "                     Auth Token: HEX",
      "                        Account: ACCOUNT",
      "                     Containers: 1",
      "                        Objects: 0",
      "                          Bytes: 0",
      'Containers in policy "policy-0": 1',
      '   Objects in policy "policy-0": 0',
      '     Bytes in policy "policy-0": 0',
      "                    Meta Colour: Blue",
      "    X-Account-Project-Domain-Id: default",
      "                    X-Timestamp: TIME",
      "                     X-Trans-Id: TX",
      "                   Content-Type: text/plain; charset=utf-8",
      "                  Accept-Ranges: bytes",
    ]);
  });

  it("shows a container, also what it does not have", () => {
    filled();
    lines("swift post c -m Color:Blue -r '.r:*' -w demo:demo");
    expect(lines("swift stat c")).toEqual([
      "         Account: ACCOUNT",
      "       Container: c",
      "         Objects: 2",
      "           Bytes: 16",
      "        Read ACL: .r:*",
      "       Write ACL: demo:demo",
      "         Sync To:",
      "        Sync Key:",
      "      Meta Color: Blue",
      "   Accept-Ranges: bytes",
      "X-Storage-Policy: Policy-0",
      "     X-Timestamp: TIME",
      "      X-Trans-Id: TX",
      "    Content-Type: text/plain; charset=utf-8",
    ]);
  });

  it("shows an object, without what it does not have", () => {
    filled();
    expect(lines("swift -v stat c 'a b/x.txt' --lh")).toEqual([
      "           URL: http://controller:8080/v1/ACCOUNT/c/a b/x.txt",
      "    Auth Token: HEX",
      "       Account: ACCOUNT",
      "     Container: c",
      "        Object: a b/x.txt",
      "  Content Type: text/plain",
      "Content Length: 5",
      " Last Modified: Thu, 18 Sep 2014 04:03:10 GMT",
      "          ETag: HEX",
      " Accept-Ranges: bytes",
      "   X-Timestamp: TIME",
      "    X-Trans-Id: TX",
    ]);
    expect(asked().at(-1)).toBe("HEAD /v1/ACCOUNT/c/a%20b/x.txt");
  });

  it("tells what is not there, and loses every other refusal", () => {
    filled();
    expect(failure("swift stat nope")).toBe("Container 'nope' not found\n");
    expect(failure("swift stat c nope")).toBe(
      "Object HEAD failed: http://controller:8080/v1/ACCOUNT/c/nope 404 Not Found\n",
    );
    expect(failure(`swift ${asDemo()} stat`)).toBe(
      "swiftclient.service.SwiftError: 'Account not found'\n",
    );
    expect(failure(`swift ${asDemo()} stat c`)).toBe("KeyError: 'items'\n");
    expect(failure("swift stat a/b")).toBe(
      "WARNING: / in container name; you might have meant 'a b' instead of 'a/b'.\n",
    );
    expect(failure("swift stat a b c")).toBe(
      "Usage: swift stat [--lh]\n                  [container] [object]\n\n",
    );
  });
});

describe("swift list", () => {
  it("lists until a page is empty", () => {
    expect(lines("swift list")).toEqual([]);
    filled();
    expect(lines("swift list")).toEqual(["c"]);
    expect(asked()).toEqual([
      "POST /v2.0/tokens",
      "GET /v1/ACCOUNT?format=json",
      "GET /v1/ACCOUNT?format=json&marker=c",
    ]);
    expect(lines("swift list c")).toEqual(["a b/x.txt", "y"]);
    expect(lines("swift list c -d /")).toEqual(["a b/", "y"]);
    expect(lines("swift list -p 'a b/' c")).toEqual(["a b/x.txt"]);
    expect(lines("swift list -p z")).toEqual([]);
  });

  it("asks each container for its date in a long listing", () => {
    filled();
    expect(lines("swift list -l")).toEqual([
      "    0            0 2014-09-18 04:03:09 c",
      "    0            0",
    ]);
    expect(asked()).toContain("HEAD /v1/ACCOUNT/c");
    expect(lines("swift list --lh")).toEqual(["    0    0 2014-09-18 04:03:09 c", "    0    0"]);
    expect(lines("swift list c --long")).toEqual([
      "           5 2014-09-18 04:03:09 a b/x.txt",
      "          11 2014-09-18 04:03:09 y",
      "          16",
    ]);
    expect(lines("swift list c --lh -t")).toEqual(["  16"]);
  });

  it("breaks at what has no size, and tells what is not there", () => {
    filled();
    expect(failure("swift list c -l -d /")).toBe(
      "TypeError: unsupported operand type(s) for +=: 'int' and 'NoneType'\n",
    );
    expect(failure("swift list nope")).toBe("Container 'nope' not found\n");
    expect(failure("swift list -d /")).toBe("-d option only allowed for container listings\n");
    expect(failure("swift list a/b")).toBe(
      "Usage: swift list [--long] [--lh] [--totals] [--prefix <prefix>]\n                  [--delimiter <delimiter>]\n\n",
    );
    expect(failure(`swift ${asDemo()} list c -p a/`)).toBe(
      "Container GET failed: http://controller:8080/v1/ACCOUNT/c?format=json&prefix=a/ 403 Forbidden  [first 60 chars of response] <html><h1>Forbidden</h1><p>Access was denied to this resourc\n",
    );
  });
});

describe("swift post", () => {
  it("makes a container that is not there", () => {
    lines("swift post c -m Color:Blue");
    expect(asked()).toEqual(["POST /v2.0/tokens", "POST /v1/ACCOUNT/c", "PUT /v1/ACCOUNT/c"]);
    lines("swift post c -m Size:Large");
    expect(asked()).toEqual(["POST /v2.0/tokens", "POST /v1/ACCOUNT/c"]);
    const stat = lines("swift stat c");
    expect(stat).toContain("      Meta Color: Blue");
    expect(stat).toContain("       Meta Size: Large");
  });

  it("replaces what an object had", () => {
    filled();
    lines("swift post c y -m a:1");
    lines("swift post c y -m b:2 -H 'Content-Type: image/png'");
    const stat = lines("swift stat c y");
    expect(stat).toContain("        Meta B: 2");
    expect(stat).toContain("  Content Type: image/png");
    expect(stat.filter((line) => line.includes("Meta A"))).toEqual([]);
    expect(failure("swift post c nope -m a:1")).toBe(
      "Object POST failed: http://controller:8080/v1/ACCOUNT/c/nope 404 Not Found  [first 60 chars of response] <html><h1>Not Found</h1><p>The resource could not be found.<\n",
    );
  });

  it("says nothing of a refusal, and much of a wrong word", () => {
    filled();
    expect(lines(`swift ${asDemo()} post c -m a:1`)).toEqual([]);
    expect(asked()).toEqual(["POST /v2.0/tokens", "POST /v1/ACCOUNT/c"]);
    expect(lines("swift stat c").filter((line) => line.includes("Meta"))).toEqual([]);
    expect(failure("swift post c -m Blue")).toBe(
      "Metadata parameter Blue must contain a ':'.\nExample: 'Color:Blue' or 'Size:Large'\n",
    );
    expect(asked()).toEqual([]);
    expect(failure("swift post -r .r:*")).toBe(
      "-r, -w, -t, and -k options only allowed for containers\n",
    );
  });
});

describe("swift delete", () => {
  it("deletes objects and tells of each", () => {
    filled();
    bed.mark();
    const { stdout, stderr, exit } = bed.run("swift delete c y nope");
    expect({ stdout, stderr: shown(stderr), exit }).toEqual({
      stdout: "y\n",
      stderr:
        "An unexpected error occurred whilst deleting: Object DELETE failed: http://controller:8080/v1/ACCOUNT/c/nope 404 Not Found  [first 60 chars of response] <html><h1>Not Found</h1><p>The resource could not be found.<\n",
      exit: 1,
    });
    expect(asked()).toEqual([
      "POST /v2.0/tokens",
      ...["HEAD /v1/ACCOUNT/c/y", "DELETE /v1/ACCOUNT/c/y"],
      ...["HEAD /v1/ACCOUNT/c/nope", "DELETE /v1/ACCOUNT/c/nope"],
    ]);
    expect(lines("swift delete -q c 'a b/x.txt' --leave-segments")).toEqual([]);
    expect(asked()).toEqual(["POST /v2.0/tokens", "DELETE /v1/ACCOUNT/c/a%20b/x.txt"]);
  });

  it("deletes a container with what is in it, and everything", () => {
    filled();
    expect(lines("swift delete c")).toEqual(["a b/x.txt", "y"]);
    expect(lines("swift list")).toEqual([]);
    expect(failure("swift delete c")).toBe(
      `An unexpected error occurred whilst deleting: "Container 'c' not found" container:c\n`,
    );
    filled();
    expect(lines("swift delete --all")).toEqual(["c/a b/x.txt", "c/y"]);
  });

  it("deletes what a manifest is made of", () => {
    filled();
    lines("swift post parts");
    put("/parts/y/1", "hello");
    put("/parts/y/2", " again");
    put("/parts/z", "other");
    bed.cloud.settle();
    lines("swift post c y -H 'X-Object-Manifest: parts/y'");
    expect(lines("swift delete c y")).toEqual(["parts/y/1", "parts/y/2", "y"]);
    expect(lines("swift list parts")).toEqual(["z"]);
  });

  it("wants either a name or --all", () => {
    const usage =
      "Usage: swift delete [-all] [--leave-segments]\n                    [--object-threads <threads>]\n                    [--container-threads <threads>]\n                    <container> [object]\n\n";
    expect(failure("swift delete")).toBe(usage);
    expect(failure("swift delete --all c")).toBe(usage);
    expect(readCommand("swift delete c --all")).toMatchObject({ ok: false });
    expect(readCommand("swift delete c x -v y")).toMatchObject({
      ok: true,
      command: { positionals: ["c", "x", "y"] },
    });
  });
});

describe("swift upload", () => {
  it("makes the container and looks whether it overwrites something, logging in for each", () => {
    expect(lines("swift upload c photo.jpg --size 5000")).toEqual(["photo.jpg"]);
    expect(asked()).toEqual([
      "POST /v2.0/tokens",
      ...["HEAD /v1/ACCOUNT", "PUT /v1/ACCOUNT/c", "POST /v2.0/tokens"],
      ...["HEAD /v1/ACCOUNT/c/photo.jpg", "PUT /v1/ACCOUNT/c/photo.jpg"],
    ]);
    expect(bed.headers.at(-1)).toMatchObject({
      "content-type": "",
      "content-length": "5000",
      "x-object-meta-mtime": "1411012989.000000",
    });
    const stat = lines("swift stat c photo.jpg");
    expect(stat).toContain("  Content Type: image/jpeg");
    expect(stat).toContain("    Meta Mtime: 1411012989.000000");
  });

  it("sends again only what has changed, if it is told to, and says the name all the same", () => {
    lines("swift upload c a --size 10");
    expect(lines("swift upload c a --size 10 --changed")).toEqual(["a"]);
    expect(asked().at(-1)).toBe("HEAD /v1/ACCOUNT/c/a");
    expect(lines("swift upload c a --size 10 --skip-identical")).toEqual(["a"]);
    expect(asked().at(-1)).toBe("HEAD /v1/ACCOUNT/c/a");
    lines("swift upload c a --size 11 --skip-identical");
    expect(asked().at(-1)).toBe("PUT /v1/ACCOUNT/c/a");
    lines("swift upload -q c a --size 11 --leave-segments");
    expect(asked().slice(-2)).toEqual(["POST /v2.0/tokens", "PUT /v1/ACCOUNT/c/a"]);
  });

  it("sends a static large object with --use-slo, whose pieces go with it", () => {
    const size = "--size 2500000 -S 1048576 --use-slo";
    const names = ["big segment 0", "big segment 1", "big segment 2", "big"];
    expect(lines(`swift upload c big ${size}`)).toEqual(names);
    expect(asked().at(-1)).toBe("PUT /v1/ACCOUNT/c/big?multipart-manifest=put");
    const stat = lines("swift stat c big").map((line) => line.trim());
    expect(stat).toContain("Content Length: 2500000");
    expect(stat).toContain("X-Static-Large-Object: True");
    expect(lines("swift download c big")[0]).toMatch(/^big \[auth /u);
    expect(lines("swift delete c big")).toEqual(["big"]);
    expect(asked().at(-1)).toBe("DELETE /v1/ACCOUNT/c/big?multipart-manifest=delete");
    bed.cloud.settle();
    expect(lines("swift list c_segments")).toEqual([]);
    expect(lines("swift list c")).toEqual([]);
  });

  it("looks at the pieces of a static large object that it overwrites, and leaves them (LP 1418007)", () => {
    lines("swift upload c big --size 2500000 -S 1048576 --use-slo");
    lines("swift upload c big --size 10");
    expect(asked().slice(-2)).toEqual([
      "GET /v1/ACCOUNT/c/big?multipart-manifest=get",
      "PUT /v1/ACCOUNT/c/big",
    ]);
    bed.cloud.settle();
    expect(lines("swift list c_segments")).toHaveLength(3);
  });

  it("says what is wrong with pieces that are too small for a static large object", () => {
    const { stderr, exit } = bed.run("swift upload c big --size 2500 -S 1000 --use-slo");
    expect(exit).toBe(1);
    expect(stderr).toContain("400 Bad Request");
    expect(stderr).toContain("Each segment, except the last, must be at least 1048576 byte\n");
  });

  it("sends a large file in pieces, and removes the pieces of what it overwrites", () => {
    expect(lines("swift upload c big --size 2500 -S 1000")).toEqual([
      ...["big segment 0", "big segment 1", "big segment 2", "big"],
    ]);
    bed.cloud.settle();
    expect(lines("swift list c_segments")).toEqual([
      "big/1411012989.000000/2500/1000/00000000",
      "big/1411012989.000000/2500/1000/00000001",
      "big/1411012989.000000/2500/1000/00000002",
    ]);
    const stat = lines("swift stat c big");
    expect(stat).toContain("      Manifest: c_segments/big/1411012989.000000/2500/1000/");
    expect(stat).toContain("Content Length: 2500");
    lines("swift upload c big --size 1200 -S 1000");
    bed.cloud.settle();
    expect(lines("swift list c_segments")).toEqual([
      "big/1411012989.000000/1200/1000/00000000",
      "big/1411012989.000000/1200/1000/00000001",
    ]);
  });

  it("tells what is wrong", () => {
    expect(failure("swift upload c gone")).toBe(
      "Local file 'gone' not found. There is no disk here: say with --size how many bytes it has.\n",
    );
    expect(failure("swift upload c")).toMatch(/^Usage: swift upload \[--changed\]/);
    expect(failure("swift upload c a b --size 1 --object-name x")).toBe(
      "object-name only be used with 1 file or dir\n",
    );
    lines("swift post c");
    expect(failure(`swift ${asDemo()} upload c a --size 1`)).toContain(
      "Account HEAD failed: http://controller:8080/v1/ACCOUNT 403 Forbidden",
    );
    expect(lines("swift upload c a --size 1 --object-name other/name")).toEqual(["other/name"]);
  });
});

describe("swift download", () => {
  it("fetches objects, each in a thread that logs in, and says how long that took", () => {
    filled();
    const printed = lines("swift download c y 'a b/x.txt'");
    const times = String.raw`auth 0\.\d{3}s, headers 0\.\d{3}s, total 0\.\d{3}s, 0\.\d{3} MB/s`;
    expect(printed).toEqual([
      expect.stringMatching(new RegExp(`^y \\[${times}\\]$`, "u")),
      expect.stringMatching(new RegExp(`^a b/x\\.txt \\[${times}\\]$`, "u")),
    ]);
    expect(asked()).toEqual([
      ...["POST /v2.0/tokens", "GET /v1/ACCOUNT/c/y"],
      ...["POST /v2.0/tokens", "GET /v1/ACCOUNT/c/a%20b/x.txt"],
    ]);
    expect(lines("swift download -q c")).toEqual([]);
    expect(lines("swift download --all").map((line) => line.replace(/ \[.*/u, ""))).toEqual([
      ...["c/a b/x.txt", "c/y"],
    ]);
  });

  it("tells what is not there, and what breaks in 2.3.1", () => {
    filled();
    expect(failure("swift download c nope")).toBe("Object 'c/nope' not found\n");
    expect(failure("swift download nope")).toBe("Container 'nope' not found\n");
    expect(failure("swift download -o - c y")).toBe(
      "Error downloading object 'c/y': 'Error downloading y: read_length != content_length, 0 != 11'\n",
    );
    expect(failure("swift download -o f c")).toBe(
      "-o option only allowed for single file downloads\n",
    );
    expect(failure("swift download")).toMatch(/^Usage: swift download \[--all\]/);
  });
});

describe("swift tempurl", () => {
  it("signs a URL that anybody may use, and asks nobody", () => {
    filled();
    lines("swift post -m Temp-URL-Key:secret");
    bed.cloud.settle();
    const path = `/v1/${account()}/c/y`;
    bed.mark();
    const { stdout } = bed.run(`swift tempurl GET 3600 ${path} secret`);
    expect(bed.requests).toEqual([]);
    expect(stdout).toMatch(/\?temp_url_sig=[0-9a-f]{40}&temp_url_expires=\d{10}\n$/u);
    bed.cloud.advance("61s");
    const got = bed.http("GET", `http://controller:8080${stdout.trim()}`, undefined, "");
    expect(got).toMatchObject({ status: 200, body: "hello again" });
  });

  it("wants whole seconds, and wonders at other methods", () => {
    expect(failure("swift tempurl GET soon /v1/a/c/o k")).toBe("Seconds must be an integer\n");
    expect(failure("swift tempurl GET -- -1 /v1/a/c/o k")).toContain(
      "seconds must be a positive integer",
    );
    expect(lines("swift tempurl patch 1 /v1/a/c/o k")[0]).toBe(
      "WARNING: Non default HTTP method PATCH for tempurl specified, possibly an error",
    );
    expect(failure("swift tempurl GET 1")).toMatch(/^Usage: swift tempurl <method>/);
  });
});

describe("swift capabilities", () => {
  it("prints what each part of the cluster can do", () => {
    const printed = lines("swift capabilities");
    expect(asked()).toEqual(["POST /v2.0/tokens", "GET /info"]);
    expect(printed.slice(0, 3)).toEqual(["Core: swift", " Options:", "  account_autocreate: True"]);
    expect(printed).toContain("  policies: [{u'default': True, u'name': u'Policy-0'}]");
    // No more than what the proxy's pipeline has here.
    const at = printed.indexOf("Additional middleware: bulk_delete");
    expect(printed.slice(at, at + 13)).toEqual([
      "Additional middleware: bulk_delete",
      ...[" Options:", "  max_deletes_per_request: 10000", "  max_failed_deletes: 1000"],
      "Additional middleware: container_quotas",
      "Additional middleware: keystoneauth",
      "Additional middleware: slo",
      ...[" Options:", "  max_manifest_segments: 1000", "  max_manifest_size: 2097152"],
      "  min_segment_size: 1048576",
      "Additional middleware: tempurl",
      " Options:",
    ]);
    expect(printed.filter((line) => line.startsWith("Additional"))).toHaveLength(5);
    expect(lines("swift info http://controller:8080/v1/x")).toEqual(printed);
    expect(asked()).toEqual(["GET /info"]);
  });
});

describe("a cloud that swift does not reach", () => {
  const refused = `HTTPConnectionPool(host='controller', port=8080): Max retries exceeded with url: /v1/ACCOUNT?format=json (Caused by <class 'socket.error'>: [Errno 111] Connection refused)\n`;

  it("is asked as often as --retries says, after pauses that double", () => {
    filled();
    bed.cloud.stop("swift-proxy-server@controller");
    const from = bed.cloud.kernel.now;
    expect(failure("swift -R 2 list")).toBe(refused);
    const get = "GET /v1/ACCOUNT?format=json";
    expect(asked()).toEqual(["POST /v2.0/tokens", get, get, get]);
    const took = bed.cloud.kernel.now - from;
    expect([took >= 3e6, took < 4e6]).toEqual([true, true]);
    expect(failure("swift --retries 0 stat c")).toBe("KeyError: 'items'\n");
    expect(asked()).toEqual(["POST /v2.0/tokens", "HEAD /v1/ACCOUNT/c"]);
  });
});

describe("the login of swift", () => {
  it("is one try, and its refusal ends a command", () => {
    expect(failure("swift --os-password wrong list")).toBe(
      "Unauthorized. Check username, password and tenant name/id.\n",
    );
    expect(asked()).toEqual(["POST /v2.0/tokens"]);
    expect(failure("swift --os-auth-url http://nowhere:5000/v2.0 list")).toBe(
      "Authorization Failure. Authorization Failed: Unable to establish connection to http://nowhere:5000/v2.0/tokens\n",
    );
    expect(failure("swift --os-service-type x list")).toBe(
      "Endpoint for x not found - have you specified a region?\n",
    );
    expect(failure("OS_TENANT_NAME= swift list")).toBe("No tenant specified\n");
    expect(failure("OS_PASSWORD= swift list").split("\n").slice(0, 2)).toEqual([
      "Auth version 1.0 requires ST_AUTH, ST_USER, and ST_KEY environment variables",
      "to be set or overridden with -A, -U, or -K.",
    ]);
  });

  it("takes the tenant from the user's name, or nothing from anybody", () => {
    filled();
    expect(lines("OS_TENANT_NAME= swift -V 2 -U admin:admin -K secret list")).toEqual(["c"]);
    const token = bed.login();
    const given = `swift --os-auth-token ${token} --os-storage-url ${url()} list`;
    expect(lines(`OS_USERNAME= ${given}`)).toEqual(["c"]);
    expect(asked()[0]).toBe("GET /v1/ACCOUNT?format=json");
  });

  it.each([
    ["swift -V 3 list", "version 3 of the login of swift is not simulated\n"],
    [
      "swift -A http://controller/auth -U a -K b list",
      "version 1 of the login of swift is not simulated\n",
    ],
    ["swift --debug list", "swift --debug is not simulated\n"],
  ])("%s is refused", (command, message) => {
    expect(failure(command)).toBe(message);
  });
});

describe("the sizes and labels of swift", () => {
  it.each([
    [0, "   0"],
    [1023, "1023"],
    [1024, "1.0K"],
    [10_240, " 10K"],
    [13_631_488, " 13M"],
    ["5", "   5"],
  ])("writes %j as %j", (bytes, text) => {
    expect(printedBytes(bytes, true)).toBe(text);
  });

  it("begins each part of a name with a capital", () => {
    expect(title("x-object-META-a1b")).toBe("X-Object-Meta-A1B");
  });
});
