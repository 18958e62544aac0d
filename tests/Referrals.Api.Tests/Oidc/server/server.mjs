// A real issuer of sign-ins for tests, on the loopback address: everybody is who they say. Whose name begins with "unchecked" has an
// address that was not checked. Ends when its standard input ends, so it never outlives the test.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [redirectUri] = process.argv.slice(2);
let handle;
const server = createServer((request, response) => handle(request, response));
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'referrals', client_secret: 'a-secret-of-the-test-only-0123456789', redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    cookies: { keys: ['a-key-of-the-test-only'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: !id.startsWith('unchecked') }),
    }),
  });
  handle = provider.callback();
  console.log(`issuer=${issuer}`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
