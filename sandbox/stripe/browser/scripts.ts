import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleScript } from '../../server/bundle';
import type { Page, PageAnswer, Resource } from '../resource';

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What a page of the sandbox may load: its own scripts and styles, frames of its own, and nothing from elsewhere. */
export const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'";

export function html(body: string, status = 200): PageAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentPolicy, 'cache-control': 'no-store' }, body };
}

export function scriptPage(path: string, entry: string): Page {
  return {
    method: 'GET',
    path,
    answer: async () => ({ headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache', 'cross-origin-resource-policy': 'cross-origin' }, body: await bundleScript(fileOf(entry)) }),
  };
}

export function stylePage(path: string, file: string): Page {
  return { method: 'GET', path, answer: () => ({ headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }, body: readFileSync(fileOf(file), 'utf8') }) };
}

const frame = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Card and bank account fields of the sandbox</title>
<link rel="stylesheet" href="/_pages/element/payment.css">
</head>
<body><script src="/_pages/element/payment.js"></script></body>
</html>`;

/** The stand-in for Stripe.js, and the page with the fields that it puts in a frame. */
export const browserScripts: Resource = {
  pages: [
    scriptPage('/stripe.js', 'page/main.ts'),
    { method: 'GET', path: '/_pages/element/payment', answer: () => html(frame) },
    scriptPage('/_pages/element/payment.js', 'frame/main.ts'),
    stylePage('/_pages/element/payment.css', 'frame/frame.css'),
  ],
};
