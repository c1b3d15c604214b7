/**
 * What an OpenStack project raises of its own: the text is made of the kwargs, and there is an HTTP
 * status for the API. Each project has a base of its own over this one, with its module. Upstream:
 * the base of nova/exception.py, keystone/exception.py, neutron/common/exceptions.py, which differ
 * in what they call the text.
 */
import type { Headers } from "../http/index.js";
import { Exception, repr, toJson, UnserializableError, type Json } from "../python/index.js";

type Kwargs = Readonly<Record<string, unknown>>;

/**
 * What an OpenStack project raises of its own: a text made of its kwargs, and an HTTP status.
 *
 * @example
 * ```ts
 * import { UpstreamException } from "novasim";
 *
 * class NoteNotFound extends UpstreamException {
 *   static override readonly module = "board.exception";
 *   static override readonly msg_fmt = "Note %(id)s could not be found.";
 *   static override readonly code = 404;
 *   static override readonly name = "NoteNotFound";
 * }
 * const error = new NoteNotFound({ id: 7 });
 * console.log(error.code, error.message); // 404 Note 7 could not be found.
 * ```
 */
export class UpstreamException extends Exception {
  /** The text, with `%(name)s` for what is put in. */
  static readonly msg_fmt: string = "An unknown exception occurred.";
  static readonly code: number = 500;
  /** That of the class. */
  override name = "UpstreamException";

  /** @param message instead of the text of the class */
  constructor(kwargs: Kwargs = {}, message?: string) {
    super("", kwargs);
    const { msg_fmt, name } = new.target;
    // An empty text is as good as none.
    const said = message !== undefined && message !== "";
    this.message = said ? message : format(msg_fmt, kwargs);
    this.name = name;
  }

  /** The HTTP status that an API answers with, where it does not choose its own. */
  get code(): number {
    return (this.constructor as typeof UpstreamException).code;
  }
}

/**
 * The base that Nova has, and Cinder took with it: its fault may bear headers, and it says whether its
 * text is for users. Upstream: NovaException in nova/exception.py, CinderException in cinder/exception.py.
 */
export class FaultException extends UpstreamException {
  /** What its fault bears, where no controller chooses. */
  static readonly headers: Headers = {};
  /** Whether a user may read the text of one that no controller foresaw. */
  static readonly safe: boolean = false;

  /** The code travels with the kwargs, and a text may show it. */
  constructor(kwargs: Kwargs = {}, message?: string) {
    super({ code: new.target.code, ...kwargs }, message);
  }

  get headers(): Headers {
    return (this.constructor as typeof FaultException).headers;
  }

  get safe(): boolean {
    return (this.constructor as typeof FaultException).safe;
  }
}

/**
 * `text % kwargs`. Where something has no value, or a number is none, Python refuses; all projects
 * catch that and show the text as it is written.
 */
function format(text: string, kwargs: Kwargs): string {
  const gaps: string[] = [];
  const filled = text.replace(/%\((\w+)\)([sdi])/g, (place, key: string, type: string) => {
    const value = kwargs[key];
    if (value === undefined || (type !== "s" && typeof value !== "number")) gaps.push(key);
    return typeof value === "string" ? value : shown(value, place);
  });
  return gaps.length === 0 ? filled : text;
}

/** As `%s` writes it: `None`, `True`, `[u'a']`; what is no value of Python's in words of its own. */
function shown(value: unknown, place: string): string {
  if (value === undefined) return place;
  try {
    const json: Json = toJson(value);
    return repr(json);
  } catch (error) {
    if (!(error instanceof UnserializableError)) throw error;
    // A thing of the simulator's own: what it calls itself, or what kind of thing it is.
    return value instanceof Exception ? value.message : typeof value;
  }
}
