/** What the approval page in a pop-up tells the page that opened it. */
export interface ApprovalMessage {
  source: 'paypal-sandbox';
  token: string;
  outcome: 'approved' | 'cancelled';
  payerId: string | null;
}
