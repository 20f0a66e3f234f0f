#!/bin/sh
# Makes .venv from uv.lock. Installs nothing outside this clone, except (as root, with apt, when nothing else works)
# the distribution's own venv package. Does nothing, without network, when the stamp says that nothing changed.
set -eu

UV_VERSION=0.13.8
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
tools=$root/.tools
stamp=.venv/.bootstrap

say() { printf '%s\n' "$*" >&2; }
die() { say "bootstrap: $*"; exit 1; }

wanted() { printf '%s\n' "$root"; cksum pyproject.toml uv.lock scripts/bootstrap.sh; }

# A version manager's shim can be on PATH and still fail, so a candidate counts only when it runs.
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        path=$("$candidate" -c 'import sys; (3, 11) <= sys.version_info[:2] < (3, 15) and print(sys.executable)' 2>/dev/null) || continue
        [ -z "$path" ] || { printf '%s\n' "$path"; return; }
    done
    return 1
}

# Any uv of the pinned minor version or a later one; older ones read this lock file differently.
uv_is_suitable() {
    version=$("$1" --version 2>/dev/null) || return 1
    printf '%s %s\n' "$version" "$UV_VERSION" | awk \
        '{ split($2, has, "."); split($NF, want, "."); exit !(has[1] > want[1] || (has[1] == want[1] && has[2] + 0 >= want[2] + 0)) }'
}

install_in_venv() {
    rm -rf "$tools/venv"
    "$python" -m venv "$tools/venv" >"$tools/log" 2>&1 &&
        "$tools/venv/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" 2>>"$tools/log"
}

# Debian splits venv from Python; pip alone is enough, and a target folder is allowed where global installs are refused.
install_in_folder() {
    "$python" -m pip install --quiet --disable-pip-version-check --upgrade --target "$tools/uv" \
        "uv==$UV_VERSION" 2>>"$tools/log"
}

install_with_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    say "Installing $package with apt-get ..."
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$package"; } \
        >>"$tools/log" 2>&1 && install_in_venv
}

find_uv() {
    for candidate in uv "$tools/venv/bin/uv" "$tools/uv/bin/uv"; do
        if uv_is_suitable "$candidate"; then uv=$candidate; return; fi
    done
    return 1
}

get_uv() {
    mkdir -p "$tools"
    say "Getting uv $UV_VERSION into .tools ..."
    install_in_venv || install_in_folder || install_with_apt || {
        tail -n 5 "$tools/log" >&2
        die "could not install uv: $python needs its venv or pip module (Debian, Ubuntu: apt install python3-venv) and a way to its package index"
    }
    find_uv || die "uv was installed into .tools but does not run; see .tools/log"
}

pip_into_venv() {
    pip_python=$python
    [ ! -x "$tools/venv/bin/pip" ] || pip_python=$tools/venv/bin/python
    "$pip_python" -m pip --python .venv/bin/python --disable-pip-version-check install --quiet "$@"
}

# For a network whose package index is known to pip alone (pip.conf, PIP_INDEX_URL): same versions, same hashes.
sync_with_pip() {
    mkdir -p "$tools"
    "$uv" export --quiet --frozen --all-extras --no-emit-project --output-file "$tools/requirements.txt" >/dev/null &&
        "$uv" venv --quiet --clear --python "$python" .venv &&
        pip_into_venv --require-hashes --requirement "$tools/requirements.txt" &&
        pip_into_venv --no-deps --editable .
}

pip_has_own_index() {
    [ -n "${PIP_INDEX_URL:-}" ] || "$python" -m pip config get global.index-url >/dev/null 2>&1
}

sync() {
    say "Installing the locked dependencies into .venv ..."
    # The system's certificates first (a company's own authority is there), uv's bundled ones when there are none.
    UV_SYSTEM_CERTS=1 "$uv" sync --locked --all-extras --quiet --python "$python" && return
    pip_has_own_index && sync_with_pip && return
    "$uv" sync --locked --all-extras --quiet --python "$python"
}

[ ! -x .venv/bin/python ] || [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$(wanted)" ] || exit 0

python=$(find_python) || die "needs Python 3.11 to 3.14 on PATH (found: $(python3 --version 2>/dev/null || echo none))"
if [ ! -w "${HOME:-/nonexistent}" ]; then
    export UV_CACHE_DIR="$tools/cache" PIP_NO_CACHE_DIR=1
fi
# The programs in .venv know its path: a clone that was moved or copied needs a new one.
[ ! -f "$stamp" ] || [ "$(head -n 1 "$stamp")" = "$root" ] || rm -rf .venv
export UV_PYTHON_DOWNLOADS=never
unset VIRTUAL_ENV CONDA_PREFIX PYTHONHOME PYTHONPATH
find_uv || get_uv
sync || die "the dependencies could not be installed; the lines above say why"
wanted >"$stamp"
