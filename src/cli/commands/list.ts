/** `novasim list`: the scenarios that ship. */
import { shippedScenarios } from "../files/catalogue.js";
import { EXIT, type ExitCode } from "../exit.js";
import { printJson, type Session } from "../globals.js";

export function list(session: Session): ExitCode {
  const scenarios = shippedScenarios(session.io.cwd);
  if (session.options.json === true) {
    printJson(session, { novasim: session.version, command: "list", scenarios });
    return EXIT.ok;
  }
  const wide = (key: "name" | "file"): number =>
    Math.max(0, ...scenarios.map((one) => one[key].length));
  const [file, name] = [wide("file"), wide("name")];
  for (const one of scenarios) {
    session.io.stdout.write(`${one.name.padEnd(name)}  ${one.file.padEnd(file)}  ${one.title}\n`);
  }
  if (scenarios.length === 0) session.talk.say("no scenarios were installed with this package");
  return EXIT.ok;
}
