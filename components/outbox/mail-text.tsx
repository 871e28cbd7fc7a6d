/** The text of a mail with its addresses as links. */
export function MailText({ text }: { text: string }) {
  return (
    <p className="max-w-[65ch] break-words whitespace-pre-line">
      {text.split(/(https?:\/\/\S+)/).map((part, index) =>
        index % 2 === 1 ? (
          <a key={index} href={part} className="break-all text-accent-ink underline underline-offset-2">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}
