/**
 * Something that whoever runs the server can put right (a setting, a disk, a database that does not answer).
 * Commands show its message, one line a problem, without a stack.
 */
export class OperatorError extends Error {
  readonly forOperator = true;
  override readonly name: string = 'OperatorError';
}
