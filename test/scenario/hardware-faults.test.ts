/** `fault: { driver: ... }` and `{ volume_driver: ... }` in scenario files, from the text to the run. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { loadScenario, runScenario } from "../../src/scenario/index.js";
import { MemoryTimeline } from "../../src/timeline/index.js";

const scenario = (services: string, ...steps: string[]): string =>
  `scenario: f\ncloud: { services: [${services}] }\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;

function run(text: string) {
  const loaded = loadScenario({ file: "f.yaml", text });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  const sink = new MemoryTimeline();
  const makeWorld = (options: ConstructorParameters<typeof Cloud>[0]) => new Cloud(options);
  const { failures, warnings } = runScenario({ loaded, makeWorld, version: "0", sink });
  const steps = sink.entries.flatMap((entry) => (entry.kind === "step" ? [entry.text] : []));
  return { failures, warnings, steps };
}

function complaints(fault: string, services = "cinder"): string {
  const loaded = loadScenario({ file: "f.yaml", text: scenario(services, `fault: ${fault}`) });
  const problems = loaded.ok ? [] : loaded.problems;
  return problems.map(({ message, hint = "" }) => `${message} ${hint}`).join("\n");
}

describe("a fault of a volume driver", () => {
  it("strikes what it is aimed at, and its step says what it does", () => {
    const { failures, warnings, steps } = run(
      scenario(
        "cinder",
        "fault: { volume_driver: create_volume, host: controller, times: 3, error: disk on fire }",
        "run: cinder create 1 --display-name a",
        "advance: 10s",
        "run: cinder list\n    expect: { stdout: error }",
        "fault: { volume_driver: create_volume, host: controller, by: 20s, after: 1s, for: 1m }",
        "advance: 2s",
        "run: cinder create 1 --display-name b",
        "advance: 10s",
        "run: cinder list\n    expect: { stdout: creating }",
        "heal: volume_driver",
        "advance: 20s",
        "run: cinder list\n    expect: { stdout: available }",
      ),
    );
    expect(failures).toEqual([]);
    expect(warnings).toEqual([]);
    expect(steps.filter((text) => text.startsWith("fault"))).toEqual([
      "fault: volume driver: create_volume fails on controller, 3 times: disk on fire",
      "fault: volume driver: create_volume takes 20s longer on controller after 1s for 1m",
    ]);
  });

  it("that never struck is a warning", () => {
    const fault =
      "fault: { volume_driver: delete_volume, nth: 2, host: controller, by: 1s, error: x }";
    expect(run(scenario("cinder", fault)).warnings).toEqual([
      "this fault never struck: number 2 of volume driver: delete_volume on controller takes 1 s longer and fails",
    ]);
  });

  it.each([
    [
      "{ volume_driver: create_volume, host: compute-1 }",
      'there is no volume host "compute-1" There is: controller.',
    ],
    ["{ volume_driver: create_volume, host: controler }", 'Did you mean "controller"?'],
    ["{ volume_driver: create_volume, host: __proto__ }", 'no volume host "__proto__"'],
    ["{ volume_driver: create_volume }", "`host` is missing"],
    [
      "{ volume_driver: spawn, host: controller }",
      "an operation of a volume driver: do_setup, create_volume, delete_volume",
    ],
    ["{ volume_driver: <script>, host: controller }", "an operation of a volume driver"],
    ["{ volume_driver: 7, host: controller }", "an operation of a volume driver"],
    ["{ volume_driver: create_volume, host: controller, times: 0 }", "a whole number from 1"],
    ["{ volume_driver: create_volume, host: controller, by: 90 }", "a duration"],
    ["{ volume_driver: create_volume, host: controller, is: dead }", "unknown key `is`"],
    ["{ volume_drivers: create_volume, host: controller }", "Did you mean `volume_driver`?"],
  ])("written as %s is refused with what would be right", (fault, right) => {
    expect(complaints(fault)).toContain(right);
  });

  it("has no host where Cinder is not", () => {
    expect(complaints("{ volume_driver: create_volume, host: controller }", "")).toContain(
      'there is no volume host "controller" A volume host runs cinder-volume',
    );
  });
});

describe("a fault of a hypervisor", () => {
  it("can be slow as well, and says so in its step", () => {
    const { failures, warnings, steps } = run(
      scenario(
        "",
        "fault: { driver: spawn, host: compute-1, by: 3m }",
        "run: nova boot web --flavor m1.nano --image cirros --nic net-id=private",
        "advance: 2m",
        "check: { server: { web: { status: BUILD, task_state: spawning } } }",
        "wait: { server: web, status: ACTIVE, within: 2m }",
      ),
    );
    expect(failures).toEqual([]);
    expect(warnings).toEqual([]);
    expect(steps[0]).toBe("fault: spawn takes 3m longer on compute-1");
  });
});
