/**
 * By which addresses the files of a deployment call its controller. A file of a real cloud has them
 * everywhere (`my_ip`, `rabbit_host`, the database's URL); there is one controller here, and who asks
 * one of them asks it. What no such option names stays an address of nobody.
 */
import type { Given, Source } from "../../framework/flags/index.js";

/** Options that say where the broker and the host itself are. */
const HOSTS: readonly string[] = ["my_ip", "rabbit_host", "rabbit_hosts", "qpid_hostname"];
/** Options that are the URL of a database. */
const URLS: readonly string[] = ["database.connection", "sql_connection"];

/** Whether `name` is heeded for the addresses in it, though no service reads it. */
export const hasAddress = (name: string): boolean => [...HOSTS, ...URLS].includes(name);

/** The addresses in `files`, without ports. */
export function controllerAddresses(files: Iterable<Source>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const source of files) {
    for (const name of HOSTS) {
      for (const text of textsOf(source, name)) {
        for (const part of text.split(",")) found.add(hostOf(part.trim()));
      }
    }
    for (const name of URLS) {
      for (const text of textsOf(source, name)) {
        const [, host] = /^[\w+]+:\/\/(?:[^/]*@)?([^/]*)/u.exec(text) ?? [];
        if (host !== undefined) found.add(hostOf(host));
      }
    }
  }
  found.delete("");
  return found;
}

/** `10.0.0.11:5672` without its port; `[fe80::1]` is kept in brackets, as URLs have it. */
function hostOf(text: string): string {
  if (text.includes("$")) return "";
  const [, host] = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/u.exec(text) ?? [];
  return host ?? "";
}

function textsOf(source: Source, name: string): readonly string[] {
  const given: readonly Given[] = source.get(name) ?? [];
  return given.map(({ value }) => value).filter((value) => typeof value === "string");
}
