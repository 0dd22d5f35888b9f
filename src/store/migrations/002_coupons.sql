-- Coupons: those that members have or had, and what is left of the templates that members share. What each column says
-- is told in docs/storage.md. The rules at the beginning of 001_first_tables.sql hold here too.
--
-- Coupons are appended to, as orders are: given to members at random, one dirties 0.8 pages so, 1.2 when the table is
-- clustered; using one up dirties as many either way (100,000 members with two each, batches of 500).

CREATE TABLE IF NOT EXISTS coupons (
    member_id {int64} NOT NULL,
    coupon_id {int64} NOT NULL,
    name {text} NOT NULL,
    status {text} NOT NULL,
    programme_version {int64} NOT NULL,
    granted_at {int64} NOT NULL,
    usable_from {int64} NOT NULL,
    expires_at {int64},
    ended_at {int64},
    order_number {int64} NOT NULL,
    amount_minor {int64} NOT NULL,
    PRIMARY KEY (member_id, coupon_id)
);

CREATE TABLE IF NOT EXISTS coupon_stocks (
    coupon {text} NOT NULL,
    version {int64} NOT NULL,
    issued {int64} NOT NULL,
    day {int64} NOT NULL,
    issued_on_day {int64} NOT NULL,
    exposure_minor {int64} NOT NULL,
    PRIMARY KEY (coupon)
) {clustered};
