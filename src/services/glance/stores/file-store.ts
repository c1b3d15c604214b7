/**
 * Keeps images as files on the host of glance-api. The disk is not the process's: it is there when
 * the process is started again. Upstream: glance_store/_drivers/filesystem.py.
 */
import { caught, type Op, type Stream } from "../../../kernel/index.js";
import { receive, type ImageData, type IncomingData } from "../image-data.js";
import { StorageFull, Duplicate, NotFound, type Store, type Stored } from "./store.js";

interface File {
  readonly bytes: number;
  readonly checksum: string;
}

/** A directory for images on some host's disk. */
export class ImageFiles {
  /** Bytes that it can hold. */
  readonly capacity: number;
  readonly #files = new Map<string, File>();

  constructor(capacity = Infinity) {
    this.capacity = capacity;
  }

  get used(): number {
    let used = 0;
    for (const { bytes } of this.#files.values()) used += bytes;
    return used;
  }

  get paths(): readonly string[] {
    return [...this.#files.keys()];
  }

  get(path: string): File | undefined {
    return this.#files.get(path);
  }

  set(path: string, file: File): void {
    this.#files.set(path, file);
  }

  delete(path: string): boolean {
    return this.#files.delete(path);
  }
}

const SCHEME = "file://";

export class FileStore implements Store {
  readonly scheme = "file";
  readonly #files: ImageFiles;
  readonly #directory: string;
  readonly #checksums: Stream;

  constructor(files: ImageFiles, directory: string, checksums: Stream) {
    this.#files = files;
    this.#directory = directory.replace(/\/+$/, "");
    this.#checksums = checksums;
  }

  *add(imageId: string, data: IncomingData): Op<Stored> {
    const path = `${this.#directory}/${imageId}`;
    const { bytes, checksum = this.#checksums.hex32() } = data.$data;
    if (this.#files.get(path) !== undefined) {
      throw new Duplicate();
    }
    // The name is taken from the start, so two writers cannot meet in one file; who crashes in
    // between leaves it behind.
    this.#files.set(path, { bytes: 0, checksum });
    try {
      yield* receive(data);
    } catch (thrown) {
      const error = yield* caught(thrown);
      this.#files.delete(path);
      throw error;
    }
    if (this.#files.used + bytes > this.#files.capacity) {
      this.#files.delete(path);
      throw new StorageFull();
    }
    this.#files.set(path, { bytes, checksum });
    return { location: SCHEME + path, size: bytes, checksum };
  }

  *get(location: string): Op<ImageData> {
    const file = this.#files.get(location.slice(SCHEME.length));
    if (file === undefined) throw new NotFound();
    return { $data: { bytes: file.bytes, checksum: file.checksum } };
  }

  *delete(location: string): Op<void> {
    if (!this.#files.delete(location.slice(SCHEME.length))) {
      throw new NotFound();
    }
  }
}
