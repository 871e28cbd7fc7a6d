/** What a bundler for browsers is given in place of the client. */
throw new Error('The portal client runs in Node only: in a browser everybody could read the API key. Call your own backend, and the portal from there.');

export {};
