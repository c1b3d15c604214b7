/**
 * A file that `swift upload` sends. There is no disk here: it is as large as `--size` says and as old as the
 * run, and a file of one name and size always has the same bytes. Upstream: the open() of
 * swiftclient/service.py, 2.3.1.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { DataBody } from "../../http/index.js";

export class LocalFile {
  readonly path: string;
  readonly size: number;
  /** `1411012989.000000`, as `"%f" % getmtime(path)` is. */
  readonly mtime: string;

  constructor(path: string, size: number, mtime: string) {
    this.path = path;
    this.size = size;
    this.mtime = mtime;
  }

  get checksum(): string {
    return this.#sum(0, this.size);
  }

  /** The bytes from `start` on; all of them without more. */
  part(start = 0, size = this.size): DataBody {
    return { $data: { bytes: size, checksum: this.#sum(start, size) } };
  }

  #sum(start: number, size: number): string {
    if (size === 0) return bytesToHex(md5(new Uint8Array()));
    return bytesToHex(md5(utf8ToBytes(`${this.path} ${String(start)} ${String(size)}`)));
  }
}
