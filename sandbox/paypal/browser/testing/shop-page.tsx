import { PayPalButtons, PayPalScriptProvider } from '@paypal/react-paypal-js';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** A page as a seller would write it with PayPal's own package; what it does is told by its address. */
const query = new URLSearchParams(location.search);
const asked = (name: string): string => query.get(name) ?? '';

function Shop() {
  const [result, setResult] = useState('');
  const begin = asked('setup') ? { createVaultSetupToken: async () => asked('setup') } : { createOrder: async () => asked('order') };
  return (
    <PayPalScriptProvider options={{ clientId: asked('client'), sdkBaseUrl: `${asked('sandbox')}/sdk/js`, ...(asked('locale') && { locale: asked('locale') }) }}>
      <PayPalButtons
        {...begin}
        onApprove={async (data) => setResult(`approved ${data.orderID || data.vaultSetupToken} ${data.payerID}`)}
        onCancel={() => setResult('cancelled')}
        onError={(error) => setResult(`failed ${String(error)}`)}
      />
      <output>{result}</output>
    </PayPalScriptProvider>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
);
