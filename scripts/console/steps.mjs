// Plain JavaScript: it speaks before anything is installed.

const colourful = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;

/** @param {number} code @param {string} text */
function paint(code, text) {
  return colourful ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** @param {string} text */
export const green = (text) => paint(32, text);
/** @param {string} text */
export const red = (text) => paint(31, text);
/** @param {string} text */
export const dim = (text) => paint(2, text);
/** @param {string} text */
export const bold = (text) => paint(1, text);

/** Something the person who started the command can put right; it is shown as its message, without a stack. */
export class Failure extends Error {
  /**
   * @param {string} message one line a problem, each of which says what to do
   * @param {string} [details] output of the tool that failed, shown above the message
   */
  constructor(message, details) {
    super(message);
    this.name = 'Failure';
    this.forOperator = true;
    this.details = details;
  }
}

/** @param {number} started the value of `performance.now()` at the start */
export function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

/**
 * Runs one step of a command and shows it as one line: what it does, then ✓ (or ✗) and the time it took.
 * @template T
 * @param {string} title what happens, in a few words
 * @param {(note: (text: string) => void) => Promise<T>} work may call `note` to add a remark to its line
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  let remark = '';
  const live = Boolean(process.stdout.isTTY);
  const draw = () => process.stdout.write(`\r\u001b[K  … ${title} ${dim(seconds(started))}`);
  if (live) draw();
  const ticker = live ? setInterval(draw, 200) : undefined;
  const finish = (/** @type {string} */ mark) => {
    clearInterval(ticker);
    const tail = [remark, seconds(started)].filter(Boolean).join(', ');
    process.stdout.write(`${live ? '\r\u001b[K' : ''}  ${mark} ${title} ${dim(`(${tail})`)}\n`);
  };
  try {
    const result = await work((text) => {
      remark = text;
    });
    finish(green('✓'));
    return result;
  } catch (error) {
    finish(red('✗'));
    throw error;
  }
}

/**
 * Shows why a command ended: what its operator can put right as plain sentences, a defect with its stack.
 * @param {unknown} error
 */
export function showFailure(error) {
  const failure = error instanceof Error ? error : new Error(String(error));
  if (failure instanceof Failure && failure.details) process.stderr.write(`${failure.details.trimEnd()}\n`);
  const expected = 'forOperator' in failure;
  const text = expected ? failure.message : (failure.stack ?? failure.message);
  process.stderr.write(`${text.split('\n').map((line) => `${red('✗')} ${line}`).join('\n')}\n`);
}
