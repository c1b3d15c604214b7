/**
 * A client whose casts wait for their handler and raise what that raised, so that a test need not
 * wait for them. Upstream: the CastAsCall fixture of Nova's tests, nova/tests/cast_as_call.py.
 */
import { RpcClient, type CallTarget } from "../../bus/index.js";
import { castKind } from "../../bus/rpc/client.js";
import type { Op } from "../../kernel/index.js";

export class CastAsCallClient<C> extends RpcClient<C> {
  override *cast(
    target: CallTarget,
    ctxt: C,
    method: string,
    args: object,
    version?: string,
  ): Op<void> {
    yield* this.converse({ kind: castKind(target), target, ctxt, method, args, version });
  }
}
