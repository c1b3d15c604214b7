/** What libvirt's Python binding raises, with libvirt's codes. Upstream: libvirt's include/libvirt/virterror.h. */
import { Exception } from "../python/index.js";

export class LibvirtError extends Exception {
  static override readonly module: string = "libvirt";
  override readonly name: string = "libvirtError";
  /** `get_error_code()`: VIR_ERR_INTERNAL_ERROR unless told. */
  readonly code: number = 1;
}

/** VIR_ERR_OPERATION_INVALID. */
export class NotRunning extends LibvirtError {
  override readonly code = 55;

  constructor() {
    super("Requested operation is not valid: domain is not running");
  }
}

/** VIR_ERR_INVALID_ARG. */
export class InvalidPath extends LibvirtError {
  override readonly code = 8;

  constructor(path: string) {
    super(`invalid argument: invalid path: ${path}`);
  }
}
