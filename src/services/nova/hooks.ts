/**
 * Points at which a deployment may run code of its own before and after something happens. There are
 * no entry points here, so what would be installed in group `nova.hooks` is given. Upstream:
 * nova/hooks.py at 2014.2; messaging §D3.
 */
import type { Env } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import { Exception } from "../../python/index.js";

/** What a hook raises if the thing shall not be done, or its result not be given (HK-03). */
export class FatalHookException extends Exception {
  static override readonly module: string = "nova.hooks";
  override readonly name: string = "FatalHookException";
}

/**
 * Code around a function. What it gives back is ignored; it can only change what it is shown. Where
 * a point shows the function itself, that comes before all else (HK-04).
 */
export interface Hook {
  /** Before, with the arguments. */
  pre?(...args: readonly unknown[]): void;
  /** After it went well, with the result before the arguments. */
  post?(...resultAndArgs: readonly unknown[]): void;
}

/** As in an entry point: a hook is made when its point is first reached. */
export type HookFactory = () => Hook;

export class Hooks {
  readonly #factories = new Map<string, HookFactory[]>();
  /** `_HOOKS`: by point, once it has been reached (HK-06). */
  readonly #loaded = new Map<string, readonly Hook[]>();

  /** Install a hook at the point `name`: `create_instance`, `delete_instance`. */
  add(name: string, hook: Hook | HookFactory): void {
    const factory = typeof hook === "function" ? hook : () => hook;
    const factories = this.#factories.get(name);
    if (factories === undefined) this.#factories.set(name, [factory]);
    else factories.push(factory);
  }

  /** Forget what was loaded: each point loads its hooks anew when it is next reached. */
  reset(): void {
    this.#loaded.clear();
  }

  /**
   * Do `op` as the thing that happens at point `name`. What a hook raises is logged, no more.
   * @param shown the function itself, if the point shows it to its hooks (`pass_function`)
   * @throws FatalHookException of a hook; what `op` throws, and then no hook runs after it (HK-05)
   */
  *around<T>(
    env: Env,
    name: string,
    args: readonly unknown[],
    op: Op<T>,
    ...shown: readonly [] | readonly [unknown]
  ): Op<T> {
    const hooks = this.#at(name);
    for (const hook of hooks) guarded(env, `${name} pre-hook`, () => hook.pre?.(...shown, ...args));
    const result = yield* op;
    for (const hook of [...hooks].reverse()) {
      guarded(env, `${name} post-hook`, () => hook.post?.(...shown, result, ...args));
    }
    return result;
  }

  #at(name: string): readonly Hook[] {
    let loaded = this.#loaded.get(name);
    if (loaded === undefined) {
      loaded = (this.#factories.get(name) ?? []).map((make) => make());
      this.#loaded.set(name, loaded);
    }
    return loaded;
  }
}

function guarded(env: Env, what: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    const fatal = error instanceof FatalHookException;
    env.log(
      "error",
      `${fatal ? "Fatal exception" : "Exception"} running ${what}: ${error.message}`,
    );
    if (fatal) throw error;
  }
}
