/** Why an attempt failed without an answer, as the API says it. */
const sentences = {
  refused: 'Nothing listens at the address.',
  unknown_host: 'There is no host of that name.',
  unresolved: 'The name of the host cannot be resolved.',
  closed: 'The connection was closed before an answer came.',
  unreachable: 'The address cannot be reached from here.',
  late: 'No answer within ten seconds.',
  off: 'The endpoint was switched off.',
  connection: 'The connection failed.',
} as const;

const certificate = 'The certificate of the address is not accepted';

export type Failure = keyof typeof sentences | 'certificate';

/** The sentence for a failure. `detail`: what a certificate fails by. */
export function sentenceOf(failure: Failure, detail = ''): string {
  return failure === 'certificate' ? `${certificate} (${detail}).` : sentences[failure];
}

/** Which failure a sentence tells of, to say it in another language; any other is one of the connection. */
export function failureOf(sentence: string): Failure {
  if (sentence.startsWith(certificate)) return 'certificate';
  const known = Object.entries(sentences).find(([, said]) => said === sentence);
  return known ? (known[0] as Failure) : 'connection';
}
