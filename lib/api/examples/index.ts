import type { AnyContract } from '@/lib/http/contract';
import { curlExample } from './curl';
import { exampleCall } from './example-call';
import { pythonExample } from './python';
import { typeScriptExample } from './typescript';

/** One call in one language. */
export interface RequestExample {
  language: 'curl' | 'TypeScript' | 'Python';
  text: string;
}

/** The example call of an operation in every language, all made of the contract. `serverUrl` without a slash at the end. */
export function requestExamples(contract: AnyContract, serverUrl: string): RequestExample[] {
  const call = exampleCall(contract, serverUrl);
  return [
    { language: 'curl', text: curlExample(call) },
    { language: 'TypeScript', text: typeScriptExample(call) },
    { language: 'Python', text: pythonExample(call) },
  ];
}
