/** `--watch`: again whenever one of the files that the scenarios read changes, until Ctrl-C. */
import { relative } from "node:path";
import { EXIT, type ExitCode } from "../exit.js";
import type { Session } from "../globals.js";
import { Changes } from "./changes.js";

/**
 * Do `once` now and after each change of what it reads, of which it tells before reading it.
 * @returns how Ctrl-C ended it
 */
export async function watch(
  session: Session,
  once: (onRead: (path: string) => void) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { io, talk } = session;
  const changes = new Changes();
  try {
    for (;;) {
      const read = new Set<string>();
      const code = await once((path) => {
        read.add(path);
        changes.add(path);
      });
      if (code === EXIT.interrupted || io.stdout.closed) return code;
      changes.keep(read);
      const names = [...read].map((path) => shorter(io.cwd, path));
      talk.say(`watching ${names.join(", ")}; Ctrl-C ends`);
      let interrupted = false;
      const forget = io.onInterrupt(() => {
        interrupted = true;
        changes.wake();
      });
      try {
        await changes.next();
      } finally {
        forget();
      }
      // The signal handler runs while this function waits, which the compiler cannot see.
      if (interrupted as boolean) return EXIT.interrupted;
    }
  } finally {
    changes.close();
  }
}

function shorter(cwd: string, path: string): string {
  const near = relative(cwd, path);
  return near.startsWith("..") ? path : near;
}
