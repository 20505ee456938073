// Starts the real server on loopback with its own folder, and ends it by its own process.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const root = resolve(import.meta.dirname, '../../..');
export const binary = process.env.YUANDA_BIN ?? join(root, 'build/dev/bin/yuanda');

/** Made-up credentials of the test inboxes, in the format the platforms use. */
export const keys = {
  wechat: { token: 'yuandaToken2026', aesKey: 'WK59PFkl0JfI2yyVlbPegBPrUhRZdsvDQuc8dWrdE03', appId: 'wx0a1b2c3d4e5f6071', ours: 'gh_3f222d1c2a48' },
  plain: { token: 'plainToken2026' },
  qq: { appId: '102012345', secret: 'naOC0ocQE3shWLAfffVLB1rhYPG7' },
};

/** People of the test centre. */
export const staff = {
  wangyi: { login: 'wangyi', password: 'Test-wang-2026', name: '王毅', roles: ['lawyer'] },
  limin: { login: 'limin', password: 'Test-li-2026', name: '李敏', roles: ['lawyer', 'supervisor'] },
  chen: { login: 'chenshouli', password: 'Test-chen-2026', name: '陈受理', roles: ['intake', 'reviewer'] },
  zhao: { login: 'zhaobianji', password: 'Test-zhao-2026', name: '赵编辑', roles: ['editor'] },
  zhou: { login: 'zhouzhuren', password: 'Test-zhou-2026', name: '周主任', roles: ['approver'] },
  admin: { login: 'admin', password: 'Test-guanli-2026', name: '管理员', roles: ['admin'] },
};

function configText({ url, dir, platform }) {
  const people = Object.values(staff)
    .map((s) => `[[staff]]\nlogin = "${s.login}"\nname = "${s.name}"\npassword = "${s.password}"\nroles = ${JSON.stringify(s.roles)}\n`)
    .join('\n');
  return `
[demo]
enabled = true
[listen]
address = "127.0.0.1"
port = 0
[private]
address = "127.0.0.1"
port = 0
[storage]
url = "${url}"
key_file = "${dir}/yuanda.key"
index_dir = "${dir}/index"
[limits]
address_per_minute = 6000
address_burst = 6000
contact_per_minute = 600
contact_burst = 60
[centre]
opens = "0:00"
closes = "24:00"
weekends = true
[[inbox]]
id = "wechat"
channel = "wechat"
app_id = "${keys.wechat.appId}"
token = "${keys.wechat.token}"
encoding_aes_key = "${keys.wechat.aesKey}"
app_secret = "0123456789abcdef0123456789abcdef"
mode = "safe"
api = "${platform}"
[[inbox]]
id = "wechat-plain"
channel = "wechat"
app_id = "wx9f5df8fabba662d0"
token = "${keys.plain.token}"
app_secret = "0123456789abcdef0123456789abcdef"
mode = "plain"
api = "${platform}"
[[inbox]]
id = "qq"
channel = "qq"
app_id = "${keys.qq.appId}"
secret = "${keys.qq.secret}"
api = "${platform}"
token_api = "${platform}"
[[inbox]]
id = "web"
channel = "webchat"
name = "网页咨询"

${people}`;
}

/** A fresh database on the engine: a SQLite file in `dir`, or a new PostgreSQL database. */
function freshDatabase(engine, dir) {
  if (engine === 'sqlite') {
    const file = `${dir}/yuanda.db`;
    return { url: `sqlite:${file}`, drop() {}, query: (sql) => execFileSync('sqlite3', ['-readonly', file, sql], { encoding: 'utf8' }).trim() };
  }
  const base = process.env.YUANDA_TEST_POSTGRES;
  const name = `yuanda_${process.pid}_${Math.floor(performance.now() * 1000)}`;
  execFileSync('psql', ['-q', base, '-c', `CREATE DATABASE ${name}`]);
  const url = base.replace(/\/[^/?]*\?/, `/${name}?`);
  return {
    url,
    query: (sql) => execFileSync('psql', ['-qtA', url, '-c', sql], { encoding: 'utf8' }).trim(),
    drop: () => execFileSync('psql', ['-q', base, '-c', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]),
  };
}

/** Engines this run can use; PostgreSQL must be there when it is required. */
export function engines() {
  if (process.env.YUANDA_TEST_POSTGRES) return ['sqlite', 'postgres'];
  if (process.env.YUANDA_REQUIRE_POSTGRES) throw new Error('PostgreSQL is required: run through bin/test-postgres');
  console.error('SKIPPED: PostgreSQL (run through bin/test-postgres to include it)');
  return ['sqlite'];
}

export class Server {
  /** `platform`: origin of the fake platform; `env`: settings other than the file's, YUANDA_SECTION__KEY. */
  static async create({ engine = 'sqlite', platform = 'http://127.0.0.1:9', env = {} } = {}) {
    const server = new Server();
    server.env = env;
    server.dir = mkdtempSync(join(tmpdir(), 'yuanda-system-'));
    server.database = freshDatabase(engine, server.dir);
    server.config = join(server.dir, 'yuanda.toml');
    writeFileSync(server.config, configText({ url: server.database.url, dir: server.dir, platform }));
    await server.start();
    return server;
  }

  /** `port`: the one to listen on again after a kill; otherwise any free one. */
  async start({ port: wanted = 0 } = {}) {
    if (!existsSync(binary)) throw new Error(`no server to test at ${binary}: build it or set YUANDA_BIN`);
    this.lines = [];
    this.process = spawn(binary, ['serve', '--config', this.config], {
      cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...this.env, YUANDA_ROOT: root, YUANDA_LISTEN__PORT: String(wanted) } });
    this.ended = new Promise((done) => this.process.once('exit', (code, signal) => done({ code, signal })));
    const lines = createInterface({ input: this.process.stderr });
    const listening = new Promise((done, failed) => {
      lines.on('line', (line) => {
        this.lines.push(line);
        if (line.includes('"server.listening"')) done(JSON.parse(line));
      });
      this.ended.then((end) => failed(new Error(`server ended: ${JSON.stringify(end)}\n${this.lines.join('\n')}`)));
    });
    const { port, private_port: privatePort } = await listening;
    this.origin = `http://127.0.0.1:${port}`;
    this.privateOrigin = `http://127.0.0.1:${privatePort}`;
    return this;
  }

  /** Ends the process without a chance to tidy up. */
  async kill() {
    this.process.kill('SIGKILL');
    return this.ended;
  }

  async restart(options) {
    await this.kill();
    return this.start(options);
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGTERM');
    return this.ended;
  }

  async destroy() {
    await this.stop();
    this.database.drop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  log() { return this.lines.join('\n'); }
}
