/**
 * novasim as a library: a deterministic, in-memory OpenStack control plane of release Juno.
 *
 * @example
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, computes: 3 });
 * const demo = cloud.user("demo");
 * cloud.run(demo.nova.boot({ name: "t3", flavor: "m1.nano", image: "cirros", networks: ["private"] }));
 * cloud.settle();
 * console.log(cloud.server("t3")?.status); // ACTIVE
 */

// A whole cloud, driven synchronously.
export { Cloud, type CloudSetup } from "./cloud/cloud.js";
export type {
  CloudOptions,
  ComputeOptions,
  FlagOptions,
  FlavorOptions,
  ImageOptions,
  Latency,
  NetworkOptions,
  OptionalService,
  UserOptions,
} from "./cloud/options.js";
export type { AddOptions, OwnService } from "./cloud/add.js";
export type { User } from "./cloud/user.js";
export type { FaultSpec } from "./cloud/faults.js";
export type { DriverFaultSpec } from "./cloud/driver-faults.js";
export type { ServerState } from "./cloud/server-state.js";

// What users do, and what they are told when it fails.
export * from "./clients/index.js";

// Scenario files.
export {
  formatProblem,
  loadScenario,
  runScenario,
  scenarioJsonSchema,
  type Failure,
  type Loaded,
  type Problem,
  type Result,
  type Scenario,
} from "./scenario/index.js";

// The record of a run, and what people look at.
export * from "./timeline/index.js";
export { renderJsonl, renderMermaid, renderText, VIEWS, type View } from "./views/index.js";

// Virtual time: what simulated code is written in.
export * from "./python/index.js";
export * from "./kernel/index.js";

// One's own service: contracts, messages, requests, managers.
export * from "./bus/index.js";
export * from "./http/index.js";
export * from "./framework/index.js";
export * from "./vintage/index.js";
