/**
 * Horizon as a browser has it: what the simulated one answers, as real pages with real forms; and that a session with clicks
 * and faults is done again from its recording. Upstream: openstack/horizon at 2014.2, as cited.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { folder, novasim, type Setting } from "../cli/bed.js";
import { ask, serve, type Reply } from "./bed.js";

const REAL: Setting = {
  makeWorld: (options) => new Cloud(options),
  catalogue: flagCatalogue(),
};

/** A browser with a jar of cookies, and no more: it sends what stands in the forms of the page before. */
class Browser {
  readonly #jar = new Map<string, string>();
  readonly #port: number;
  page = "";

  constructor(port: number) {
    this.#port = port;
  }

  async get(path: string): Promise<Reply> {
    return await this.#send(path, {});
  }

  /** The first form of the page, with `values` written into it. */
  async post(path: string, values: Readonly<Record<string, string>>): Promise<Reply> {
    const token = /name="csrfmiddlewaretoken" value="([0-9a-f]{32})"/u.exec(this.page)?.[1] ?? "";
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, ...values }).toString();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return await this.#send(path, { method: "POST", body, headers: type });
  }

  async #send(
    path: string,
    sent: { method?: string; body?: string; headers?: Record<string, string> },
  ): Promise<Reply> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...sent.headers, ...(cookie !== "" && { cookie }) };
    const reply = await ask(this.#port, path, { ...sent, headers });
    for (const one of reply.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^(\w+)=([^;]*)/u.exec(one) ?? [];
      if (one.includes("Max-Age=0")) this.#jar.delete(name);
      else this.#jar.set(name, value);
    }
    const { location } = reply.headers;
    if (reply.status === 302 && location !== undefined) return await this.get(location);
    this.page = reply.text;
    return reply;
  }

  /** The words of each `tag`. */
  texts(tag: string): string[] {
    const found = this.page.matchAll(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]*?)</${tag}>`, "gu"));
    return [...found].map(([, inner = ""]) =>
      inner
        .replaceAll(/<[^>]*>/gu, " ")
        .replaceAll(/\s+/gu, " ")
        .trim(),
    );
  }
}

describe("Horizon of a cloud that is served", () => {
  it("is clicked by a browser, and all of it, faults too, is done again from the recording", async () => {
    const bed = await serve({ watched: true });
    onTestFinished(() => bed.close());
    const browser = new Browser(bed.portOf(80));
    const login = await browser.get("/");
    expect(login.headers["content-security-policy"]).toMatch(
      /^default-src 'none'; style-src 'sha256-[^ ]+'; script-src 'sha256-[^ ]+';/u,
    );
    expect(browser.texts("title")).toEqual(["Login - OpenStack Dashboard"]);

    // openstack_dashboard/settings.py:118 (CsrfViewMiddleware), 2014.2.
    const forged = await browser.post("/auth/login/", { csrfmiddlewaretoken: "0".repeat(32) });
    expect([forged.status, browser.texts("h3")]).toEqual([
      403,
      ["CSRF verification failed. Request aborted."],
    ]);
    await browser.get("/");
    await browser.post("/auth/login/", { username: "demo", password: "wrong" });
    expect(browser.texts("p")[0]).toBe("Invalid user name or password.");
    await browser.post("/auth/login/", { username: "demo", password: "secret" });
    expect(browser.texts("h2")).toEqual(["Instance Overview"]);

    // openstack_dashboard/dashboards/project/instances/tables.py:883-914 (InstancesTable), 2014.2.
    await browser.get("/project/instances/");
    expect(browser.texts("th").slice(1)).toEqual([
      ...["Instance Name", "Image Name", "IP Address", "Size", "Key Pair", "Status"],
      ...["Availability Zone", "Task", "Power State", "Time since created", "Actions"],
    ]);
    expect(browser.page).toContain("No items to display.");

    const driver = '{"driver":"spawn","host":"compute-1","error":"no disk","times":1}';
    const made = await ask(bed.livePort, "/novasim/faults", { method: "POST", body: driver });
    expect(made.status).toBe(201);
    const launch = async (name: string): Promise<void> => {
      await browser.get("/project/instances/launch");
      await browser.post("/project/instances/launch", {
        ...{ name, flavor: "42", count: "1", source_type: "image_id", groups: "default" },
        image_id: bed.cloud.id("image", "cirros") ?? "",
        network: bed.cloud.id("network", "private") ?? "",
        ...{ availability_zone: "nova", script_source: "raw", disk_config: "AUTO" },
      });
    };
    const name = "<script>alert(1)</script>";
    await launch(name);
    expect(browser.page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(browser.page).not.toContain("<script>alert");
    expect(browser.texts("tr")[1]).toContain("Error");
    expect((await ask(bed.livePort, "/novasim/faults")).json()).toMatchObject({
      faults: [{ kind: "driver", strikes: 1 }],
    });
    const healed = await ask(bed.livePort, "/novasim/faults/driver", { method: "DELETE" });
    expect(healed.json()).toMatchObject({ faults: [{ lifted: true }] });

    await launch("t3");
    const { id = "" } = bed.cloud.server("t3") ?? {};
    const offered = (): string[] => browser.texts("button").filter((text) => /^[A-Z]/u.test(text));
    // openstack_dashboard/dashboards/project/instances/tables.py:671 (StartInstance.allowed), 701 (StopInstance), 2014.2.
    expect(offered()).toContain("Shut Off Instance");
    expect(offered()).not.toContain("Start Instance");
    await browser.post("/project/instances/", { action: `instances__stop__${id}` });
    expect(browser.texts("p")[0]).toBe("Success: Shut Off Instance: t3");
    expect(offered()).toContain("Start Instance");

    // A row that is asked for by the page's script is a row of the same table.
    const update = await browser.get(
      `/project/instances/?action=row_update&table=instances&obj_id=${id}`,
    );
    expect(update.text).toMatch(/^<tr class="status_/u);
    await bed.close();
    expect(bed.broken).toEqual([]);

    const cwd = folder({ "session.jsonl": `${bed.lines.join("\n")}\n` });
    const replayed = await novasim(cwd, ["replay", "session.jsonl"], REAL);
    expect([replayed.code, replayed.stderr]).toEqual([0, expect.stringContaining("same")]);
    const scenario = ["record-to-scenario", "session.jsonl", "--out", "s.yaml"];
    expect(await novasim(cwd, scenario)).toMatchObject({ code: 0 });
    const text = readFileSync(join(cwd, "s.yaml"), "utf8");
    expect(text).toMatch(/ {2}- fault:\n {6}driver: spawn\n {6}host: compute-1\n/u);
    expect(text).toContain("  - heal: driver\n");
    expect(await novasim(cwd, ["check", "s.yaml"], REAL)).toMatchObject({ code: 0 });
  });
});
