import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CloudError } from "../../src/cloud/errors.js";
import { readTimeline } from "../../src/timeline/index.js";
import { TinyCloud } from "../scenario/fake-cloud.js";
import { BOOT, folder, LONG, novasim } from "./bed.js";

const FAILING = BOOT.replace("status: ACTIVE", "status: SHELVED");

describe("novasim run", () => {
  it("prints the flow on standard output and talks on standard error", async () => {
    const { code, stdout, stderr } = await novasim(folder({ "boot.yaml": BOOT }), [
      "run",
      "boot.yaml",
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain("boot: Boot an instance");
    expect(stdout).toContain("POST /v2/t/servers");
    expect(stderr).toMatch(
      /^boot: ok, 2 steps, \d+ entries, \d+(\.\d+)?s of virtual time, seed 7\n$/u,
    );
  });

  it("prints nothing but the timeline with --as jsonl, the same bytes each time", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const first = await novasim(cwd, ["run", "boot.yaml", "--as", "jsonl"]);
    const second = await novasim(cwd, ["run", "boot.yaml", "--as", "jsonl", "-q"]);
    expect(first.stdout).toBe(second.stdout);
    expect(second.stderr).toBe("");
    expect(readTimeline(first.stdout).header).toMatchObject({ scenario: "boot", seed: 7 });
  });

  it("records into a file what --as jsonl prints, and nothing on standard output", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const recorded = await novasim(cwd, ["run", "boot.yaml", "--record", "out.jsonl"]);
    const printed = await novasim(cwd, ["run", "boot.yaml", "--as", "jsonl"]);
    expect(recorded.stdout).toBe("");
    expect(readFileSync(join(cwd, "out.jsonl"), "utf8")).toBe(printed.stdout);
  });

  it("takes a seed and overrides, and keeps them in the recording", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const argv = ["run", "boot.yaml", "--seed", "9", "--set", "cloud.computes=3", "--as", "jsonl"];
    const { header } = readTimeline((await novasim(cwd, argv)).stdout);
    expect(header).toMatchObject({ seed: 9, source: { seed: 9, cloud: { computes: 3 } } });
  });

  it("ends a failure with the place, the state and the one line that repeats it", async () => {
    const cwd = folder({ "my boot.yaml": FAILING });
    const { code, stderr } = await novasim(cwd, [
      "run",
      "my boot.yaml",
      "--seed",
      "3",
      "--set",
      "title=It's",
      "-q",
      "--as",
      "mermaid",
    ]);
    expect(code).toBe(1);
    const lines = stderr.trimEnd().split("\n");
    expect(lines[0]).toBe(
      "my boot.yaml:6:11: error: waited in vain for server t3: status SHELVED, within 1m",
    );
    expect(lines[1]).toBe("  6 |   - wait: { server: t3, status: SHELVED, within: 1m }");
    expect(stderr).toContain("state: t3 has status ACTIVE");
    expect(lines.at(-1)).toBe(
      `repeat with: novasim run 'my boot.yaml' --seed 3 --set 'title=It'\\''s' --as mermaid`,
    );
  });

  it("gives programs one JSON document", async () => {
    const cwd = folder({ "a.yaml": BOOT, "b.yaml": FAILING, "c.yaml": "steps: 3" });
    const { code, stdout } = await novasim(cwd, [
      "run",
      "a.yaml",
      "b.yaml",
      "c.yaml",
      "d.yaml",
      "--json",
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "run",
      ok: false,
      results: [
        { file: "a.yaml", ok: true, result: { seed: 7, failures: [] } },
        {
          file: "b.yaml",
          ok: false,
          result: { failures: [{ kind: "expectation", place: { line: 6 } }] },
        },
        {
          file: "c.yaml",
          ok: false,
          problems: [{ message: "`scenario` is missing" }, { place: { line: 1 } }],
        },
        {
          file: "d.yaml",
          ok: false,
          error: "cannot read d.yaml: there is no such file or directory",
        },
      ],
    });
  });

  it("tells a bug of its own in one line, with the stack for those who ask", async () => {
    const cwd = folder({ "bug.yaml": "scenario: b\nsteps: [{ run: bug }]\n" });
    const short = await novasim(cwd, ["run", "bug.yaml"], { anyCommand: true });
    expect(short.code).toBe(1);
    expect(short.stderr).toContain(
      "error: novasim itself failed: TypeError: x is not a function\n",
    );
    expect(short.stderr).toContain("Please report it");
    expect(short.stderr).not.toMatch(/^\s+at /mu);
    const long = await novasim(cwd, ["run", "bug.yaml", "-v"], { anyCommand: true });
    expect(long.stderr).toMatch(/^\s+at /mu);
  });

  it("hears Ctrl-C also when it comes at the very end of a run", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const { code, stderr } = await novasim(cwd, ["run", "boot.yaml", "boot.yaml"], {
      onRun: (interrupt) => {
        interrupt();
      },
    });
    expect(code).toBe(130);
    expect(stderr.match(/^boot: /gmu)).toHaveLength(1);
    expect(stderr).toContain("2 scenarios: 0 ok, 2 not run\n");
  });

  it("says what a cloud refuses as a mistake, not as a bug", async () => {
    const makeWorld = (): never => {
      throw new CloudError("hosts need a processor");
    };
    const { code, stderr } = await novasim(folder({ "boot.yaml": BOOT }), ["run", "boot.yaml"], {
      makeWorld,
    });
    expect(code).toBe(2);
    expect(stderr).toContain("error: boot.yaml: the cloud cannot be made: hosts need a processor");
  });
});

