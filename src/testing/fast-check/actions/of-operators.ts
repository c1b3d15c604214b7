/** What operators change under the servers that are there: who is scheduled to, what a project may have. */
import * as fc from "fast-check";
import type { StepSource } from "../scenario-source.js";
import { idOf, typed } from "./steps.js";

const LINES = [
  "nova service-disable HOST nova-compute",
  "nova service-enable HOST nova-compute",
  "nova aggregate-create rack zone-1",
  "nova aggregate-add-host rack HOST",
  "nova aggregate-remove-host rack HOST",
  "nova aggregate-delete rack",
  "nova aggregate-set-metadata rack ssd=true",
  "nova host-evacuate HOST",
  "nova host-servers-migrate HOST",
  "nova host-update HOST --status disable",
  "nova host-update HOST --status enable",
] as const;

const QUOTAS = ["--instances 1", "--instances 10", "--cores 1 --ram 512", "--cores 20 --ram 51200"];

/** Those who are given a quota, and make server groups. */
export const ofOperators = (
  hosts: readonly string[],
  users: readonly string[],
  projects: readonly string[],
): fc.Arbitrary<StepSource> =>
  fc.oneof(
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...LINES), fc.constantFrom(...hosts))
        .map(([line, host]) => typed(line.replace("HOST", host), "admin")),
      weight: 4,
    },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...QUOTAS), fc.constantFrom(...projects))
        .map(([most, project]) =>
          typed(`nova quota-update ${most} ${idOf("project", project)}`, "admin"),
        ),
      weight: 2,
    },
    {
      arbitrary: fc
        .constantFrom("apart anti-affinity", "together affinity")
        .chain((group) =>
          fc.constantFrom(...users).map((user) => typed(`nova server-group-create ${group}`, user)),
        ),
      weight: 2,
    },
  );
