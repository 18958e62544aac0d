// A mail server for tests, on a free port of the loopback address. Says its port in the first line and then each message it took, as JSON.
// Addresses that begin with "refused" are refused for good, those with "busy" for now. Ends when its input ends, that is with the test.
import { SMTPServer } from 'smtp-server';

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code });
const server = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  authOptional: true,
  onAuth({ username, password }, session, done) {
    if (username === 'kettenwerk' && password === 'for tests only') done(null, { user: username });
    else done(refuse(535, 'no'));
  },
  onRcptTo({ address }, session, done) {
    if (address.startsWith('refused')) done(refuse(550, 'no such mailbox'));
    else if (address.startsWith('busy')) done(refuse(451, 'later'));
    else done();
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      say({ to: session.envelope.rcptTo.map((r) => r.address), user: session.user ?? null, raw: Buffer.concat(parts).toString('base64') });
      done();
    });
  },
});
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
