/** `novasim schema`: the JSON Schema of scenario files. */
import { scenarioJsonSchema } from "../../scenario/index.js";
import { EXIT, type ExitCode } from "../exit.js";
import { printJson, type Session } from "../globals.js";

export function schema(session: Session): ExitCode {
  printJson(session, scenarioJsonSchema());
  return EXIT.ok;
}
