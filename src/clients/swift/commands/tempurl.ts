/**
 * `swift tempurl`: a signed URL, made without asking anybody. Upstream: swiftclient/shell.py (st_tempurl),
 * utils.py (generate_temp_url), 2.3.1. That it needs nobody's login is lost here: the program wants one
 * that is complete.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { CommandError } from "../../../framework/apiclient/index.js";
import { ValueError, parseInteger } from "../../../python/index.js";
import type { Command } from "../../openstack/command.js";
import { verbosityOptions } from "../global-options.js";
import { usageOf } from "../print.js";
import type { StorageApi } from "../storage-api.js";
import { words } from "./arguments.js";

const METHODS = ["GET", "PUT", "HEAD", "POST", "DELETE"];

export const tempUrl: Command<StorageApi> = {
  name: "tempurl",
  about: "Make a URL that lets anybody do one thing for a while.",
  options: verbosityOptions,
  positionals: [words("<method> <seconds> <path> <key>", "What, for how long, where; the key.")],
  check(args) {
    const given = args.texts("words");
    if (given.length < 4) throw usageOf("tempurl", "<method> <seconds> <path> <key>\n");
    if (parseInteger(given[1] ?? "") === undefined) {
      throw new CommandError("Seconds must be an integer");
    }
  },
  *run(swift, args, console) {
    this.check?.(args);
    const [method = "", duration = "", path = "", key = ""] = args.texts("words");
    const upper = method.toUpperCase();
    if (!METHODS.includes(upper)) {
      console.print(
        `WARNING: Non default HTTP method ${upper} for tempurl specified, possibly an error`,
      );
    }
    const seconds = parseInteger(duration) ?? 0;
    if (seconds < 0) throw new ValueError("seconds must be a positive integer");
    const end = Math.trunc(swift.second + seconds);
    const signed = utf8ToBytes([upper, String(end), path].join("\n"));
    const sig = bytesToHex(hmac(sha1, utf8ToBytes(key), signed));
    console.print(`${path}?temp_url_sig=${sig}&temp_url_expires=${String(end)}`);
  },
};
