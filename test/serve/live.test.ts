/** The live page's own port: the recording as it is written, and who may have it. */
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { Feed } from "../../src/serve/live/feed.js";
import { ask, login, serve, type Bed } from "./bed.js";

const HEADER =
  '{"timeline":1,"states":{"nova":{"instances":{"thing":"server","columns":["vm_state","task_state"]}}}}';

/** The events of a stream, until `enough` of what has come. */
async function events(
  port: number,
  enough: (text: string) => boolean,
  headers: Record<string, string> = {},
): Promise<string> {
  const sent = request({ port, host: "127.0.0.1", path: "/novasim/events", agent: false, headers });
  sent.end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) {
    text += (chunk as Buffer).toString();
    if (enough(text)) break;
  }
  sent.destroy();
  return text;
}

const linesIn = (text: string): string[] =>
  [...text.matchAll(/^data: (\{"seq".*)$/gmu)].map(([, line = ""]) => line);
const lastId = (text: string): string => [...text.matchAll(/^id: (.*)$/gmu)].at(-1)?.[1] ?? "";

describe("the live page", () => {
  it("gets every line of the recording once, also when it reconnects or comes late", async () => {
    const bed = await serve({ watched: true });
    onTestFinished(() => bed.close());
    const whole = (text: string) => linesIn(text).length >= bed.lines.length - 1;
    const first = await events(bed.livePort, whole);
    expect(first).toContain("event: session\n");
    const { token } = await login(bed);
    const second = await events(
      bed.livePort,
      (text) => linesIn(text).length >= bed.lines.length - 1 - linesIn(first).length,
      { "last-event-id": lastId(first) },
    );
    expect(second).not.toContain("event: session");
    expect([...linesIn(first), ...linesIn(second)]).toEqual(bed.lines.slice(1));
    // Of another run nothing is known.
    const late = await events(bed.livePort, whole, { "last-event-id": "other/3" });
    expect(late).toContain("event: session\n");
    expect(linesIn(late)).toEqual(bed.lines.slice(1));
    expect(token).not.toBe("");
  });

  it("is for nobody who names it otherwise, and lets nothing run but its own script", async () => {
    const bed = await serve({ watched: true });
    onTestFinished(() => bed.close());
    const { livePort: port } = bed;
    const page = await ask(port, "/");
    expect([page.status, page.headers["content-security-policy"]]).toEqual([
      200,
      expect.stringContaining("default-src 'none'; script-src 'self'; style-src 'self'"),
    ]);
    expect(page.text).not.toMatch(/<script(?! type="module" src="\/live\.js")|style=|onload/u);
    for (const [path, sent, status] of [
      ["/", { headers: { host: "evil.example" } }, 403],
      ["/novasim/events", { headers: { origin: "http://evil.example" } }, 403],
      ["/novasim/faults", { method: "POST", headers: { origin: "null" }, body: "{}" }, 403],
      ["/novasim/faults/delay", {}, 405],
      ["/novasim/faults", { method: "POST", body: "x".repeat(70_000) }, 413],
      ["/", { method: "POST" }, 405],
      ["/../package.json", {}, 404],
    ] as const) {
      expect([path, (await ask(port, path, sent)).status]).toEqual([path, status]);
    }
  });

  it("keeps the end of a long recording, and of what was before only how it stands", () => {
    const feed = new Feed();
    feed.write(HEADER);
    const db = (seq: number, key: string, op: string, state: string) =>
      JSON.stringify({
        ...{ seq, at: 0, kind: "db", project: "nova", table: "instances", op, key },
        changes: { vm_state: [null, state], display_name: [null, `s-${key}`] },
      });
    const most = 16_000;
    for (let seq = 0; seq < most; seq++) {
      if (seq % 2 === 0) feed.write(db(seq, String(seq), "insert", "active"));
      else if (seq % 6 === 1)
        feed.write(`{"seq":${String(seq)},"kind":"service","actor":"a","event":"crashed"}`);
      // All but every third are deleted again.
      else feed.write(db(seq, String(seq - 1), "update", "deleted"));
    }
    expect(most - feed.first).toBeLessThanOrEqual(12_000);
    const { text = "", next } = feed.from(feed.first) ?? {};
    expect(text.split("\n")[0]).toContain(`{"seq":${String(feed.first)},`);
    expect(next).toBeLessThan(most);
    const { rows, services } = feed.before?.told() as { rows: unknown[]; services: unknown[] };
    expect(rows.length).toBe(Math.ceil(feed.first / 6));
    expect(rows[0]).toEqual({
      ...{ project: "nova", table: "instances", key: "0" },
      columns: { vm_state: "active", display_name: "s-0" },
    });
    expect(services).toEqual([{ actor: "a", event: "crashed" }]);
  });
});

describe("faults of a cloud that is served", () => {
  const fault = (bed: Bed, body: string) =>
    ask(bed.livePort, "/novasim/faults", { method: "POST", body });

  it("are said in the words of scenario files, and refused in them", async () => {
    const bed = await serve({ watched: true });
    onTestFinished(() => bed.close());
    const messages = [
      [
        "drop: { metod: x }",
        /1:9: error: unknown key `metod`[^]*\^\^\^\^\^[^]*Did you mean `method`/u,
      ],
      ['{"drip": {}}', /unknown kind of fault `drip`[^]*Did you mean `drop`/u],
      [
        "driver: spawn\nhost: compute-9\nerror: x",
        /2:7: error: there is no compute host "compute-9"/u,
      ],
      ["drop: { topic: computee }", /nobody listens at topic "computee"\. Did you mean "compute"/u],
      ["drop: { a: &a [*a] }", /error:/u],
      ["  \n", /A fault is needed/u],
    ] as const;
    for (const [body, words] of messages) {
      const { status, json } = await fault(bed, body);
      expect(status).toBe(400);
      expect((json() as { error: { message: string } }).error.message).toMatch(words);
    }
    expect((await ask(bed.livePort, "/novasim/faults")).json()).toEqual({ faults: [] });
    expect(bed.broken).toEqual([]);
  });
});
