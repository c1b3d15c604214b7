/** The program `glance-cache-manage`: what it asks and prints. Upstream: glance/cmd/cache_manage.py, glance/common/{client,auth}.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { readCommand } from "../../src/clients/index.js";
import { Bed } from "./bed.js";

const FLAGS = { "glance-api": { "paste_deploy.flavor": "keystone+cachemanagement" } };

const bed = new Bed({ seed: 5, servers: [], flags: FLAGS });

function run(line: string) {
  bed.mark();
  return bed.run(line);
}

const DEMO = "--os-username demo --os-password secret --os-tenant-name demo";

describe("glance-cache-manage", () => {
  it("logs in without asking what Keystone speaks, and asks the host of the catalog, not --host", () => {
    expect([run("glance-cache-manage --host elsewhere list-cached"), bed.requests]).toEqual([
      { stdout: "No cached images.\n", stderr: "", exit: 0 },
      ["POST /v2.0/tokens", "GET /v1/cached_images"],
    ]);
  });

  it("prints columns of fixed width", () => {
    run("glance-cache-manage -f queue-image some-image");
    expect(run("glance-cache-manage list-queued").stdout.split("\n")).toEqual([
      "Found 1 queued images...",
      "ID                                  ",
      "------------------------------------",
      "some-image                          ",
      "",
    ]);
  });

  it("says what it has done only with -v, before the command or behind it", () => {
    const lines = ["-v -f queue-image a", "queue-image -f -v b", "-f queue-image c"];
    expect(lines.map((line) => run(`glance-cache-manage ${line}`).stdout)).toEqual([
      "Queued image a for caching\n",
      "Queued image b for caching\n",
      "",
    ]);
    expect(run("glance-cache-manage -f -v delete-all-queued-images").stdout).toMatch(
      /^Deleted \d queued images\n$/u,
    );
  });

  it("asks whether one is sure, and finds nobody who answers", () => {
    expect([run("glance-cache-manage delete-cached-image x"), bed.requests]).toEqual([
      {
        stdout:
          "Delete cached image x? [y/N] Failed to delete the specified cached image. Got error:\nEOF when reading a line\n",
        stderr: "",
        exit: 1,
      },
      [],
    ]);
  });

  it.each(["queue-image", "queue-image a b"])("%s: one image, no more and no less", (line) => {
    expect(run(`glance-cache-manage -f ${line}`)).toEqual({
      stdout:
        "Please specify one and only ID of the image you wish to \nqueue from the cache as the first argument\n",
      stderr: "",
      exit: 1,
    });
  });

  it("tells who may not, and logs in twice where a password is wrong", () => {
    expect([
      run(`glance-cache-manage ${DEMO} list-cached`).stdout,
      run("glance-cache-manage --os-password wrong list-cached").stdout,
      bed.requests,
    ]).toEqual([
      "Not authorized to make this request.\n",
      "Failed to show cached images. Got error:\nYou are not authenticated.\n",
      ["POST /v2.0/tokens", "POST /v2.0/tokens"],
    ]);
  });

  it.each([
    [
      "--os-auth-url http://nowhere:5000/v2.0",
      "Connect error/bad request to Auth service at URL http://nowhere:5000/v2.0/tokens.",
    ],
    ["--os-region-name Mars", "Response from Keystone does not contain a Glance endpoint."],
    [
      "--os-auth-url http://controller:5000",
      "Auth service at URL http://controller:5000/tokens not found.",
    ],
  ])("%s: %s", (option, message) => {
    expect(run(`glance-cache-manage ${option} list-queued`).stdout).toBe(
      `Failed to show queued images. Got error:\n${message}\n`,
    );
  });

  it("does not know other commands", () => {
    const reading = readCommand("glance-cache-manage list-all");
    expect([reading.ok, !reading.ok && reading.message]).toEqual([
      false,
      expect.stringContaining("invalid choice: 'list-all'"),
    ]);
  });
});

it("without the middleware nothing is found, and the host of the command line is blamed", () => {
  const plain = new Bed({ seed: 5, servers: [] });
  expect(plain.run("glance-cache-manage -H here list-cached").stdout).toBe(
    "Cache management middleware not enabled on host here\n",
  );
});
