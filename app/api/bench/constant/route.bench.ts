/** For `npm run bench:http` only: the least that a route handler can do with a body. No product build has it. */
export async function POST(request: Request): Promise<Response> {
  await request.json();
  return Response.json({ success: true, code: 'ok', message: 'OK', payload: { allowed: true } });
}
