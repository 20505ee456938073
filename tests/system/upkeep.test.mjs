// What an operator does to a running server: new entries, TLS, and a stop that lets answers out.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import WebSocket from 'ws';
import { Server, binary, root } from './support/server.mjs';
import { opened, post, sealed, textXml } from './support/wechat.mjs';

let server;
before(async () => { server = await Server.create(); });
after(async () => { await server?.destroy(); });

const asked = (id, text) => post(server.origin, sealed(textXml({ from: `oUpkeep${id}`, text, id: `7400000000000000${id}` })));

/** fetch() with options of TLS, which the built-in one does not take. */
function secure(url, options, body) {
  return new Promise((done, failed) => {
    const request = https.request(url, options, (response) => {
      let text = '';
      response.on('data', (piece) => { text += piece; });
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text }));
    });
    request.on('error', failed);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

test('imported entries are served without a restart', async () => {
  const before = opened((await asked(1, '飞毯停在院子里要交停放费吗')).body).content;
  assert.doesNotMatch(before, /飞毯管理处/);
  const lines = join(server.dir, 'entries.jsonl');
  writeFileSync(lines, JSON.stringify({ id: 'X-carpet', question: '飞毯停在院子里要交停放费吗', keyword: '飞毯', answer: '不用交。有人收费，请找飞毯管理处。' }) + '\n');
  execFileSync(binary, ['kb', 'import', '--publish', lines, '--config', server.config], { cwd: root, env: { ...process.env, YUANDA_ROOT: root } });
  const until = Date.now() + 20_000;
  let content = '';
  for (let id = 2; Date.now() < until && !/飞毯管理处/.test(content); id++) {
    await new Promise((done) => setTimeout(done, 500));
    content = opened((await asked(id, '飞毯停在院子里要交停放费吗')).body).content;
  }
  assert.match(content, /飞毯管理处/);
});

test('a stop by SIGTERM lets a running answer out and ends with 0', async () => {
  const answers = Array.from({ length: 8 }, (_, i) => asked(50 + i, '老板拖欠工资怎么办'));
  await Promise.race(answers);  // one is out, the others are under way
  const end = await server.stop();
  assert.equal(end.code, 0, server.log());
  const settled = await Promise.allSettled(answers);
  for (const one of settled) if (one.status === 'fulfilled') assert.ok([200, 503].includes(one.value.status));
  assert.ok(settled.some((one) => one.status === 'fulfilled' && one.value.status === 200), 'no answer came out');
  await server.start();
  assert.equal((await asked(60, '试用期被辞退有赔偿吗')).status, 200);
});

test('another key file, or none, is refused at the start and never replaced', async () => {
  await server.stop();
  const file = join(server.dir, 'yuanda.key');
  const right = readFileSync(file);
  chmodSync(file, 0o600);
  writeFileSync(file, 'ab'.repeat(32) + '\n');
  await assert.rejects(server.start(), /another key/);
  rmSync(file);
  await assert.rejects(server.start(), /no key file/);
  assert.ok(!existsSync(file), 'no new key beside an old database');
  writeFileSync(file, right, { mode: 0o600 });
  await server.start();
  assert.equal((await asked(70, '试用期最长多久')).status, 200);
});

test('with a certificate the server speaks TLS and nothing else', async () => {
  await server.stop();
  const [key, certificate] = [join(server.dir, 'tls.key'), join(server.dir, 'tls.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
    '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  process.env.YUANDA_LISTEN__TLS_CERTIFICATE = certificate;
  process.env.YUANDA_LISTEN__TLS_KEY = key;
  try {
    await server.start();
  } finally {
    delete process.env.YUANDA_LISTEN__TLS_CERTIFICATE;
    delete process.env.YUANDA_LISTEN__TLS_KEY;
  }
  const url = server.origin.replace('http:', 'https:');
  const ca = readFileSync(certificate);
  const health = await secure(`${url}/healthz`, { ca });
  assert.equal(health.status, 200);
  assert.match(health.headers['strict-transport-security'], /max-age=/);
  await assert.rejects(secure(`${url}/healthz`, { ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }), 'TLS 1.1 must be refused');
  await assert.rejects(fetch(`${server.origin}/healthz`), 'plain HTTP must be refused');

  const { body: session } = await secure(`${url}/api/chat/session`, { ca, method: 'POST' }, { inbox: 'web' });
  const headers = { authorization: `Bearer ${session.token}` };
  const { body: { ticket } } = await secure(`${url}/api/chat/ticket`, { ca, headers, method: 'POST' }, {});
  const socket = new WebSocket(`${url.replace('https', 'wss')}/api/chat/socket`, ['yuanda.v1', `ticket.${ticket}`], { ca });
  const answer = new Promise((done, failed) => {
    socket.on('error', failed);
    socket.on('open', () => {
      socket.send(JSON.stringify({ t: 'hello', last_seq: 0 }));
      socket.send(JSON.stringify({ t: 'msg', cmid: randomUUID(), text: '老板拖欠工资不给，怎么要回来' }));
    });
    socket.on('message', (data) => { if (String(data).includes('劳动监察')) done(true); });
    setTimeout(failed, 30_000, new Error('no answer over the socket')).unref();
  });
  assert.ok(await answer);
  socket.close();
});
