/** The live page of a cloud that is served: its port, its files, and what it is told of what happens. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Faults, type FaultsOptions } from "../../serve/live/faults.js";
import { Feed } from "../../serve/live/feed.js";
import { Front, type Asset, type FrontOptions } from "../../serve/live/front.js";
import { portOf, refused } from "../../serve/session/ports.js";
import { CliError } from "../exit.js";

/** Its port where nothing is added: no service of Juno's has it. */
const PORT = 8700;
const TYPES = ["the live page"];

export interface LiveOptions {
  readonly live: boolean;
  readonly host: string;
  readonly portBase?: number;
}

export interface Begun extends FaultsOptions {
  /** Lines for a shell, as standard output has them. */
  readonly environment: string;
  /** Where Horizon is, if it is anywhere. */
  readonly dashboard: string | undefined;
}

export interface Live {
  /** Gets the recording, line by line. */
  readonly feed: Feed;
  readonly url: string;
  /** The cloud is there; who asked meanwhile is answered. */
  begin(begun: Begun): void;
  /** What was written last gets its way out first. */
  close(): Promise<void>;
}

/** So long, in milliseconds, pages have to take the last lines. */
const LAST_MS = 100;

/** @returns undefined if nobody wants it @throws PortError for a port that cannot be had; CliError if its files are missing */
export async function openLive(
  { live, host, portBase }: LiveOptions,
  publicHost: string,
): Promise<Live | undefined> {
  if (!live) return undefined;
  const assets = assetsOf();
  const feed = new Feed();
  let ready: (options: FrontOptions) => void = () => undefined;
  const options = new Promise<FrontOptions>((resolve) => {
    ready = resolve;
  });
  const front = new Front(options);
  const wanted = portOf(PORT, portBase, TYPES);
  const port = await front.listen(host, wanted).catch((error: unknown) => {
    throw refused(error, host, wanted, TYPES);
  });
  return {
    feed,
    url: `http://${publicHost}:${String(port)}/`,
    begin(begun) {
      const { environment, dashboard = null, served } = begun;
      ready({
        ...{ feed, assets, session: sessionName() },
        hosts: served.exchange.hosts,
        faults: new Faults(begun),
        about: () => ({ environment, dashboard }),
      });
    },
    async close() {
      feed.flush();
      if (feed.readers > 0) await setTimeout(LAST_MS);
      front.close();
    },
  };
}

/** Of two runs one after the other at the same port, the names differ. */
const sessionName = (): string => `${process.pid.toString(36)}-${Date.now().toString(36)}`;

const FILES = [
  ["/", "live.html", "text/html; charset=utf-8"],
  ["/live.js", "live.js", "text/javascript; charset=utf-8"],
  ["/live.css", "live.css", "text/css; charset=utf-8"],
] as const;

/** The page's files by path, as `tools/bundle.mjs` makes them. @throws CliError if they are missing */
export function assetsOf(): ReadonlyMap<string, Asset> {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const files = FILES.map(
      ([path, name, type]) => [path, join(folder, "dist", name), type] as const,
    );
    if (files.every(([, file]) => existsSync(file))) {
      return new Map(
        files.map(([path, file, type]) => [path, { type, text: readFileSync(file, "utf8") }]),
      );
    }
    if (dirname(folder) === folder) break;
  }
  throw new CliError("the files of the live page are missing", "Build them first: npm run build");
}
