/**
 * `swift capabilities` and `swift info`, its other name: what the cluster can do. Upstream:
 * swiftclient/shell.py (st_capabilities), client.py (Connection.get_capabilities), 2.3.1.
 */
import type { Op } from "../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import type { Command } from "../../openstack/command.js";
import type { Console } from "../../shell/console.js";
import { verbosityOptions } from "../global-options.js";
import { usageOf } from "../print.js";
import { isMissing, SwiftError, type StorageApi } from "../storage-api.js";
import { words } from "./arguments.js";

const named = (name: string): Command<StorageApi> => ({
  name,
  about: "Show what the cluster can do.",
  options: verbosityOptions,
  positionals: [words("[<proxy_url>]", "Another cluster's proxy.")],
  check(args) {
    if (args.texts("words").length > 1) throw usageOf("capabilities", "[<proxy_url>]\n");
  },
  *run(swift, args, console) {
    this.check?.(args);
    const info = yield* asked(swift, args.texts("words")[0]);
    const { swift: core, ...others } = isObject(info) ? info : ({} as JsonObject);
    printFeature(console, "Core: swift", core);
    for (const feature of Object.keys(others).sort()) {
      printFeature(console, `Additional middleware: ${feature}`, others[feature]);
    }
  },
});

function* asked(swift: StorageApi, url: string | undefined): Op<Json> {
  try {
    return yield* swift.containers.info(url);
  } catch (error) {
    throw isMissing(error) ? new SwiftError("Account not found") : error;
  }
}

function printFeature(console: Console, heading: string, options: Json | undefined): void {
  console.print(heading);
  if (!isObject(options) || Object.keys(options).length === 0) return;
  console.print(" Options:");
  for (const name of Object.keys(options).sort()) {
    console.print(`  ${name}: ${str(options[name] ?? null)}`);
  }
}

export const capabilityCommands: readonly Command<StorageApi>[] = [
  named("capabilities"),
  named("info"),
];
