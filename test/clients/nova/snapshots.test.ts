/** `nova image-create` and `nova backup`. Upstream: novaclient/v1_1/shell.py, servers.py at 2.20.0. */
import { describe, expect, it } from "vitest";
import { respond } from "../../../src/http/index.js";
import { Bed } from "../bed.js";
import { AT_FAKE, fakeNovaApi } from "../fake-nova-api.js";

const bed = new Bed();

describe("nova image-create", () => {
  it("asks and says nothing", () => {
    bed.mark();
    const { stdout, exit } = bed.run("nova image-create t2 monday");
    expect([stdout, exit]).toEqual(["", 0]);
    expect(bed.requests.at(-1)).toMatch(/^POST \/servers\/[0-9a-f-]{36}\/action$/u);
    bed.cloud.advance("60s");
  });

  it("--show shows the image as it is then", () => {
    const { stdout } = bed.run("nova image-create t2 tuesday --show");
    expect(stdout).toMatch(/\| status +\| SAVING/u);
    expect(stdout).toMatch(/\| metadata image_type +\| snapshot/u);
    bed.cloud.advance("60s");
  });

  it("--poll looks every five seconds until the image is there, then at the server's task without a word", () => {
    bed.mark();
    const { stdout, exit } = bed.run("nova image-create t2 wednesday --poll");
    expect(exit).toBe(0);
    expect(stdout).toMatch(
      /^\n(\rServer snapshotting\.\.\. (25|50)% complete)+\rServer snapshotting\.\.\. 100% complete\nFinished\n$/u,
    );
    const asked = bed.requests.map((request) => request.replace(/[0-9a-f-]{36}/u, "{id}"));
    const looks = asked.slice(asked.findIndex((request) => request.endsWith("/action")) + 1);
    expect(new Set(looks)).toEqual(new Set(["GET /images/{id}", "GET /servers/{id}"]));
    expect(looks.at(-1)).toBe("GET /servers/{id}");
  });

  it("--poll of an image that is in error ends in an AttributeError: an image has no fault", () => {
    const server = { id: "1", name: "t2", status: "ACTIVE" };
    const image = { id: "7", name: "i", status: "ERROR" };
    fakeNovaApi(bed, {
      "GET /servers/1": respond(200, { server }),
      "POST /servers/1/action": respond(202, null, { location: "http://x/v2/x/images/7" }),
      "GET /images/7": respond(200, { image }),
    });
    const { stdout, stderr, exit } = bed.run(`nova ${AT_FAKE} image-create 1 i --poll`);
    expect([stdout, stderr, exit]).toEqual([
      "\n\nError snapshotting server\n",
      "ERROR (AttributeError): fault\n",
      1,
    ]);
  });
});

describe("nova backup", () => {
  it("hands on the rotation as it was typed", () => {
    const { stderr } = bed.run("nova backup t2 b daily some");
    expect(stderr).toContain(
      "ERROR (BadRequest): createBackup attribute 'rotation' must be an integer (HTTP 400)",
    );
    expect(bed.run("nova backup t2 b daily 1")).toMatchObject({ stdout: "", exit: 0 });
  });
});
