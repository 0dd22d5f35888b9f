#!/usr/bin/env bash
# Sealing a database and changing its key, killed (SIGKILL) again and again: it goes on where it was, then every
# member is as the events say, byte for byte, and no name is left in the files. On SQLite, and on PostgreSQL where
# REGULARS_TEST_POSTGRES names one.
set -euo pipefail
binary=${REGULARS_BINARY:?}
members=${REGULARS_MEMBERS:-4000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
RANDOM=${REGULARS_SEED:-$$}
echo "seed ${REGULARS_SEED:-$$}"

fail() { echo "$1"; exit 1; }

# until_done COMMAND...: kills it a little later each time, until it gets to its end.
until_done() {
    local killed=0 wait_ms=20 pid
    while true; do
        "$@" >"$work/seal.out" 2>&1 &
        pid=$!
        sleep "0.$(printf %03d "$wait_ms")"
        if ! kill -9 "$pid" 2>/dev/null; then
            wait "$pid" || { cat "$work/seal.out"; fail "it did not get to its end"; }
            break
        fi
        wait "$pid" 2>/dev/null || true
        killed=$((killed + 1))
        wait_ms=$((wait_ms + RANDOM % 25 + 5))
        [ "$wait_ms" -lt 1000 ] || wait_ms=999
        [ "$killed" -lt 60 ] || fail "it never gets to its end"
    done
    echo "   killed $killed times: $(tail -1 "$work/seal.out")"
}

expect_refused() {
    if "$binary" replay --db "$database" "$@" >"$work/refused" 2>&1; then fail "$* should be refused"; fi
    grep -q "seal" "$work/refused" || { cat "$work/refused"; fail "the refusal does not speak of the seal"; }
}

orders() {
    echo "order_id,customer_id,ordered_at,amount"
    for i in $(seq "$members"); do echo "A-$i,person-$i-at-home,2026-01-15T10:00:00Z,$((1000 + i))"; done
}

run() {
    database=$1
    "$binary" import --db "$database" --programme programmes/vancl.yaml --orders "$work/orders.csv" \
        --identity-kind customer:shop >"$work/import.out" || { cat "$work/import.out"; fail "import"; }
    expect_refused --seal-key-file "$work/one.key"
    until_done "$binary" seal database --db "$database" --seal-key-file "$work/one.key"
    expect_refused
    expect_refused --seal-key-file "$work/two.key"
    "$binary" replay --db "$database" --seal-key-file "$work/one.key" --verify
    until_done "$binary" seal rotate --db "$database" --seal-key-file "$work/one.key" --new-key-file "$work/two.key"
    expect_refused --seal-key-file "$work/one.key"
    "$binary" replay --db "$database" --seal-key-file "$work/two.key" --verify
    "$binary" reconcile --db "$database" --seal-key-file "$work/two.key" --from 2026-01-01 >/dev/null
    REGULARS_SEAL_KEY_FILE="$work/two.key" "$binary" members --db "$database" --until 2026-02-01 >"$work/members.csv"
    [ "$(grep -c "at-home" "$work/members.csv")" = "$members" ] || fail "members are missing"
}

"$binary" seal make-key "$work/one.key" >/dev/null 2>&1
"$binary" seal make-key "$work/two.key" >/dev/null 2>&1
[ "$(stat -c %a "$work/one.key")" = 600 ] || fail "others may read the key"
if "$binary" seal make-key "$work/one.key" 2>/dev/null; then fail "a key was overwritten"; fi
cp "$work/one.key" "$work/open.key"; chmod 644 "$work/open.key"
orders >"$work/orders.csv"

echo "-- SQLite"
run "sqlite:$work/shop.db"
if "$binary" replay --db "$database" --seal-key-file "$work/open.key" 2>/dev/null; then fail "a key open to all"; fi
if grep -qs "at-home" "$work"/shop.db*; then fail "a name is left in the files"; fi
"$binary" backup --db "$database" --to "$work/copy.db" >/dev/null
"$binary" replay --db "sqlite:$work/copy.db" --seal-key-file "$work/two.key" --verify
if [ -n "${REGULARS_TEST_POSTGRES:-}" ]; then
    echo "-- PostgreSQL"
    psql -qAt "$REGULARS_TEST_POSTGRES" -c "DROP DATABASE IF EXISTS sealed" -c "CREATE DATABASE sealed"
    run "postgres:$REGULARS_TEST_POSTGRES dbname=sealed"
    if psql -qAt "$REGULARS_TEST_POSTGRES dbname=sealed" -c "SELECT * FROM identities" -c "SELECT payload FROM events" |
        grep -q "at-home"; then fail "a name is left in the tables"; fi
fi
