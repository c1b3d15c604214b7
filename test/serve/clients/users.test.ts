/**
 * What users of 2014 typed and recorded, typed with the clients of today: the same requests in the same order, the same
 * answer to the last of them, the same table. The client looks for images at Glance now, and asks for versions first.
 */
import { describe, expect, it, onTestFinished } from "vitest";
import { type Json } from "../../../src/python/index.js";
import { serve, type Bed } from "../bed.js";
import { CLIENTS, Shell } from "./clients.js";

interface Request {
  readonly what: string;
  readonly body: Json;
}

/** What has come in since the line `from` of the recording. */
function requests(bed: Bed, from: number): Request[] {
  return bed.lines.slice(from).flatMap((line) => {
    const entry = JSON.parse(line) as {
      arrived?: { method: string; target: string; text?: string };
    };
    if (entry.arrived === undefined) return [];
    const { method, target, text } = entry.arrived;
    const body = text === undefined ? null : (JSON.parse(text) as Json);
    return [{ what: `${method} ${target}`, body }];
  });
}

describe.runIf(CLIENTS)("what users typed in 2014", () => {
  it("is typed today, and does and says the same", async () => {
    const bed = await serve();
    const sh = new Shell(bed, "demo", "2");
    onTestFinished(async () => {
      sh.close();
      await bed.close();
      expect(bed.broken).toEqual([]);
    });
    const [image, network] = [bed.cloud.id("image", "cirros"), bed.cloud.id("network", "private")];
    /** Types a line. @returns those of its requests that `kinds` are, without the project, and what was said */
    const types = async (line: string, kinds: readonly RegExp[]) => {
      const from = bed.lines.length;
      const { exit, stderr } = await sh.run(line);
      expect(exit).toBe(0);
      const sent = requests(bed, from).map(({ what, body }) => ({
        what: what.replace(/\/v2\/[0-9a-f]{32}/u, "/v2/TENANT"),
        body,
      }));
      return { sent: sent.filter(({ what }) => kinds.some((kind) => kind.test(what))), stderr };
    };

    const boot = `nova --debug boot t2 --flavor m1.nano --image ${image} --nic net-id=${network}`;
    const booted = await types(boot, [/tokens/u, /images\//u, /flavors\/m1/u, /^POST .*servers/u]);
    expect(new Set(booted.sent.map(({ what }) => what))).toEqual(
      new Set([
        "POST /v2.0/tokens",
        `GET /v2/images/${image}`,
        "GET /v2/TENANT/flavors/m1.nano",
        "POST /v2/TENANT/servers",
      ]),
    );
    const { body } = booted.sent.find(({ what }) => what.endsWith("/servers")) ?? { body: null };
    expect(body).toEqual({
      server: {
        ...{ name: "t2", imageRef: image, flavorRef: "42", max_count: 1, min_count: 1 },
        networks: [{ uuid: network }],
      },
    });

    const { stdout } = await sh.run("nova list");
    expect(stdout).toMatch(
      /^\| ID +\| Name +\| Status +\| Task State \| Power State \| Networks +\|$/mu,
    );
    expect(stdout).toMatch(/\| t2 +\| ACTIVE \| - +\| Running +\| private=192\.168\.1\.\d+ +\|/u);

    const shelved = await types("nova --debug shelve t2", [/tokens/u, /servers/u]);
    const id = bed.cloud.id("server", "t2");
    expect(shelved.sent.map(({ what }) => what)).toEqual([
      "POST /v2.0/tokens",
      "GET /v2/TENANT/servers?name=t2",
      `GET /v2/TENANT/servers/${id}`,
      `POST /v2/TENANT/servers/${id}/action`,
    ]);
    expect(shelved.sent.at(-1)?.body).toEqual({ shelve: null });
    const answer = shelved.stderr.split("\n").find((line) => line.includes("RESP: [202]")) ?? "";
    for (const header of [
      /\bcontent-length: 0\b/u,
      /\bcontent-type: text\/html; charset=UTF-8/u,
      /\bdate: Thu, 18 Sep 2014 \d\d:\d\d:\d\d GMT/u,
      /\bx-compute-request-id: req-[0-9a-f-]{36}/u,
    ]) {
      expect(answer).toMatch(header);
    }
  });
});
