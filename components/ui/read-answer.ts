/** Reads the payload of an answer of the API with every number as a decimal string, since it may pass 2^53. Throws when it failed. */
export async function readAnswer<Payload>(address: string, signal: AbortSignal): Promise<Payload> {
  // Most pages come with all that they show: what reads more is loaded with the first answer.
  const [response, { parse }] = await Promise.all([fetch(address, { signal, headers: { accept: 'application/json' } }), import('lossless-json')]);
  if (!response.ok) throw new Error(`${address} could not be read (${response.status}).`);
  const envelope = parse(await response.text(), undefined, (digits) => digits) as { payload: Payload };
  return envelope.payload;
}
