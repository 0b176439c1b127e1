# What the scripts in bin/ share: where the project is, how they speak, how they ask for root.
# Sourced, never run. It changes the working directory to the project's root and nothing else.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PATH:$HOME/.cargo/bin"

say() { printf '\n%s: %s\n' "$(basename "$0")" "$*"; }
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# Debian keeps the PostgreSQL server's programs out of the path, one folder a version.
have_postgres() {
  have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

# So does it with what only root starts.
have_dovecot() { have dovecot || [[ -x /usr/sbin/dovecot ]]; }

# Where cargo puts what it builds.
target() { realpath -m "${CARGO_TARGET_DIR:-target}"; }

have_chromium() { have chromium || have chromium-browser || have google-chrome; }

is_debian() { [[ -f /etc/debian_version ]] && have apt-get; }

# Runs a command as root: directly, or through a sudo that asks nothing.
as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  elif have sudo && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    die "this step needs root. Run it yourself, then start again: $*"
  fi
}
