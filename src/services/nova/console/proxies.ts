/**
 * What nova-console makes consoles with. XVP is a program for Xen's, which no host here has: nothing can be made with it, as upstream
 * where it is not installed. Upstream: nova/console/xvp.py, nova/console/fake.py at 2014.2.
 */
import { Exception } from "../../../python/index.js";

export interface ConsoleProxy {
  readonly type: string;
  /** Where all consoles are. */
  readonly port: number;
  /** A host's password, as the program has it in its file. @throws OSError without the program */
  fixPoolPassword(password: string): string;
}

/** Python's, of a program that is not there. */
class OSError extends Exception {
  static override readonly module = "exceptions";
  override readonly name = "OSError";
}

const XVP: ConsoleProxy = {
  type: "vnc+xvp",
  port: 5900,
  fixPoolPassword() {
    throw new OSError("[Errno 2] No such file or directory");
  },
};

const FAKE: ConsoleProxy = { type: "fake", port: 5999, fixPoolPassword: (password) => password };

/** That of flag `console_driver`. */
export const consoleProxy = (driver: string): ConsoleProxy =>
  driver === "nova.console.fake.FakeConsoleProxy" ? FAKE : XVP;
