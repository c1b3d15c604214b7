/**
 * Points at which a deployment may run code of its own before and after something happens. What a
 * hook raises is its own affair: as upstream, it reaches whoever asked. Upstream: nova/hooks.py.
 */
import type { Op } from "../../kernel/index.js";

export interface Hook {
  /** Before, with the arguments. */
  pre?(...args: readonly unknown[]): void;
  /** After it went well, with the result before the arguments. */
  post?(result: unknown, ...args: readonly unknown[]): void;
}

export class Hooks {
  readonly #hooks = new Map<string, Hook[]>();

  /** Hang `hook` on the point `name`: `create_instance`, `delete_instance`. */
  add(name: string, hook: Hook): void {
    const hooks = this.#hooks.get(name);
    if (hooks === undefined) this.#hooks.set(name, [hook]);
    else hooks.push(hook);
  }

  /** Do `op` as the thing that happens at point `name`. */
  *around<T>(name: string, args: readonly unknown[], op: Op<T>): Op<T> {
    const hooks = this.#hooks.get(name);
    if (hooks === undefined) return yield* op;
    for (const hook of hooks) hook.pre?.(...args);
    const result = yield* op;
    for (const hook of hooks) hook.post?.(result, ...args);
    return result;
  }
}
