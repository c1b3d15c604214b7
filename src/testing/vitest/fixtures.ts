/**
 * `test` with a cloud: a fresh one for each test, of the options that the suite says. A test that fails tells the
 * tail of its flow and leaves recording and page beside it.
 */
import { test as base, type TestAPI } from "vitest";
import { Cloud, type CloudSetup } from "../../cloud/cloud.js";
import { reportFailure } from "./failure.js";
import type { ServerHandle } from "./matchers/cloud-state.js";

/** What a test is given that asks for it by name. */
export interface CloudFixtures {
  /** What the cloud is made with; `test.override({ cloudOptions: { computes: 3 } })` for a suite. */
  cloudOptions: CloudSetup;
  /** A whole cloud, fresh for each test. */
  cloud: Cloud;
  /** A server of that cloud by its name, which need not be there yet: for `toReach`. */
  server: (name: string) => ServerHandle;
}

/** The seed of clouds that are made without one: `NOVASIM_SEED`, or 1. */
function seedOf({ seed }: CloudSetup): number {
  return seed ?? Number(process.env["NOVASIM_SEED"] ?? 1);
}

/**
 * vitest's `test`, with a cloud.
 *
 * @example
 * ```ts
 * import { expect } from "vitest";
 * import { test } from "novasim/vitest";
 *
 * test("boots", ({ cloud, server }) => {
 *   cloud.run(cloud.user("demo").nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }));
 *   expect(server("t1")).toReach("ACTIVE");
 *   expect(cloud).toHaveNoLeaks();
 * });
 * ```
 */
export const test: TestAPI<CloudFixtures> = base.extend<CloudFixtures>({
  cloudOptions: [{}, { scope: "test" }],
  cloud: async ({ cloudOptions, task, onTestFailed }, use) => {
    const seed = seedOf(cloudOptions);
    const cloud = new Cloud({ ...cloudOptions, seed });
    const { observer } = cloudOptions;
    if (observer === undefined) {
      onTestFailed(() => {
        const { name: title, fullTestName: name, file } = task;
        console.error(reportFailure(cloud, { file: file.filepath, name, title, seed }));
      });
    }
    await use(cloud);
  },
  server: async ({ cloud }, use) => {
    await use((name) => ({ cloud, name }));
  },
});
