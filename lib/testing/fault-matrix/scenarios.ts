/** Every way that money moves. */
export const flows = ['pay', 'subscribe', 'top_up', 'refund'] as const;
export type Flow = (typeof flows)[number];

/** What the provider's answer meets: it is busy and does nothing, or it acts, and fails, cuts the line or stays silent. */
export const lostAnswers = ['busy', 'fails_after', 'cut_after', 'silent_after'] as const;
export type LostAnswer = (typeof lostAnswers)[number];

/** Nothing; our process dies while it writes what it is about to do, or what became of it; or the answer is not heard. */
export const faults = ['none', 'dies_before', 'dies_after', ...lostAnswers] as const;
export type ScenarioFault = (typeof faults)[number];

/** When the provider tells: before we have its answer, twice at once after it, when all is over, or never. */
export const notices = ['before', 'twice', 'late', 'never'] as const;
export type NoticeTime = (typeof notices)[number];

/** Whether it goes through at once, or the provider only begins. */
export const outcomes = ['at once', 'later'] as const;

export interface Scenario {
  flow: Flow;
  fault: ScenarioFault;
  notice: NoticeTime;
  outcome: (typeof outcomes)[number];
  /** The requests to a provider that one movement of money takes are met in turn. */
  turn: number;
  name: string;
}

/** Each flow with each fault and each time of the notice; every two of these meet either outcome. Pure. */
export function scenariosOf(): Scenario[] {
  return flows.flatMap((flow, row) =>
    faults.flatMap((fault, column) =>
      notices.map((notice, depth) => {
        const outcome = outcomes[(row + column + depth) % 2]!;
        return { flow, fault, notice, outcome, turn: Math.floor((row + depth) / 2), name: `${flow}, fault: ${fault}, notice: ${notice}, goes through ${outcome}` };
      }),
    ),
  );
}

/** What an account of the scenario stores: a method that pays, one whose charges go through later, or whose refunds do. */
export type Behaviour = 'pays' | 'settles_later' | 'refunds_later';

export function behaviourOf({ flow, outcome }: Pick<Scenario, 'flow' | 'outcome'>): Behaviour {
  if (outcome === 'at once') return 'pays';
  return flow === 'refund' ? 'refunds_later' : 'settles_later';
}
