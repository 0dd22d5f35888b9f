-- The first tables. What each column says is told in docs/storage.md.
--
-- Rules for this and every later migration:
-- - Every table of member data has member_id first in its primary key, and no other unique constraint, so that the
--   tables can be distributed by it. Unique over all members: a table of its own, keyed by the unique value.
-- - No default, sequence, trigger, foreign key or function of time: values come from the service.
-- - Instants are milliseconds since 1970 UTC; money is minor units; null says "none" or "never".
-- - On SQLite, tables of a few short rows are clustered by their key. Events, ledger and orders, of which every order
--   adds some to another member, are appended to and found through the key's index: that dirties a third fewer pages.
-- - One statement per step, each safe to run again. Columns are added, never changed; old ones are removed one release
--   after nothing uses them.

CREATE TABLE IF NOT EXISTS members (
    member_id {int64} NOT NULL,
    version {int64} NOT NULL,
    document {bytes} NOT NULL,
    tier {text} NOT NULL,
    growth {int64} NOT NULL,
    points_available {int64} NOT NULL,
    points_pending {int64} NOT NULL,
    balance_minor {int64} NOT NULL,
    orders {int64} NOT NULL,
    spend_minor {int64} NOT NULL,
    last_order_at {int64},
    registered_at {int64},
    next_due_at {int64},
    PRIMARY KEY (member_id)
);

CREATE INDEX IF NOT EXISTS members_by_next_due_at ON members (next_due_at, member_id) WHERE next_due_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS identities (
    kind {text} NOT NULL,
    value {text} NOT NULL,
    member_id {int64} NOT NULL,
    PRIMARY KEY (kind, value)
) {clustered};

CREATE TABLE IF NOT EXISTS events (
    member_id {int64} NOT NULL,
    sequence {int64} NOT NULL,
    occurred_at {int64} NOT NULL,
    applied_at {int64} NOT NULL,
    recorded_at {int64} NOT NULL,
    name {text} NOT NULL,
    order_id {text} NOT NULL,
    programme_version {int64} NOT NULL,
    payload {text} NOT NULL,
    PRIMARY KEY (member_id, sequence)
);

CREATE TABLE IF NOT EXISTS ledger (
    member_id {int64} NOT NULL,
    sequence {int64} NOT NULL,
    event_sequence {int64} NOT NULL,
    effective_at {int64} NOT NULL,
    from_account {text} NOT NULL,
    to_account {text} NOT NULL,
    amount {int64} NOT NULL,
    cause {text} NOT NULL,
    order_number {int64} NOT NULL,
    lot_id {int64} NOT NULL,
    programme_version {int64} NOT NULL,
    PRIMARY KEY (member_id, sequence)
);

CREATE TABLE IF NOT EXISTS orders (
    member_id {int64} NOT NULL,
    order_id {text} NOT NULL,
    order_number {int64} NOT NULL,
    status {text} NOT NULL,
    programme_version {int64} NOT NULL,
    ordered_at {int64} NOT NULL,
    paid_at {int64},
    shipped_at {int64},
    delivered_at {int64},
    settles_at {int64},
    settled_at {int64},
    tier {int64} NOT NULL,
    amount_minor {int64} NOT NULL,
    returned_minor {int64} NOT NULL,
    shipping_fee_minor {int64} NOT NULL,
    gift_card_minor {int64} NOT NULL,
    points {int64} NOT NULL,
    growth {int64} NOT NULL,
    cashback_minor {int64} NOT NULL,
    counted_minor {int64} NOT NULL,
    channel {text} NOT NULL,
    store {text} NOT NULL,
    document {bytes},
    PRIMARY KEY (member_id, order_id)
);

CREATE TABLE IF NOT EXISTS tier_changes (
    member_id {int64} NOT NULL,
    event_sequence {int64} NOT NULL,
    changed_at {int64} NOT NULL,
    position {int64} NOT NULL,
    from_tier {text} NOT NULL,
    to_tier {text} NOT NULL,
    from_rank {int64} NOT NULL,
    to_rank {int64} NOT NULL,
    reason {text} NOT NULL,
    PRIMARY KEY (member_id, event_sequence, changed_at, position)
) {clustered};

CREATE TABLE IF NOT EXISTS costs (
    member_id {int64} NOT NULL,
    event_sequence {int64} NOT NULL,
    booked_at {int64} NOT NULL,
    position {int64} NOT NULL,
    benefit {text} NOT NULL,
    amount_minor {int64} NOT NULL,
    tier {int64} NOT NULL,
    order_number {int64} NOT NULL,
    programme_version {int64} NOT NULL,
    PRIMARY KEY (member_id, event_sequence, booked_at, position)
) {clustered};

CREATE TABLE IF NOT EXISTS answers (
    key {text} NOT NULL,
    input_hash {text} NOT NULL,
    status {int64} NOT NULL,
    body {text} NOT NULL,
    answered_at {int64} NOT NULL,
    PRIMARY KEY (key)
) {clustered};

CREATE TABLE IF NOT EXISTS programmes (
    version {int64} NOT NULL,
    name {text} NOT NULL,
    source {text} NOT NULL,
    activated_at {int64} NOT NULL,
    PRIMARY KEY (version)
);

CREATE TABLE IF NOT EXISTS settings (
    name {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (name)
);
