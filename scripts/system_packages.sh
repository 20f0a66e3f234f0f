#!/bin/sh
# Installs the programs that some tests drive, where this user may install system packages: `make test` calls it.
# Quick when nothing is missing. Where it may not install, it says which tests will be skipped; with CI=true that is an error.
set -eu

# program that must be on PATH, packages that bring it (Debian, Ubuntu), what is skipped without it
list() {
    cat <<'END'
tesseract|tesseract-ocr tesseract-ocr-jpn tesseract-ocr-deu tesseract-ocr-fra|reading scans and photos
redis-server|redis-server|limits and cache on Redis
clamd|clamav-daemon|scanning uploads for viruses
chromium|chromium fonts-ipafont-gothic|the web interface in a browser
prometheus|prometheus|checking and trying the alert rules
END
}

say() { printf '%s\n' "$*" >&2; }

is_there() {
    command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || return 1
    [ "$1" != tesseract ] || has_languages
}

has_languages() {
    known=$(tesseract --list-langs 2>&1) || return 1
    for language in eng jpn deu fra osd; do
        printf '%s\n' "$known" | grep -qx "$language" || return 1
    done
}

missing() {
    list | while IFS='|' read -r program packages purpose; do
        is_there "$program" || printf '%s|%s|%s\n' "$program" "$packages" "$purpose"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

install() {
    log=$(mktemp)
    # The package lists first only when they are too old: most machines have usable ones.
    for refresh in no yes; do
        [ "$refresh" = no ] || as_root apt-get update >>"$log" 2>&1 || true
        # Words of the list are package names: they are meant to be split.
        # shellcheck disable=SC2086
        if as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $1 >>"$log" 2>&1; then
            rm -f "$log"
            return
        fi
    done
    tail -n 3 "$log" >&2
    rm -f "$log"
    return 1
}

wanted=$(missing)
[ -n "$wanted" ] || exit 0
packages=$(printf '%s\n' "$wanted" | cut -d '|' -f 2 | tr '\n' ' ')
if may_install; then
    say "Installing $packages..."
    install "$packages" || true
    wanted=$(missing)
    [ -n "$wanted" ] || exit 0
fi
summary=$(printf '%s\n' "$wanted" | awk -F '|' '{ printf "%s%s (%s)", sep, $1, $3; sep = ", " }')
if [ "${CI:-}" = true ]; then
    say "system packages: missing in CI: $summary; install: $packages"
    exit 1
fi
say "system packages: missing, so their tests are skipped: $summary; to run them install: $packages"
