import { isWithin, listOf } from '../lists';
import { createFile, file } from '../objects/file';
import { oneOf, pagination, range, text } from '../parameters';
import { get, post, type Resource } from '../resource';

/** Files, which Stripe keeps on a host of their own: https://docs.stripe.com/api/files. Of their purposes the portal needs one. */
export const files: Resource = {
  kinds: [file],
  routes: [
    post('/v1/files', {
      returns: file,
      parameters: { purpose: oneOf(['dispute_evidence']) },
      answer: ({ sandbox, parameters: { purpose }, files: sent }) => createFile(sandbox, purpose, sent.find(({ name }) => name === 'file')),
    }),
    get('/v1/files', {
      returns: file,
      parameters: { ...pagination, created: range().optional(), purpose: text().optional() },
      answer({ sandbox, parameters: { created, purpose, ...page } }) {
        return listOf('/v1/files', sandbox.rows(file).where((one) => isWithin(one.created, created) && (!purpose || one.purpose === purpose)), page);
      },
    }),
    get('/v1/files/:id', { returns: file, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(file, path.id!) }),
  ],
};
