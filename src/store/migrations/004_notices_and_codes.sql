-- Notices for the shop's systems, codes that work once, and codes of other shops. What each column says is told in
-- docs/storage.md. The rules at the beginning of 001_first_tables.sql hold here too.
--
-- Codes belong to nobody until somebody takes them, so their tables are keyed by the code's hash and by the pool. The
-- codes of a pool are given out by their position, one after another: partner_pools says how far.

CREATE TABLE IF NOT EXISTS notices (
    member_id {int64} NOT NULL,
    event_sequence {int64} NOT NULL,
    happened_at {int64} NOT NULL,
    position {int64} NOT NULL,
    recorded_at {int64} NOT NULL,
    kind {text} NOT NULL,
    subject {text} NOT NULL,
    coupon_id {int64} NOT NULL,
    order_number {int64} NOT NULL,
    PRIMARY KEY (member_id, event_sequence, happened_at, position)
) {clustered};

CREATE INDEX IF NOT EXISTS notices_by_recorded_at
    ON notices (recorded_at, member_id, event_sequence, happened_at, position);

CREATE TABLE IF NOT EXISTS code_batches (
    batch {text} NOT NULL,
    coupon {text} NOT NULL,
    status {text} NOT NULL,
    made_at {int64} NOT NULL,
    made {int64} NOT NULL,
    PRIMARY KEY (batch)
) {clustered};

CREATE TABLE IF NOT EXISTS coupon_codes (
    hash {bytes} NOT NULL,
    coupon {text} NOT NULL,
    batch {text} NOT NULL,
    made_at {int64} NOT NULL,
    member_id {int64},
    coupon_id {int64},
    taken_at {int64},
    PRIMARY KEY (hash)
) {clustered};

CREATE INDEX IF NOT EXISTS coupon_codes_taken ON coupon_codes (batch) WHERE member_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS partner_pools (
    pool {text} NOT NULL,
    version {int64} NOT NULL,
    imported {int64} NOT NULL,
    given {int64} NOT NULL,
    PRIMARY KEY (pool)
) {clustered};

CREATE TABLE IF NOT EXISTS partner_codes (
    pool {text} NOT NULL,
    position {int64} NOT NULL,
    code {text} NOT NULL,
    member_id {int64},
    coupon_id {int64},
    given_at {int64},
    PRIMARY KEY (pool, position)
) {clustered};

CREATE UNIQUE INDEX IF NOT EXISTS partner_codes_by_code ON partner_codes (pool, code);

CREATE INDEX IF NOT EXISTS partner_codes_given ON partner_codes (member_id, coupon_id) WHERE member_id IS NOT NULL;
