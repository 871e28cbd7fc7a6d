-- Books what moved money before there was a ledger, as the code books it since: debit above zero, credit below.
-- Invoices bore no prepaid credit until now.

CREATE TEMP TABLE "booked" ON COMMIT DROP AS
-- Issued: the customer owes what was sold and its tax.
SELECT 'invoice_issued' AS kind, id AS reference, account_id, currency, issued_at AS occurred_at, entry.ledger_account, entry.amount_minor
FROM invoice, LATERAL (VALUES ('receivable', total_minor), ('revenue', -subtotal_minor), ('tax_owed', -tax_minor)) entry(ledger_account, amount_minor)
WHERE status <> 'draft'
UNION ALL
-- Credit notes take back what was sold and its tax: first what was still to pay, then what is to be given back.
SELECT 'credit_note', note.id, note.account_id, note.currency, note.issued_at, entry.ledger_account, entry.amount_minor
FROM credit_note note JOIN invoice ON invoice.id = note.invoice_id, LATERAL (VALUES
  ('credit_notes', note.net_minor), ('tax_owed', note.tax_minor), ('owed_back', -note.refundable_minor),
  (CASE WHEN invoice.uncollectible_at <= note.issued_at THEN 'written_off' ELSE 'receivable' END, note.refundable_minor - note.total_minor)
) entry(ledger_account, amount_minor)
UNION ALL
-- Given up: what was still to pay then is written off.
SELECT 'invoice_given_up', invoice.id, account_id, currency, uncollectible_at, entry.ledger_account, entry.amount_minor
FROM invoice, LATERAL (
  SELECT total_minor - COALESCE((SELECT sum(note.total_minor - note.refundable_minor) FROM credit_note note WHERE note.invoice_id = invoice.id AND note.issued_at < uncollectible_at), 0)::bigint AS due
) open, LATERAL (VALUES ('written_off', due), ('receivable', -due)) entry(ledger_account, amount_minor)
WHERE uncollectible_at IS NOT NULL
UNION ALL
-- Declared void: the sale is undone.
SELECT 'invoice_voided', id, account_id, currency, voided_at, entry.ledger_account, entry.amount_minor
FROM invoice, LATERAL (VALUES
  ('revenue', subtotal_minor), ('tax_owed', tax_minor), (CASE WHEN uncollectible_at IS NULL THEN 'receivable' ELSE 'written_off' END, -total_minor)
) entry(ledger_account, amount_minor)
WHERE status = 'void'
UNION ALL
-- Paid at a gateway, or in another way.
SELECT 'invoice_paid', COALESCE(attempt.id, invoice.id), invoice.account_id, invoice.currency, paid_at, entry.ledger_account, entry.amount_minor
FROM invoice
LEFT JOIN LATERAL (
  SELECT id, gateway FROM payment_attempt a
  WHERE a.invoice_id = invoice.id AND a.status = 'succeeded'
    AND NOT EXISTS (SELECT 1 FROM audit_entry WHERE action = 'payment.surplus' AND subject = a.id AND audit_entry.account_id = a.account_id)
  ORDER BY finished_at, id LIMIT 1
) attempt ON true,
LATERAL (SELECT total_minor - credited_minor + refundable_minor AS paid) sum,
LATERAL (VALUES
  (COALESCE('gateway:' || attempt.gateway, 'paid_otherwise'), paid), (CASE WHEN uncollectible_at IS NULL THEN 'receivable' ELSE 'written_off' END, -paid)
) entry(ledger_account, amount_minor)
WHERE invoice.status = 'paid'
UNION ALL
-- Charged although nothing was owed any more: to be given back.
SELECT 'payment_surplus', a.id, a.account_id, a.currency, a.finished_at, entry.ledger_account, entry.amount_minor
FROM payment_attempt a, LATERAL (VALUES ('gateway:' || a.gateway, a.amount_minor), ('owed_back', -a.amount_minor)) entry(ledger_account, amount_minor)
WHERE a.status = 'succeeded' AND EXISTS (SELECT 1 FROM audit_entry WHERE action = 'payment.surplus' AND subject = a.id AND audit_entry.account_id = a.account_id);

INSERT INTO ledger_transaction (id, account_id, kind, reference, occurred_at)
SELECT 'ltx_' || substr(md5(kind || ' ' || reference), 1, 24), account_id, kind, reference, occurred_at
FROM booked WHERE amount_minor <> 0 GROUP BY account_id, kind, reference, occurred_at;

INSERT INTO ledger_entry (transaction_id, position, account_id, ledger_account, currency, amount_minor)
SELECT 'ltx_' || substr(md5(kind || ' ' || reference), 1, 24), row_number() OVER (PARTITION BY kind, reference ORDER BY ledger_account), account_id, ledger_account, currency, amount_minor
FROM booked WHERE amount_minor <> 0;
