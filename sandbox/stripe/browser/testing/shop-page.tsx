import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import { loadStripe, type Appearance, type StripeElementLocale, type StripeElementsOptions } from '@stripe/stripe-js';
import { StrictMode, useState, type FormEvent } from 'react';
import { createRoot } from 'react-dom/client';

/** A page as a seller would write it with Stripe's own packages; what it does is told by its address. */
const query = new URLSearchParams(location.search);
const asked = (name: string): string => query.get(name) ?? '';
const stripePromise = loadStripe(asked('key'));

const appearance: Appearance = { theme: asked('theme') === 'night' ? 'night' : 'stripe' };
const locale = (asked('locale') || 'en') as StripeElementLocale;
const options: StripeElementsOptions = asked('secret')
  ? { clientSecret: asked('secret'), appearance, locale }
  : { mode: 'setup', currency: asked('currency') || 'usd', paymentMethodCreation: 'manual', appearance, locale };

function Form() {
  const stripe = useStripe();
  const elements = useElements();
  const [state, setState] = useState('loading');
  const [complete, setComplete] = useState(false);
  const [result, setResult] = useState('');

  async function confirm(event: FormEvent) {
    event.preventDefault();
    if (!stripe || !elements) return;
    setResult('');
    const submitted = await elements.submit();
    if (submitted.error) return setResult(`${submitted.error.type} ${submitted.error.code} ${submitted.error.message}`);
    if (asked('later')) {
      // The intent was made after the fields were shown.
      const { error, setupIntent } = await stripe.confirmSetup({ elements, clientSecret: asked('later'), redirect: 'if_required' });
      return setResult(error ? `${error.code}` : `done ${setupIntent.status}`);
    }
    if (!asked('secret')) {
      const { error, paymentMethod } = await stripe.createPaymentMethod({ elements });
      return setResult(error ? `${error.code}` : `created ${paymentMethod.type} ${paymentMethod.card?.last4 ?? paymentMethod.us_bank_account?.last4}`);
    }
    const confirmParams = { return_url: new URL('/returned', location.href).href };
    const isSetup = asked('secret').startsWith('seti_');
    if (asked('redirect') === 'always') {
      const { error } = isSetup ? await stripe.confirmSetup({ elements, confirmParams }) : await stripe.confirmPayment({ elements, confirmParams });
      return setResult(`${error.code}`);
    }
    const answer = isSetup ? await stripe.confirmSetup({ elements, redirect: 'if_required', confirmParams }) : await stripe.confirmPayment({ elements, redirect: 'if_required', confirmParams });
    const status = 'paymentIntent' in answer ? answer.paymentIntent?.status : 'setupIntent' in answer ? answer.setupIntent?.status : undefined;
    setResult(answer.error ? [answer.error.type, answer.error.code, answer.error.decline_code, answer.error.message].filter(Boolean).join(' ') : `done ${status}`);
  }

  return (
    <form onSubmit={confirm}>
      <PaymentElement onReady={() => setState('ready')} onLoadError={({ error }) => setState(`loaderror ${error.code}`)} onChange={(event) => setComplete(event.complete)} />
      <p data-testid="state">{state}</p>
      <p data-testid="complete">{complete ? 'complete' : 'incomplete'}</p>
      <button type="submit" disabled={!stripe}>Confirm</button>
      <output>{result}</output>
    </form>
  );
}

/** The bank asked for more after the server had confirmed: the page has only the client secret. */
function NextAction() {
  const stripe = useStripe();
  const [result, setResult] = useState('');
  async function act() {
    const { error, paymentIntent } = (await stripe?.handleNextAction({ clientSecret: asked('act') })) ?? {};
    setResult(error ? `${error.type} ${error.code}` : `done ${paymentIntent?.status}`);
  }
  return (
    <div>
      <button type="button" disabled={!stripe} onClick={() => void act()}>Authenticate</button>
      <output>{result}</output>
    </div>
  );
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      {asked('act') ? (
        <Elements stripe={stripePromise}>
          <NextAction />
        </Elements>
      ) : (
        <Elements stripe={stripePromise} options={options}>
          <Form />
        </Elements>
      )}
    </StrictMode>,
  );
}
