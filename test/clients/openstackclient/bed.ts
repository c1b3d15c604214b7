/** A user of `openstack` before a whole cloud: what a command prints, asks, and how it fails. */
import { expect } from "vitest";
import { Bed } from "../bed.js";

/** Ids of requests are nobody's concern. */
const named = (text: string): string => text.replace(/req-[0-9a-f-]{36}/gu, "req-x");

export class OpenStackBed extends Bed {
  /** The requests of the last command, without the login and the tenant in the path. */
  get asked(): readonly string[] {
    return this.requests.slice(1).map((line) => line.replace(/\/v1\/(AUTH_)?[0-9a-f]{32}/u, ""));
  }

  /** What a command prints that ends well. */
  output(command: string): string {
    this.mark();
    const { stdout, stderr, exit } = this.run(command);
    expect({ command, stderr, exit }).toEqual({ command, stderr: "", exit: 0 });
    return stdout;
  }

  /** The same, and the cloud comes to rest. */
  done(command: string): string {
    const printed = this.output(command);
    this.cloud.settle();
    return printed;
  }

  /** The rows of a list as CSV. */
  rows(command: string): readonly string[] {
    return this.output(`${command} -f csv --quote none`).trim().split(/\r?\n/u);
  }

  /** A member of one thing. */
  member(command: string, name: string): string {
    return this.output(`${command} -f value -c ${name}`).trim();
  }

  /** The members of one thing, by name. */
  members(command: string): Readonly<Record<string, string>> {
    const lines = this.output(`${command} -f shell`).trim().split("\n");
    return Object.fromEntries(
      lines.map((line) => {
        const at = line.indexOf("=");
        return [line.slice(0, at), line.slice(at + 2, -1)];
      }),
    );
  }

  /** What a command says that fails. */
  failure(command: string, code = 1): string {
    this.mark();
    const { stdout, stderr, exit } = this.run(command);
    expect({ command, stdout, exit }).toEqual({ command, stdout: "", exit: code });
    return named(stderr);
  }

  /** Everything that came of a command. */
  result(command: string): { stdout: string; stderr: string; exit: number } {
    this.mark();
    const { stdout, stderr, exit } = this.run(command);
    return { stdout, stderr: named(stderr), exit };
  }
}
