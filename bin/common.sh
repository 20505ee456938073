# Shared by the scripts in bin/: words with progress, root rights, Node's path. Sourced, never run.
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
