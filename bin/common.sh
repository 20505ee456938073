# Shared by the scripts in bin/: words with progress, root rights, Node and its packages. Sourced, never run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "错误：$*"; exit 1; }

# Runs a command as root: directly, or through sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else fail "需要 root 权限来运行：$*。请用 root 运行，或先装 sudo。"; fi
}

# The Node this project builds with: the system's if it is 20.19 or newer, else our own copy from npm.
tools_dir=$PWD/.tools
use_node() {
    if [ -x "$tools_dir/bin/node" ]; then export PATH=$tools_dir/bin:$PATH; fi
}
node_is_new_enough() {
    command -v node >/dev/null && node -e '
        const [a, b] = process.versions.node.split(".").map(Number);
        process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

# npm ci only when the lockfile changed since the last time.
modules_are_there() {
    local stamp=$1/node_modules/.lock-hash
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(sha256sum "$1/package-lock.json" | cut -d' ' -f1)" ]
}
install_modules() {
    if modules_are_there "$1"; then return; fi
    say "npm（$1）：按锁文件安装"
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --silent)
    sha256sum "$1/package-lock.json" | cut -d' ' -f1 >"$1/node_modules/.lock-hash"
}
