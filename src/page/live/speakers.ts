/**
 * Who speaks: a client command logs in and uses the token that it got, so that requests with one token, and those before it
 * that needed none, belong together. Whoever speaks again after somebody else begins anew, as in a chat.
 */
import type { Arrived, Thread } from "./thread.js";

export interface Speaker {
  /** `python-novaclient`. */
  agent: string;
  /** Who logged in, as far as the login says so. */
  user: string;
}

interface Growing extends Speaker {
  token: string | undefined;
  rows: number;
}

/** Horizon's port in the cloud: what comes in there comes from a browser. */
const SITE = /^[^:]+:80$/u;

export class Speakers {
  readonly #of = new Map<Thread, Growing>();
  #last: Growing | undefined;

  clear(): void {
    this.#of.clear();
    this.#last = undefined;
  }

  /** Who has sent `thread`, which comes after all others. */
  of(thread: Thread): Speaker {
    const speaker = this.#find(thread);
    speaker.rows += 1;
    this.#of.set(thread, speaker);
    this.#last = speaker;
    return speaker;
  }

  /** @returns who has said nothing else that is kept */
  forget(thread: Thread): Speaker | undefined {
    const speaker = this.#of.get(thread);
    this.#of.delete(thread);
    if (speaker === undefined) return undefined;
    speaker.rows -= 1;
    return speaker.rows === 0 ? speaker : undefined;
  }

  #find({ root }: Thread): Growing {
    if (root.kind !== "request") {
      const agent = root.kind === "step" ? "the scenario" : "the operator";
      return this.#same(agent, undefined) ?? { agent, user: "", token: undefined, rows: 0 };
    }
    const { arrived } = root;
    const agent = agentOf(arrived);
    const token = arrived.headers["x-auth-token"];
    const user = userOf(arrived.text);
    const speaker = this.#same(agent, token) ?? { agent, user, token, rows: 0 };
    speaker.token ??= token;
    if (user !== "") speaker.user = user;
    // The login goes by the name of a library, what comes after it by that of the command.
    if (token !== undefined) speaker.agent = agent;
    return speaker;
  }

  /** The one who spoke last, if it may be the same. */
  #same(agent: string, token: string | undefined): Growing | undefined {
    const last = this.#last;
    if (last === undefined) return undefined;
    if (token === undefined)
      return last.token === undefined && last.agent === agent ? last : undefined;
    return last.token === undefined || last.token === token ? last : undefined;
  }
}

/** `nova/18.1 keystoneauth1/5.0.0`: the first says who it is. */
function agentOf({ to, headers }: Arrived): string {
  if (SITE.test(to)) return "a browser";
  const [first = ""] = (headers["user-agent"] ?? "").split(" ");
  const [name = ""] = first.split("/");
  return name === "" ? "somebody" : name.slice(0, 40);
}

/** The name in the body of a login, whichever version it is for. */
function userOf(text: string | undefined): string {
  const written = /(?:^|&)username=([\w.-]{1,40})/u.exec(text ?? "")?.[1];
  if (written !== undefined) return written;
  if (text?.includes('"auth"') !== true) return "";
  const name =
    /"passwordCredentials"\s*:\s*\{[^}]*"username"\s*:\s*"([^"\\]{1,40})"/u.exec(text) ??
    /"user"\s*:\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*"name"\s*:\s*"([^"\\]{1,40})"/u.exec(text);
  return name?.[1] ?? "";
}
