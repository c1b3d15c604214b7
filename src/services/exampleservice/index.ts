/**
 * nova-exampleservice: a service of one's own, made by convention from its binary's name. What the
 * script of transcripts §T5 does in its few lines.
 */
import type { ManagerClasses } from "../../framework/index.js";
import { exampleServiceFlags } from "./flags.js";
import { ExampleServiceManager } from "./manager.js";

/** All that a cloud needs to know of it. */
export const exampleService = {
  binary: "nova-exampleservice",
  flags: exampleServiceFlags,
  classes: {
    "mymodule.exampleservice.ExampleServiceManager": ExampleServiceManager,
  } as ManagerClasses,
} as const;
