/**
 * What an OpenStack project raises of its own: the text is made of the kwargs, and there is an HTTP
 * status for the API. Each project has a base of its own over this one, with its module. Upstream:
 * the base of nova/exception.py, keystone/exception.py, neutron/common/exceptions.py, which differ
 * in what they call the text.
 */
import { Exception } from "../python/index.js";

type Kwargs = Readonly<Record<string, unknown>>;

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
    this.message = message ?? format(msg_fmt, kwargs);
    this.name = name;
  }

  /** The HTTP status that an API answers with, where it does not choose its own. */
  get code(): number {
    return (this.constructor as typeof UpstreamException).code;
  }
}

const format = (text: string, kwargs: Kwargs): string =>
  text.replace(/%\((\w+)\)[sdi]/g, (_, key: string) => String(kwargs[key]));
