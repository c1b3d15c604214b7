/** The sequence diagram as a picture: what is drawn how, that it is XML, and that no recorded word is markup. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { renderSvg } from "../../../src/views/index.js";
import { boot, HEADER, Story } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";
import { malformed } from "./well-formed.js";

const pictures = path.resolve(import.meta.dirname, "../../../docs/pictures");
const textOf = (svg: string): string =>
  svg.replace(/<style>.*?<\/style>/su, "").replaceAll(/<[^>]*>/gu, "");
const lanesOf = (svg: string): number => svg.split('class="head"').length - 1;

describe("what the checker of XML refuses", () => {
  it.each([
    ["<a>", "not closed"],
    ["<a><b></a></b>", "should be"],
    ["<a x='1' x='2'/>", "twice"],
    ["<a x=1/>", "not a tag"],
    ["<a>1 & 2</a>", "no entity"],
    ["<a>\u0001</a>", "a character"],
    ["<a/><b/>", "2 roots"],
    ["<a>1 < 2</a>", "not a tag"],
  ])("%j", (xml, why) => {
    expect(malformed(xml)).toContain(why);
  });
});

describe("the pictures of the first page", () => {
  // `-u` draws them anew, as tools/pictures.mjs does.
  it.each(["boot", "grand-tour"])(
    "%s.svg is what the view makes of the recording",
    async (name) => {
      const svg = renderSvg(shipped(name));
      expect(malformed(svg)).toBeUndefined();
      await expect(svg).toMatchFileSnapshot(path.join(pictures, `${name}.svg`));
    },
  );
});

describe("the picture of a run", () => {
  it("draws REST solid, a call dashed with a filled head, a cast with an open one, a fanout from two bars", () => {
    const story = new Story();
    story.rest(["a", "b"], ["GET", "/x"]);
    story.rpc("rpc.call", ["a", "b"], "ask", { fails: "NoValidHost" });
    story.rpc("rpc.cast", ["a", "b"], "tell");
    story.rpc("rpc.fanout", ["a", "b"], "shout");
    const lines = renderSvg(story.timeline).split("\n");
    const of = (word: string): string => lines.find((one) => one.includes(`${word}</tspan>`)) ?? "";
    const filled = /class="\w+" d="M[^"]*z"/u;
    expect(of("GET")).toMatch(/^<path class="l rest"/u);
    expect(of("GET")).toMatch(filled);
    expect(of("ask")).toMatch(/^<path class="l rpc call"/u);
    expect(of("ask")).toMatch(filled);
    expect(of("NoValidHost")).toMatch(/^<path class="l answer bad"/u);
    expect(of("tell")).toMatch(/^<path class="l rpc cast"/u);
    expect(of("tell")).not.toMatch(filled);
    expect(of("shout")).toContain("v8m3 -8v8");
    expect(of("tell")).not.toContain("v8m3 -8v8");
  });

  it("says what was lost, what waits, and what came too late", () => {
    const words = textOf(renderSvg(shipped("bus-call-timeout")));
    expect(words).toContain("✕ lost: a fault on the wire");
    expect(words).toContain("timed out: no reply to write_note within 5 s");
    expect(words).toContain("too late: nobody waits for it");
    const crash = textOf(renderSvg(shipped("service-crash-loses-casts")));
    expect(crash).toContain("waits in compute.compute-1");
    expect(crash).toMatch(/takes shelve_instance after 5\.\d+ s in compute\.compute-1/u);
  });

  it("dots the lifeline of a process while it is dead, and ends its work there", () => {
    expect(renderSvg(shipped("service-crash-loses-casts"))).toContain('class="dead"');
    expect(renderSvg(shipped("boot"))).not.toContain('class="dead"');
  });

  it("opens each chapter with its command and its note", () => {
    const words = textOf(renderSvg(boot().timeline));
    expect(words).toContain("nova boot t3 --flavor m1.nano --image cirros");
    expect(words).toContain("The client asks Keystone for a token");
    expect(words).toContain("server t3 new: building/scheduling");
  });

  it("draws the messages of some alone", () => {
    const all = renderSvg(boot().timeline);
    const some = renderSvg(boot().timeline, { actors: ["nova-scheduler"] });
    expect(textOf(all)).toContain("build_and_run_instance");
    expect(textOf(some)).not.toContain("build_and_run_instance");
    expect(textOf(some)).toContain("select_destinations");
    expect(lanesOf(some)).toBe(2);
  });

  it("has dark colours for who reads in the dark, and asks for nothing from anywhere", () => {
    const svg = renderSvg(boot().timeline);
    expect(svg).toContain("prefers-color-scheme:dark");
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|@import|href/u,
    );
  });

  it("of few lanes has their names across, of fifty upright with the words beside them", () => {
    const many = Array.from({ length: 50 }, (_, i) => {
      const host = `compute-${String(i)}`;
      return { name: `nova-compute@${host}`, service: "nova-compute", project: "nova", host };
    });
    const story = new Story({ header: { actors: [...HEADER.actors, ...many] } });
    story.step("fifty");
    for (const { name } of many) story.rpc("rpc.cast", ["nova-api@c1", name], "build");
    const svg = renderSvg(story.timeline);
    expect(lanesOf(svg)).toBe(51);
    expect(Number(/width="(\d+)"/u.exec(svg)?.[1])).toBeLessThan(1_500);
    expect(svg).toContain("rotate(-90");
    expect(textOf(svg)).toContain("nova-api → nova-compute compute-7");
    expect(renderSvg(boot().timeline)).not.toContain("rotate(-90");
  });

  it("of a run too long to read is told by chapter, and says so", () => {
    const story = new Story();
    for (const step of ["one", "two"]) {
      story.step(step, "why");
      for (let i = 0; i < 400; i++)
        story.rest(["nova-api@c1", "keystone"], ["GET", `/${String(i)}`]);
    }
    const words = textOf(renderSvg(story.timeline));
    expect(words).toContain("800 messages between projects, counted by chapter");
    expect(words.match(/400 GET/gu)).toHaveLength(2);
    expect(textOf(renderSvg(story.timeline, { limit: 2_000 }))).toContain("GET /399");
  });

  it("says how much of the run it does not have", () => {
    expect(textOf(renderSvg(boot().timeline, { missing: 3 }))).toContain(
      "3 later entries not shown",
    );
  });
});

describe("recorded words", () => {
  const evil = `<img src=x onerror="alert(1)">&amp;'"]]>\u0000\ud800\ufffe\u202e שלום`;

  it("are text wherever they come from", () => {
    const story = new Story({ header: { title: evil, scenario: evil } });
    story.step(evil, evil);
    story.rest([evil, "b"], [evil, evil], { status: 500, answer: { message: evil } });
    story.rpc("rpc.call", [`${evil}@${evil}`, "b"], evil, { fails: evil });
    story.server("b", "insert", { display_name: [null, evil], vm_state: [null, evil] });
    story.add({ kind: "log", actor: evil, level: "error", message: evil });
    story.add({ kind: "fault", event: "declared", fault: evil });
    story.add({ kind: "client", user: evil, command: evil, stdout: evil, stderr: evil, exit: 1 });
    story.add({ kind: "check", what: evil, passed: false, expected: evil, actual: evil });
    for (const options of [{}, { verbose: true }, { limit: 1 }]) {
      const svg = renderSvg(story.timeline, options);
      expect(malformed(svg)).toBeUndefined();
      expect(svg).not.toContain("<img");
      expect(svg).toContain("&lt;img src=x");
    }
  });

  it("of ten thousand letters are cut", () => {
    const long = "x".repeat(10_000);
    const story = boot({ name: long });
    story.step(long, long);
    story.rest([long, long], [long, long], { status: 200 });
    const svg = renderSvg(story.timeline);
    expect(malformed(svg)).toBeUndefined();
    for (const [, text = ""] of svg.matchAll(/<text[^>]*>(.*?)<\/text>/gu)) {
      expect(text.replaceAll(/<[^>]*>/gu, "").length).toBeLessThan(400);
    }
  });
});
