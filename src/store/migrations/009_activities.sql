-- What members do beside buying: results of activities, goods of the points mall, groups that buy together, reviews of
-- products, friends, trials, and the seeds of fair chance. What each column says is told in docs/storage.md. The rules
-- at the beginning of 001_first_tables.sql hold here too.
--
-- A group is found by its own id, which is told to those who join; seeds belong to an activity. The other tables belong
-- to members, and their rows are the last state of each thing, but for results, which are only added.

CREATE TABLE IF NOT EXISTS activity_results (
    member_id {int64} NOT NULL,
    event_sequence {int64} NOT NULL,
    position {int64} NOT NULL,
    happened_at {int64} NOT NULL,
    activity {text} NOT NULL,
    what {text} NOT NULL,
    won {text} NOT NULL,
    number {int64} NOT NULL,
    chance_day {int64} NOT NULL,
    chance_number {text} NOT NULL,
    points {int64} NOT NULL,
    paid {int64} NOT NULL,
    cost_minor {int64} NOT NULL,
    goods {text} NOT NULL,
    PRIMARY KEY (member_id, event_sequence, position)
) {clustered};

CREATE TABLE IF NOT EXISTS redemptions (
    member_id {int64} NOT NULL,
    redemption_id {text} NOT NULL,
    status {text} NOT NULL,
    item {text} NOT NULL,
    quantity {int64} NOT NULL,
    points {int64} NOT NULL,
    money_minor {int64} NOT NULL,
    order_id {text} NOT NULL,
    placed_at {int64} NOT NULL,
    document {bytes} NOT NULL,
    PRIMARY KEY (member_id, redemption_id)
) {clustered};

CREATE INDEX IF NOT EXISTS redemptions_by_status ON redemptions (status, member_id, redemption_id);

CREATE TABLE IF NOT EXISTS buying_groups (
    group_id {text} NOT NULL,
    leader_id {int64} NOT NULL,
    promotion {text} NOT NULL,
    status {text} NOT NULL,
    ends_at {int64} NOT NULL,
    changed_at {int64} NOT NULL,
    document {bytes} NOT NULL,
    PRIMARY KEY (group_id)
) {clustered};

CREATE INDEX IF NOT EXISTS buying_groups_by_promotion ON buying_groups (promotion, status, group_id);

CREATE TABLE IF NOT EXISTS product_reviews (
    member_id {int64} NOT NULL,
    order_id {text} NOT NULL,
    product {text} NOT NULL,
    event_sequence {int64} NOT NULL,
    changed_at {int64} NOT NULL,
    status {text} NOT NULL,
    score {int64} NOT NULL,
    pictures {int64} NOT NULL,
    length {int64} NOT NULL,
    points {int64} NOT NULL,
    cashback_minor {int64} NOT NULL,
    programme_version {int64} NOT NULL,
    PRIMARY KEY (member_id, order_id, product)
) {clustered};

CREATE INDEX IF NOT EXISTS product_reviews_by_status ON product_reviews (status, member_id, order_id, product);

CREATE TABLE IF NOT EXISTS friends (
    member_id {int64} NOT NULL,
    friend_id {text} NOT NULL,
    status {text} NOT NULL,
    joined_at {int64} NOT NULL,
    changed_at {int64} NOT NULL,
    points {int64} NOT NULL,
    cashback_minor {int64} NOT NULL,
    document {bytes} NOT NULL,
    PRIMARY KEY (member_id, friend_id)
) {clustered};

CREATE INDEX IF NOT EXISTS friends_by_status ON friends (status, member_id, friend_id);

CREATE TABLE IF NOT EXISTS trials (
    member_id {int64} NOT NULL,
    activity {text} NOT NULL,
    status {text} NOT NULL,
    number {text} NOT NULL,
    changed_at {int64} NOT NULL,
    PRIMARY KEY (member_id, activity)
) {clustered};

CREATE INDEX IF NOT EXISTS trials_by_number ON trials (activity, status, number, changed_at, member_id);

CREATE TABLE IF NOT EXISTS seed_chains (
    activity {text} NOT NULL,
    root {text} NOT NULL,
    anchor {text} NOT NULL,
    first_day {int64} NOT NULL,
    days {int64} NOT NULL,
    made_at {int64} NOT NULL,
    PRIMARY KEY (activity)
) {clustered};
