/** One thing that is wrong with a request, as PayPal tells it: https://developer.paypal.com/api/rest/responses/#link-errors */
export interface ErrorDetail {
  issue: string;
  description: string;
  /** A JSON pointer such as `/purchase_units/0/amount/value`. */
  field?: string;
  value?: string;
  location?: 'body' | 'path' | 'query';
}

export interface ErrorLink {
  href: string;
  rel: string;
  method?: string;
}

/** A request that is answered with an error. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** PayPal's name of it, such as `UNPROCESSABLE_ENTITY`. */
    override readonly name: string,
    message: string,
    readonly details: readonly ErrorDetail[] = [],
    readonly links: readonly ErrorLink[] = [],
  ) {
    super(message);
  }
}

/** 422 for what was asked in the right form and cannot be done. */
export function unprocessable(issue: string, description: string, more: { field?: string; value?: string; links?: readonly ErrorLink[] } = {}): Refusal {
  const { links = [], ...place } = more;
  return new Refusal(422, 'UNPROCESSABLE_ENTITY', 'The requested action could not be performed, semantically incorrect, or failed business validation.', [{ ...place, issue, description }], links);
}

/** 400 for what is not in the right form. */
export function invalidRequest(details: readonly ErrorDetail[]): Refusal {
  return new Refusal(400, 'INVALID_REQUEST', 'Request is not well-formed, syntactically incorrect, or violates schema.', details);
}

/** 404 for something that is not here. */
export function missing(issue = 'INVALID_RESOURCE_ID', description = 'Specified resource ID does not exist. Please check the resource ID and try again.'): Refusal {
  return new Refusal(404, 'RESOURCE_NOT_FOUND', 'The specified resource does not exist.', [{ issue, description }]);
}

/** The buyer's bank or PayPal itself says no; the buyer may try with another of their methods where there is a link. */
export function instrumentDeclined(links: readonly ErrorLink[] = []): Refusal {
  return unprocessable('INSTRUMENT_DECLINED', 'The instrument presented was either declined by the processor or bank, or it can\'t be used for this payment.', { links });
}
