/** Texts that are true or false, in any case. Upstream: heat/common/param_utils.py at 2014.2. */
import { str, ValueError, type Json } from "../../python/index.js";

/** `extract_bool`. @throws ValueError */
export function extractBool(subject: Json): boolean {
  const word = str(subject).toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  const accepted = "acceptable values are: true, false.";
  throw new ValueError(`Unrecognized value "${str(subject)}", ${accepted}`);
}
