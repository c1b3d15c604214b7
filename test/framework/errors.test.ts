/** What all projects' exceptions have from their base. */
import { expect, it } from "vitest";
import { UpstreamException } from "../../src/framework/index.js";

class BookException extends UpstreamException {
  static override readonly module: string = "library.exception";
}

class BookNotFound extends BookException {
  static override readonly msg_fmt = "No %(what)s %(id)s on %(count)d shelves";
  static override readonly code = 404;
}

it("an upstream exception is its class: name, module, status, and a text made of its kwargs", () => {
  const error = new BookNotFound({ what: "book", id: "b1", count: 3 });
  expect(error).toMatchObject({
    name: "BookNotFound",
    module: "library.exception",
    code: 404,
    message: "No book b1 on 3 shelves",
    kwargs: { what: "book", id: "b1", count: 3 },
  });
  expect(error).toBeInstanceOf(BookException);
  expect(new BookException()).toMatchObject({ name: "BookException", code: 500 });
});

it("an upstream exception may have a text of its own, and keeps its kwargs", () => {
  const error = new BookNotFound({ id: "b1" }, "Lost");
  expect([error.message, error.kwargs]).toEqual(["Lost", { id: "b1" }]);
});
