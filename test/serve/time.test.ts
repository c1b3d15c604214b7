/** How time goes by before real clients, and that a session can be had again: from its recording, and by asking the same. */
import { describe, expect, it, onTestFinished } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { seconds } from "../../src/kernel/index.js";
import { Polls } from "../../src/serve/time/settling.js";
import { folder, novasim, type Setting } from "../cli/bed.js";
import { ask, login, serve, type Bed, type Login } from "./bed.js";

/** The command with a whole cloud. */
const REAL: Setting = {
  makeWorld: (options) => new Cloud(options),
  catalogue: flagCatalogue(),
};

async function served(...setting: Parameters<typeof serve>): Promise<Bed> {
  const bed = await serve(...setting);
  onTestFinished(() => bed.close());
  return bed;
}

async function boot(bed: Bed, { token, project }: Login, name: string): Promise<string> {
  const server = {
    name,
    imageRef: bed.cloud.id("image", "cirros"),
    flavorRef: "42",
    networks: [{ uuid: bed.cloud.id("network", "private") }],
  };
  const reply = await ask(bed.portOf(8774), `/v2/${project}/servers`, {
    ...{ method: "POST", headers: { "x-auth-token": token }, body: { server } },
  });
  return (reply.json() as { server: { id: string } }).server.id;
}

async function statusOf(bed: Bed, { token, project }: Login, id: string): Promise<string> {
  const headers = { "x-auth-token": token };
  const reply = await ask(bed.portOf(8774), `/v2/${project}/servers/${id}`, { headers });
  return (reply.json() as { server: { status: string } }).server.status;
}

describe("time before real clients", () => {
  it("goes on until nothing is under way, so that the first look finds what was asked for", async () => {
    const bed = await served();
    const demo = await login(bed);
    const id = await boot(bed, demo, "t1");
    expect(await statusOf(bed, demo, id)).toBe("ACTIVE");
    expect(bed.broken).toEqual([]);
  });

  it("goes by with each poll, so that what is done every hour comes too", async () => {
    const bed = await served({
      text: "scenario: s\ncloud: { flags: { shelved_offload_time: 60 } }\nsteps: [{ note: x }]\n",
    });
    const demo = await login(bed);
    const id = await boot(bed, demo, "t1");
    await ask(bed.portOf(8774), `/v2/${demo.project}/servers/${id}/action`, {
      ...{ method: "POST", headers: { "x-auth-token": demo.token }, body: { shelve: null } },
    });
    const seen: string[] = [];
    for (let polls = 0; polls < 30; polls++) seen.push(await statusOf(bed, demo, id));
    expect([seen[0], seen.at(-1)]).toEqual(["SHELVED", "SHELVED_OFFLOADED"]);
  });

  it("stands still between requests that are no polls", async () => {
    const bed = await served();
    const before = bed.cloud.now;
    for (let logins = 0; logins < 5; logins++) await login(bed);
    expect(bed.cloud.now - before).toBeLessThan(seconds(1));
  });

  it("follows the clock at a pace", async () => {
    const bed = await served({ pace: 1000 });
    const demo = await login(bed);
    const id = await boot(bed, demo, "t1");
    let status = "";
    while (status !== "ACTIVE") status = await statusOf(bed, demo, id);
    expect(bed.cloud.now).toBeGreaterThan(seconds(2));
  });

  it("ends only when what is under way has been answered, and the connection with it", async () => {
    // So slowly that no answer can be there before the end is wanted.
    const bed = await served({ pace: 0.05 });
    const port = bed.portOf(5000);
    const arrived = bed.recorded('"kind":"arrival"');
    const reply = ask(port, "/v3", { headers: { connection: "keep-alive" } });
    await arrived;
    await bed.close();
    const { status, headers } = await reply;
    expect([status, headers.connection]).toEqual([200, "close"]);
    expect(bed.lines.at(-1)).toContain('"kind":"closed"');
    await expect(ask(port, "/v3")).rejects.toThrow("ECONNREFUSED");
  });

  it("lets more time go by from poll to poll, but only while the answer is the same", () => {
    const polls = new Polls();
    const poll = (answer: string): number => {
      const pause = polls.pauseBefore("GET", "/a");
      polls.answered("GET", "/a", answer);
      return pause / 1e6;
    };
    expect(["x", "x", "x", "x"].map(poll)).toEqual([1, 1, 2, 4]);
    expect(["y", "y", "y"].map(poll)).toEqual([8, 1, 2]);
    for (const other of ["/b", "/c", "/d"]) polls.pauseBefore("GET", other);
    expect(poll("y")).toBe(1);
    expect(polls.pauseBefore("POST", "/a")).toBe(0);
  });

  it("goes by slowly before who has seen nothing new for two hours, and never stands still", () => {
    const polls = new Polls();
    const pauses = Array.from({ length: 200 }, () => {
      const pause = polls.pauseBefore("GET", "/a");
      polls.answered("GET", "/a", "the same");
      return pause / 1e6;
    });
    const sum = (some: readonly number[]): number => some.reduce((all, one) => all + one, 0);
    expect(sum(pauses.slice(0, 34))).toBeGreaterThan(2 * 3600);
    expect(sum(pauses.slice(0, 30))).toBeLessThan(2 * 3600);
    expect(new Set(pauses.slice(40))).toEqual(new Set([1, 300]));
    expect(pauses.slice(40).filter((pause) => pause > 1)).toHaveLength(10);
  });
});

