/**
 * `novasim/vitest`: `test` with a fresh cloud each, and matchers for what happened in it and what is left of it.
 * Importing it is enough for the matchers.
 *
 * @example
 * import { expect } from "vitest";
 * import { test } from "novasim/vitest";
 *
 * test("leaves nothing behind", ({ cloud, server }) => {
 *   const { nova } = cloud.user("demo");
 *   cloud.run(nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros", networks: ["private"] }));
 *   expect(server("t1")).toReach("ACTIVE");
 *   cloud.run(nova.delete("t1"));
 *   cloud.settle();
 *   expect(cloud).toHaveNoLeaks();
 *   expect(cloud).toSatisfyInvariants();
 * });
 */
import { expect } from "vitest";
import {
  toHaveNoLeaks,
  toReach,
  toSatisfyInvariants,
  type InvariantOptions,
} from "./matchers/cloud-state.js";
import { toShowFlow } from "./matchers/flow.js";
import type { Outcome } from "./matchers/outcome.js";
import { matchTimeline } from "./matchers/timeline.js";

export { test, type CloudFixtures } from "./fixtures.js";
export type { InvariantOptions, ServerHandle } from "./matchers/cloud-state.js";

declare global {
  namespace Chai {
    /**
     * What `expect` can be asked once `novasim/vitest` is imported. Here, and not in vitest's `Matchers`: of that one vitest 4 and
     * vitest 5 have other type parameters, and both make their assertions of this one.
     */
    interface Assertion {
      /** Of a cloud or a timeline: these messages in this order, others between them. */
      toShowFlow(lines: readonly string[]): void;
      /**
       * Of a cloud or a timeline: the run is that of a recording beside the test, which is written when there is none,
       * and anew with `vitest -u`. Default: `__timelines__/<name of the test>.timeline.jsonl`.
       */
      toMatchTimeline(file?: string): void;
      /** Of a server of the fixtures: it gets there within a time, 5m unless told; time goes by until then. */
      toReach(status: string, within?: string): void;
      /** Of a cloud at rest: nothing serves what is gone. */
      toHaveNoLeaks(): void;
      /** Of a cloud at rest: what should hold of any does, but for documented defects of Juno's. */
      toSatisfyInvariants(options?: InvariantOptions): void;
    }
  }
}

interface State {
  readonly testPath?: string | undefined;
  readonly currentTestName?: string | undefined;
  readonly isNot: boolean;
  readonly snapshotState: { readonly snapshotUpdateState: "all" | "new" | "none" };
}

expect.extend({
  toShowFlow,
  toReach,
  toHaveNoLeaks,
  toSatisfyInvariants,
  toMatchTimeline(this: State, received: unknown, file?: string): Outcome {
    const { testPath, currentTestName, isNot, snapshotState } = this;
    const update = snapshotState.snapshotUpdateState;
    return matchTimeline({ testPath, currentTestName, isNot, update }, received, file);
  },
});