describe("a recording", () => {
  it("is never written over a scenario or anything else that is no recording", async () => {
    const cwd = folder({ "boot.yaml": BOOT, "old.jsonl": '{"timeline":1}\n' });
    const { code, stderr } = await novasim(cwd, ["run", "boot.yaml", "--record", "boot.yaml"]);
    expect(code).toBe(2);
    expect(stderr).toContain("boot.yaml exists and is not a recording; it is left as it is");
    expect(readFileSync(join(cwd, "boot.yaml"), "utf8")).toBe(BOOT);
    expect((await novasim(cwd, ["run", "boot.yaml", "--record", "old.jsonl"])).code).toBe(0);
  });

  it.each([
    [".", "cannot write .: it is a directory"],
    [
      "no/such/out.jsonl",
      "cannot write no/such/out.jsonl: there is no such file or directory\n  Make no/such first.",
    ],
    [
      "boot.yaml/out.jsonl",
      "cannot write boot.yaml/out.jsonl: a part of its path is not a directory",
    ],
  ])("cannot go to %s", async (out, message) => {
    const { code, stderr } = await novasim(folder({ "boot.yaml": BOOT }), [
      "run",
      "boot.yaml",
      "--record",
      out,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${message}`);
  });

  it.skipIf(!existsSync("/dev/full"))(
    "on a full disk ends the run with one clear error",
    async () => {
      const { code, stderr } = await novasim(folder({ "boot.yaml": BOOT }), [
        "run",
        "boot.yaml",
        "--record",
        "/dev/full",
      ]);
      expect(code).toBe(2);
      expect(stderr).toContain("error: cannot write /dev/full any further: the disk is full\n");
      expect(stderr).toContain("repeat with: novasim run boot.yaml --record /dev/full\n");
    },
  );

  it("is a readable prefix when Ctrl-C ends the run", async () => {
    const cwd = folder({ "long.yaml": LONG });
    const { code, stderr } = await novasim(cwd, ["run", "long.yaml", "--record", "out.jsonl"], {
      onRun: (interrupt) => setImmediate(interrupt),
    });
    expect(code).toBe(130);
    expect(stderr).toContain(
      "out.jsonl holds the run up to here and can be read.\nlong: interrupted\n",
    );
    const text = readFileSync(join(cwd, "out.jsonl"), "utf8");
    // Whole lines; the last newline comes when a run has come to its end.
    expect(text.endsWith("}")).toBe(true);
    expect(readTimeline(text)).toMatchObject({ truncated: false, header: { scenario: "long" } });
  });

  it("to a pipe that is closed ends quietly", async () => {
    const cwd = folder({ "long.yaml": LONG });
    const { code, stderr } = await novasim(cwd, ["run", "long.yaml", "--as", "jsonl"], {
      closeAfter: 10_000,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});

describe("novasim replay", () => {
  it("runs again from the recording alone and finds the same bytes", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    await novasim(cwd, [
      "run",
      "boot.yaml",
      "--record",
      "out.jsonl",
      "--seed",
      "5",
      "--detail",
      "full",
    ]);
    writeFileSync(join(cwd, "boot.yaml"), "gone");
    const { code, stderr } = await novasim(cwd, ["replay", "out.jsonl"]);
    expect(stderr).toMatch(/^out\.jsonl: the same, \d+ entries\n$/u);
    expect(code).toBe(0);
  });

  it("stops at the first entry that differs and shows both sides and the path", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    await novasim(cwd, ["run", "boot.yaml", "--record", "out.jsonl"]);
    const text = readFileSync(join(cwd, "out.jsonl"), "utf8");
    writeFileSync(join(cwd, "out.jsonl"), text.replace('"status":202', '"status":500'));
    const { code, stderr } = await novasim(cwd, ["replay", "out.jsonl"]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      "error: out.jsonl:4: the run differs from its recording\n  2 entries are the same.\n",
    );
    expect(stderr).toContain("first difference: status\n  recorded:  500\n");
    expect(stderr).toContain("  now:       202\n");
    expect(stderr).toContain("repeat with: novasim replay out.jsonl\n");
    const json = JSON.parse(
      (await novasim(cwd, ["replay", "out.jsonl", "--json"])).stdout,
    ) as unknown;
    expect(json).toMatchObject({
      results: [
        {
          code: 3,
          difference: { line: 4, path: "status", recorded: { status: 500 }, now: { status: 202 } },
        },
      ],
    });
  });

  it("takes a recording that ends too early or too late for a difference", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    await novasim(cwd, ["run", "boot.yaml", "--record", "out.jsonl"]);
    const text = readFileSync(join(cwd, "out.jsonl"), "utf8");
    const lines = text.trimEnd().split("\n");
    writeFileSync(join(cwd, "short.jsonl"), `${lines.slice(0, -1).join("\n")}\n`);
    writeFileSync(join(cwd, "long.jsonl"), `${text}{"seq":99}\n`);
    const short = await novasim(cwd, ["replay", "short.jsonl"]);
    const long = await novasim(cwd, ["replay", "long.jsonl"]);
    expect([short.code, long.code]).toEqual([3, 3]);
    expect(short.stderr).toContain("recorded:  the recording has ended");
    expect(short.stderr).toMatch(/\n {2}now: {7}\{"seq":/u);
    expect(long.stderr).toContain("now:       the run has ended");
  });

  it.each([
    ["a scenario", BOOT, "this looks like a scenario file, not a timeline"],
    ["an empty file", "", "no header here"],
    ["50 MB without a line", "x".repeat(50_000_000), "not a timeline: it begins with"],
    ["binary data", "\u0000\u0001\u0002", "binary data, not a timeline"],
    [
      "a header that holds no scenario",
      '{"timeline":1,"novasim":"0","scenario":"a","title":"a","seed":1,"epoch":"2014-09-18T04:03:09Z","actors":[],"source":null}\n',
      "the scenario in its header cannot be run",
    ],
  ])("refuses %s with exit 2", async (_what, text, message) => {
    const { code, stderr } = await novasim(folder({ "x.jsonl": text }), ["replay", "x.jsonl"]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe("what a run has left behind", () => {
  const makeWorld = (options: ConstructorParameters<typeof TinyCloud>[0]) =>
    Object.assign(new TinyCloud(options), { leftovers: () => ["port p1: there is no server s1"] });

  it("is told on standard error, and the run is good", async () => {
    const { code, stderr } = await novasim(folder({ "boot.yaml": BOOT }), ["run", "boot.yaml"], {
      makeWorld,
    });
    expect(code).toBe(0);
    expect(stderr).toContain("left behind: port p1: there is no server s1\n");
  });

  it("is not told to who wants quiet", async () => {
    const words = ["run", "boot.yaml", "--quiet"];
    const { stderr } = await novasim(folder({ "boot.yaml": BOOT }), words, { makeWorld });
    expect(stderr).not.toContain("left behind");
  });
});

describe("a fault that never struck", () => {
  it("is a warning on standard error, and the run is good", async () => {
    const { code, stderr } = await novasim(folder({ "boot.yaml": BOOT }), ["run", "boot.yaml"], {
      makeWorld: (options) =>
        Object.assign(new TinyCloud(options), { warnings: () => ["this fault never struck: x"] }),
    });
    expect(code).toBe(0);
    expect(stderr).toContain("boot.yaml: warning: this fault never struck: x");
  });
});
