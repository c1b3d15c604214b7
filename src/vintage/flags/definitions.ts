/**
 * `DEFINE_*` of 2011: one for each kind of flag. Upstream: python-gflags 1.3, module functions of
 * these names; messaging §C1.
 */
import * as kinds from "./gflags-kinds.js";
import type { GflagKind } from "./gflags-kinds.js";
import type { FlagValue } from "../../framework/flags/types.js";

export interface DefineOptions {
  readonly short_name?: string;
  readonly lower_bound?: number;
  readonly upper_bound?: number;
  /** Take the place of a flag of that name. */
  readonly allow_override?: boolean;
  /** By which help is grouped. */
  readonly module?: string;
}

export abstract class FlagDefinitions {
  DEFINE_string(name: string, value: string | null, help: string, options?: DefineOptions): void {
    this.define(kinds.STRING, name, value, help, options);
  }

  DEFINE_bool(name: string, value: boolean | null, help: string, options?: DefineOptions): void {
    this.define(kinds.BOOLEAN, name, value, help, options);
  }

  DEFINE_boolean(name: string, value: boolean | null, help: string, options?: DefineOptions): void {
    this.DEFINE_bool(name, value, help, options);
  }

  DEFINE_integer(name: string, value: number | null, help: string, options?: DefineOptions): void {
    this.define(kinds.integerKind(options ?? {}), name, value, help, options);
  }

  DEFINE_float(name: string, value: number | null, help: string, options?: DefineOptions): void {
    this.define(kinds.floatKind(options ?? {}), name, value, help, options);
  }

  DEFINE_enum(
    name: string,
    value: string | null,
    values: readonly string[],
    help: string,
    options?: DefineOptions,
  ): void {
    this.define(kinds.enumKind(values), name, value, help, options);
  }

  DEFINE_list(name: string, value: readonly string[], help: string, options?: DefineOptions): void {
    this.define(kinds.LIST, name, value, help, options);
  }

  DEFINE_spaceseplist(
    name: string,
    value: readonly string[],
    help: string,
    options?: DefineOptions,
  ): void {
    this.define(kinds.SPACESEP_LIST, name, value, help, options);
  }

  DEFINE_multistring(
    name: string,
    value: readonly string[],
    help: string,
    options?: DefineOptions,
  ): void {
    this.define(kinds.MULTI_STRING, name, value, help, options);
  }

  /** @throws DuplicateFlagError */
  protected abstract define(
    kind: GflagKind,
    name: string,
    value: FlagValue,
    help: string,
    options?: DefineOptions,
  ): void;
}