/** A session with a race in it. */
async function session(bed: Bed): Promise<string[]> {
  const demo = await login(bed);
  const headers = { "x-auth-token": demo.token };
  const servers = `/v2/${demo.project}/servers`;
  const texts: string[] = [demo.token];
  const id = await boot(bed, demo, "t1");
  const looks = [servers, `${servers}/detail`, `${servers}/${id}`, "/", "/nowhere"];
  for (const path of looks) {
    const { status, text, headers: said } = await ask(bed.portOf(8774), path, { headers });
    texts.push(JSON.stringify([status, said, text]));
  }
  return texts;
}

describe("a session", () => {
  it("has the same answers, byte for byte, from a fresh cloud that is asked the same", async () => {
    // The catalog has the ports in it.
    const base = 21_000;
    const first = await serve({ base });
    const before = await session(first);
    await first.close();
    const second = await serve({ base });
    const after = await session(second);
    await second.close();
    expect(after).toEqual(before);
    expect(second.lines).toEqual(first.lines);
  });

  it("is done again from its recording without anybody outside, races and all", async () => {
    const bed = await serve();
    const demo = await login(bed);
    await session(bed);
    await Promise.all(["a", "b", "c"].map((name) => boot(bed, demo, name)));
    await ask(bed.portOf(9292), "/v1/images", {
      ...{ method: "POST", body: Buffer.alloc(5000, 0xff) },
      headers: {
        "x-auth-token": demo.token,
        "x-image-meta-name": "bytes",
        "x-image-meta-disk_format": "raw",
        "x-image-meta-container_format": "bare",
      },
    });
    await bed.close();
    const cwd = folder({ "session.jsonl": `${bed.lines.join("\n")}\n` });
    const { code, stderr } = await novasim(cwd, ["replay", "session.jsonl"], REAL);
    expect(stderr).toContain(`the same, ${String(bed.lines.length - 1)} entries`);
    expect(code).toBe(0);
  });

  it("whose recording broke off is done again as far as it goes", async () => {
    const bed = await serve();
    await session(bed);
    await bed.close();
    const most = bed.lines.slice(0, -20).join("\n");
    const cwd = folder({ "session.jsonl": most });
    const { code, stderr } = await novasim(cwd, ["replay", "session.jsonl"], REAL);
    expect([code, stderr]).toEqual([0, expect.stringContaining("as far as it goes")]);
  });

  it("in which one answer is another is not the same", async () => {
    const bed = await serve();
    await session(bed);
    await bed.close();
    const forged = bed.lines.map((line) =>
      line.includes('"kind":"rest.response"') ? line.replace('"status":202', '"status":200') : line,
    );
    const cwd = folder({ "session.jsonl": `${forged.join("\n")}\n` });
    const { code, stderr } = await novasim(cwd, ["replay", "session.jsonl"], REAL);
    expect([code, stderr]).toEqual([3, expect.stringContaining("status")]);
  });
});
