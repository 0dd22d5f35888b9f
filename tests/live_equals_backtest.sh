#!/usr/bin/env bash
# A file of orders, sent to a running service through HTTP bulk, gives exactly the members that a backtest of the same
# file gives, on SQLite and on PostgreSQL; then a replay rebuilds every one of them. Real histories where they lie
# beside the project (../shared/data), a generated one always.
set -euo pipefail
binary=${REGULARS_BINARY:?}
generator=$(dirname "$binary")/make_orders
data=${REGULARS_DATA:-../shared/data}
work=$(mktemp -d)
server=
stop_server() { if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" || true; server=; fi; }
trap 'stop_server; rm -rf "$work"' EXIT

free_port() {
    for _ in $(seq 50); do
        port=$((10000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 0
    done
}

# check NAME PROGRAMME DATABASE ARGUMENTS...: the arguments name the orders.
check() {
    local name=$1 programme=$2 database=$3
    shift 3
    echo "-- $name with $programme on ${database%%:*}"
    "$binary" backtest --programme "$programme" "$@" --rejects "$work/rejects.csv" --json "$work/report.json" \
        --members-out "$work/rehearsed.csv" >/dev/null
    local until
    until=$(grep -o '"as_of": "[^"]*"' "$work/report.json" | cut -d'"' -f4)
    free_port
    "$binary" serve --db "$database" --programme "$programme" --listen "127.0.0.1:$port" --open --no-scheduler \
        --clock-start "${until}T23:59:59Z" >"$work/serve.log" 2>&1 &
    server=$!
    for _ in $(seq 100); do curl -fs "http://127.0.0.1:$port/readyz" >/dev/null && break; sleep 0.1; done
    "$binary" import --url "http://127.0.0.1:$port" --programme "$programme" "$@" --rejects "$work/rejects.csv" ||
        { cat "$work/serve.log"; exit 1; }
    stop_server
    "$binary" members --db "$database" --until "$until" >"$work/live.csv"
    # A customer all of whose orders were refused has no row in either; the order of rows is the database's own.
    sort "$work/rehearsed.csv" >"$work/a"; sort "$work/live.csv" >"$work/b"
    diff "$work/a" "$work/b" | head -20
    cmp "$work/a" "$work/b"
    echo "   $(($(wc -l <"$work/a") - 1)) members agree"
    "$binary" replay --db "$database" --verify
}

# Each database is fresh; PostgreSQL gets one of its own per history.
databases() {
    local name=$1
    echo "sqlite:$work/$name.db"
    if [ -n "${REGULARS_TEST_POSTGRES:-}" ]; then
        psql -qAt "$REGULARS_TEST_POSTGRES" -c "DROP DATABASE IF EXISTS live_$name" -c "CREATE DATABASE live_$name" >&2
        echo "postgres:$REGULARS_TEST_POSTGRES dbname=live_$name"
    fi
}

"$generator" --orders 4000 --members 400 --seed 7 --start 2022-01-01 --days 900 --returns 8% --columns full \
    --out "$work/made.csv"
while IFS= read -r database; do
    check made programmes/vancl.yaml "$database" --orders "$work/made.csv"
done < <(databases made)
while IFS= read -r database; do
    check tiers programmes/four-tier.yaml "$database" --orders "$work/made.csv"
done < <(databases tiers)

# Tiers by share: the review of a half-year is made by a command, between the orders before and after its last day.
between() { awk -F, -v from="$1" -v to="$2" 'NR == 1 || (substr($3, 1, 10) >= from && substr($3, 1, 10) < to)'; }
review_by_share() {
    local database=$1
    echo "-- shares on ${database%%:*}"
    between 2022-01-01 2022-06-30 <"$work/shares.csv" >"$work/before.csv"
    between 2022-07-01 2022-12-31 <"$work/shares.csv" >"$work/after.csv"
    (cat "$work/before.csv"; tail -n +2 "$work/after.csv") >"$work/all.csv"
    "$binary" backtest --programme programmes/share.yaml --orders "$work/all.csv" --until 2022-12-30 \
        --members-out "$work/rehearsed.csv" --json "$work/report.json" >/dev/null
    for part in before after; do
        "$binary" import --db "$database" --programme programmes/share.yaml --orders "$work/$part.csv" >/dev/null
        if [ $part = before ]; then "$binary" review --db "$database" --day 2022-06-30; fi
    done
    if "$binary" review --db "$database" --day 2022-06-30 2>/dev/null; then echo "reviewed twice"; exit 1; fi
    "$binary" members --db "$database" --until 2022-12-30 | sort >"$work/b"
    sort "$work/rehearsed.csv" >"$work/a"
    cmp "$work/a" "$work/b" || { diff "$work/a" "$work/b" | head; exit 1; }
    [ "$(cut -d, -f2 "$work/a" | sort -u | wc -l)" -ge 4 ] || { echo "not all tiers are held"; exit 1; }
    "$binary" replay --db "$database" --verify
}
"$generator" --orders 3000 --members 500 --seed 9 --start 2022-01-01 --days 365 --columns full --out "$work/shares.csv"
while IFS= read -r database; do review_by_share "$database"; done < <(databases shares)

if [ -d "$data" ]; then
    while IFS= read -r database; do
        check cdnow programmes/vancl.yaml "$database" --orders "$data/cdnow/cdnow_master.csv" \
            --map ordered_at=date,amount=sales,quantity=cds
    done < <(databases cdnow)
    while IFS= read -r database; do
        check online_retail programmes/four-tier.yaml "$database" --orders "$data/online_retail/online_retail.csv.gz" \
            --map order_id=invoice_no,ordered_at=invoice_date,sku=stock_code,product=stock_code
    done < <(databases online_retail)
fi
