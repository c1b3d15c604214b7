/** What real clients did, made into a scenario that does the same and can be edited. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { folder, novasim, type Setting } from "../cli/bed.js";
import { ask, login, serve } from "./bed.js";

const REAL: Setting = {
  makeWorld: (options) => new Cloud(options),
  catalogue: flagCatalogue(),
};

describe("novasim record-to-scenario", () => {
  it("makes a scenario that holds of a session, with names for what answers brought", async () => {
    const bed = await serve();
    const { token, project } = await login(bed);
    const headers = { "x-auth-token": token };
    const servers = `/v2/${project}/servers`;
    const [image, network] = [bed.cloud.id("image", "cirros"), bed.cloud.id("network", "private")];
    const server = (name: string) => ({
      ...{ method: "POST", headers },
      body: { server: { name, imageRef: image, flavorRef: "42", networks: [{ uuid: network }] } },
    });
    const nova = bed.portOf(8774);
    await ask(nova, "/");
    const made = (await ask(nova, servers, server("t1"))).json() as { server: { id: string } };
    const one = `${servers}/${made.server.id}`;
    for (let polls = 0; polls < 3; polls++) await ask(nova, one, { headers });
    // Both are there before either is looked at.
    const both = ["a", "b"].map((name) => {
      const text = JSON.stringify(server(name).body);
      const data = { bytes: text.length, checksum: "0".repeat(32) };
      const request = {
        to: "controller:8774",
        method: "POST",
        target: servers,
        headers,
        text,
        data,
      };
      return new Promise((done) => {
        bed.served.exchange.submit(request, done);
      });
    });
    await Promise.all(both);
    await ask(nova, `${one}/action`, { method: "POST", headers, body: { shelve: null } });
    await ask(nova, `${servers}/nope`, { headers });
    await bed.close();

    const cwd = folder({ "session.jsonl": `${bed.lines.join("\n")}\n` });
    const written = await novasim(cwd, ["record-to-scenario", "session.jsonl", "--out", "s.yaml"]);
    expect(written).toMatchObject({ code: 0 });
    const text = readFileSync(join(cwd, "s.yaml"), "utf8");
    expect(text).toContain("token_1: access.token.id");
    expect(text).toContain("/servers/{{server_1}}/action");
    expect(text).toContain("together:");
    expect(text).toContain("status: 404");
    expect(text).not.toContain(made.server.id);
    // Two of three polls had nothing new to say, and are the time that went by.
    expect(
      text.split("path: ").filter((path) => /^\S+\{\{server_1\}\}\n/u.test(path)),
    ).toHaveLength(1);
    const { code, stderr } = await novasim(cwd, ["run", "-q", "s.yaml"], REAL);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("refuses a recording into which nobody came", async () => {
    const cwd = folder({ "s.yaml": "scenario: s\nsteps: [{ note: x }]\n" });
    await novasim(cwd, ["run", "s.yaml", "--record", "s.jsonl"], REAL);
    const { code, stderr } = await novasim(cwd, ["record-to-scenario", "s.jsonl"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("no session that was served")]);
  });
});
