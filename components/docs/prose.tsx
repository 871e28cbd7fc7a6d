/** English prose of a contract: what stands between backticks is code. */
export function Prose({ children }: { children: string }) {
  const parts = children.split('`');
  return parts.map((part, index) =>
    index % 2 === 1 ? (
      <code key={index} className="font-mono text-xs text-ink">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
