/** Options that several commands of `swift` have. Upstream: swiftclient/shell.py, 2.3.1. */
import { valueOption } from "../../openstack/options.js";
import { int, type OptionSpec } from "../../shell/parser/index.js";

/** @param does what is done to one thing after the other here, where upstream has threads for it */
export const threads = (name: string, does: string): OptionSpec =>
  valueOption(name, "<threads>", `Read. Here one thing is ${does} after the other.`, {
    type: int,
    otherwise: 10,
  });

/** An option with a letter beside its name. */
export const short = (letter: string, spec: OptionSpec): OptionSpec => ({
  ...spec,
  names: [...spec.names, letter],
});
