#!/usr/bin/env bash
# A service that is killed (SIGKILL) under load comes back with every answered command kept and no half one: after each
# of several kills every order that was answered is there, the same orders can be sent again without counting twice, and
# a replay rebuilds every member byte for byte. On SQLite, and on PostgreSQL where REGULARS_TEST_POSTGRES names one.
set -euo pipefail
binary=${REGULARS_BINARY:?}
rounds=${REGULARS_KILLS:-4}
work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill -9 "$server" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
RANDOM=${REGULARS_SEED:-$$}
echo "seed ${REGULARS_SEED:-$$}"

start_server() {
    # Below the range from which the system takes ports for clients.
    for _ in $(seq 50); do
        port=$((10000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    "$binary" serve --db "$1" --programme programmes/vancl.yaml --listen "127.0.0.1:$port" --open \
        >"$work/serve.log" 2>&1 &
    server=$!
    for _ in $(seq 150); do curl -fs "http://127.0.0.1:$port/readyz" >/dev/null 2>&1 && return; sleep 0.1; done
    cat "$work/serve.log"; exit 1
}

# sender ROUND NUMBER: single orders and bulk lines until the server is gone; what was answered is written down.
sender() {
    local round=$1 number=$2 i id body
    for i in $(seq 100000); do
        id=r$round-s$number-$i
        body="{\"identity\":{\"kind\":\"customer:shop\",\"value\":\"c$((i % 40))\"},\"create\":true,"
        body+="\"order_id\":\"$id\",\"at\":\"2026-01-15T10:00:00Z\","
        body+="\"paid_at\":\"2026-01-15T10:00:00Z\",\"shipped_at\":\"2026-01-15T10:00:00Z\","
        body+="\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"amount_minor\":$((100 + i))}]}"
        curl -fs -o /dev/null "http://127.0.0.1:$port/v1/orders" -H 'Content-Type: application/json' \
            -H "Idempotency-Key: $id" -d "$body" || return 0
        echo "c$((i % 40)) $id" >>"$work/answered.$round.$number"
    done
}

check_answered() {
    local database=$1 customer id member count=0
    declare -A members=()
    while read -r customer id; do
        if [ -z "${members[$customer]:-}" ]; then
            members[$customer]=$(curl -fs "http://127.0.0.1:$port/v1/members?identity=customer:shop:$customer" |
                grep -o '"id": *"[0-9]*"' | head -1 | tr -dc 0-9)
        fi
        member=${members[$customer]}
        curl -fs -o /dev/null "http://127.0.0.1:$port/v1/members/$member/orders/$id" ||
            { echo "order $id of $customer was answered and is gone"; exit 1; }
        count=$((count + 1))
    done < <(cat "$work"/answered.* 2>/dev/null)
    echo "   $count answered orders are all there"
    [ "$count" -gt 0 ]
}

run() {
    local database=$1 round
    rm -f "$work"/answered.*
    for round in $(seq "$rounds"); do
        start_server "$database"
        for number in 1 2 3 4; do sender "$round" "$number" & done
        sleep "0.$((RANDOM % 6 + 3))"
        sleep 1
        kill -9 "$server"
        wait "$server" 2>/dev/null || true
        server=
        wait
        "$binary" replay --db "$database" --verify
    done
    start_server "$database"
    check_answered "$database"
    kill "$server"; wait "$server" || true
    server=
}

echo "-- SQLite"
run "sqlite:$work/killed.db"
if [ -n "${REGULARS_TEST_POSTGRES:-}" ]; then
    echo "-- PostgreSQL"
    psql -qAt "$REGULARS_TEST_POSTGRES" -c "DROP DATABASE IF EXISTS killed" -c "CREATE DATABASE killed"
    run "postgres:$REGULARS_TEST_POSTGRES dbname=killed"
fi
