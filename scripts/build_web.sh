#!/bin/sh
# Builds the web interface into the package. Quick, and without network, when nothing changed since the last build.
# Node comes from the wheel in .venv; `check` also runs the linter and the unit tests.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root/frontend"
static=../src/resume_review/web/static
stamp=$static/.built
PATH=$root/.venv/bin:$PATH
export PATH

sources() {
    find . -type d \( -name node_modules -o -path ./src/client \) -prune -o -type f -print | LC_ALL=C sort |
        tr '\n' '\0' | xargs -0 cksum ../openapi.json ../scripts/build_web.sh
}

install_packages() {
    wanted=$(cksum package.json package-lock.json)
    [ "$(cat node_modules/.installed 2>/dev/null)" != "$wanted" ] || return 0
    printf 'Installing the packages of the web interface ...\n' >&2
    npm ci --loglevel=error >&2
    printf '%s\n' "$wanted" >node_modules/.installed
}

if [ "${1:-}" = check ]; then
    install_packages
    npm run --silent client >/dev/null
    npm run --silent types
    npm run --silent lint
    npm test --silent
    exit
fi

built=$(sources)
[ "$(cat "$stamp" 2>/dev/null)" != "$built" ] || exit 0
install_packages
printf 'Building the web interface ...\n' >&2
npm run --silent client >/dev/null
npm run --silent types >&2
npm run --silent build -- --logLevel=warn >&2
printf '%s\n' "$built" >"$stamp"
