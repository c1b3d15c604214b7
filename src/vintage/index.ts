/** The flags of 2011 to 2014 over today's: python-gflags, and oslo.config's registry of options. */
export { ConfigOpts, type GroupView, type ParseOptions } from "./flags/registry.js";
export { Gflags } from "./flags/gflags.js";
