// SIGKILL with messages in flight: nothing acknowledged is lost, nothing is stored twice.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import { Citizen } from './support/citizen.mjs';
import { Server, binary, engines, root } from './support/server.mjs';
import { post, sealed, textXml } from './support/wechat.mjs';

const inFlight = 50;
const rounds = Number(process.env.YUANDA_KILLS ?? 3);
const open = [];
after(async () => { for (const server of open) await server.destroy(); });

for (const engine of engines()) {
  test(`${engine}: ${rounds} kills with ${inFlight} WeChat messages in flight lose none that was acknowledged`, async () => {
    const server = await Server.create({ engine });
    open.push(server);
    const acked = new Map();  // message id -> answer
    for (let round = 0; round < rounds; round += 1) {
      const messages = Array.from({ length: inFlight }, (_, i) => ({
        id: `74${String(round).padStart(4, '0')}00000000${String(i).padStart(5, '0')}`, from: `oKill${round}x${i}`, text: '加班不给加班费怎么办' }));
      let answered = 0;
      let enough;
      const someAnswered = new Promise((done) => { enough = done; });
      const sends = messages.map(async (message) => {
        try {
          const answer = await post(server.origin, sealed(textXml(message)));
          if (answer.status === 200) acked.set(message.id, { message, body: answer.body });
          answered += 1;
          if (answered >= 5 + round * 10) enough();
        } catch { /* the connection died with the server: not acknowledged */ }
      });
      await Promise.race([someAnswered, Promise.all(sends)]);
      await server.kill();
      await Promise.all(sends);
      await server.start();
      for (const message of messages) {
        const again = await post(server.origin, sealed(textXml(message)));
        assert.equal(again.status, 200);
        const first = acked.get(message.id);
        if (first) assert.equal(again.body, first.body, 'a repeated delivery gets the first answer');
      }
    }
    assert.ok(acked.size >= rounds * 5, 'some were acknowledged before each kill');
    const count = (sql) => Number(server.database.query(sql));
    const citizens = rounds * inFlight;
    assert.equal(count('SELECT count(*) FROM inbound_receipt'), citizens);
    assert.equal(count('SELECT count(*) FROM conversation'), citizens);
    assert.equal(count("SELECT count(*) FROM message WHERE sender = 'contact'"), citizens);
    assert.equal(count("SELECT count(*) FROM message WHERE sender = 'bot'"), citizens);
  });

  test(`${engine}: a web conversation survives a kill without loss or repeat`, async () => {
    const server = await Server.create({ engine });
    open.push(server);
    const citizen = await Citizen.arrive(server.origin);
    const first = await citizen.say('被狗咬了主人不赔');
    assert.ok(first.reply);
    await server.restart();
    citizen.origin = server.origin;
    const repeat = await citizen.say('被狗咬了主人不赔', first.ack.cmid);
    assert.deepEqual(repeat.ack, first.ack);
    await citizen.say('转人工');
    const { messages } = await citizen.history();
    assert.deepEqual(messages.map((m) => m.seq), messages.map((_, i) => i + 1));
    assert.equal(messages.filter((m) => m.text === '被狗咬了主人不赔').length, 1);
  });
}

test('sqlite: commands beside a running server take nothing from it, and no second server starts', async () => {
  const server = await Server.create({ engine: 'sqlite' });
  open.push(server);
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, YUANDA_ROOT: root } };
  const sent = [];
  for (let round = 0; round < 3; round += 1) {
    assert.match(execFileSync(binary, ['user', 'list', '--config', server.config], options), /wangyi/);
    for (let i = 0; i < 4; i += 1) {
      const message = { id: `75${round}00000000000${i}`, from: `oBeside${round}x${i}`, text: '加班不给加班费怎么办' };
      assert.equal((await post(server.origin, sealed(textXml(message)))).status, 200);
      sent.push(message);
    }
  }
  const second = spawnSync(binary, ['serve', '--config', server.config], { ...options, env: { ...options.env, YUANDA_LISTEN__PORT: '0' } });
  assert.equal(second.status, 5, second.stderr);
  assert.match(second.stderr, /already serves/);
  await server.restart();
  assert.equal(server.database.query('PRAGMA integrity_check'), 'ok');
  assert.equal(Number(server.database.query("SELECT count(*) FROM message WHERE sender = 'contact'")), sent.length);
});
