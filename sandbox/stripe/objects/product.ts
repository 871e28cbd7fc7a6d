import type Stripe from 'stripe';
import { newId } from '../ids';
import { mergeMetadata } from '../parameters';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';

export const product = kind<Stripe.Product>({ object: 'product', prefix: 'prod', expandable: { default_price: 'price' } });

interface ProductDetails {
  name: string;
  id?: string;
  active?: boolean;
  description?: string | null;
  images?: string[] | null;
  metadata?: Record<string, string> | null;
  statement_descriptor?: string;
  tax_code?: string | null;
  unit_label?: string | null;
  url?: string | null;
}

/** A new product, told as `product.created`. */
export function createProduct(sandbox: Sandbox, given: ProductDetails): Stripe.Product {
  const made = sandbox.insert(product, {
    id: given.id ?? newId('prod'),
    object: 'product',
    active: given.active ?? true,
    created: sandbox.now(),
    default_price: null,
    description: given.description ?? null,
    images: given.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: mergeMetadata(null, given.metadata),
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: given.statement_descriptor ?? null,
    tax_code: given.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: given.unit_label ?? null,
    updated: sandbox.now(),
    url: given.url ?? null,
  } satisfies Stripe.Product);
  sandbox.emit('product.created', made);
  return made;
}
