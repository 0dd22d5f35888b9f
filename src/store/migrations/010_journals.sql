-- Events and ledger entries are only added, each order adding some to another member. On SQLite an index over them by
-- member is the dearest part of an order: nearly every row dirties another page of it. So there they are found through
-- their places, which are noted with the member, whose page is written anyway (docs/decisions/0020). On PostgreSQL,
-- which logs what changed in a page and not the page, they keep their index.
-- event_places and ledger_places of a member: the places of the member's latest rows, in the order of their sequence,
-- each after a comma; last_event and last_entry: the sequence of the last. Older places stand in journal_places, in
-- rows of some thirty, under the sequence of the last of each row. Sequences begin with 1 and leave none out.
-- The rules at the beginning of 001_first_tables.sql hold here too, but that two tables are laid anew.

-- Nothing of the tables that go may stay in the free part of the file: erasing and sealing would not find it there.
{sqlite} PRAGMA secure_delete = ON;

{sqlite} CREATE TABLE journal_places (
    member_id {int64} NOT NULL,
    journal {text} NOT NULL,
    last_sequence {int64} NOT NULL,
    places {text} NOT NULL,
    PRIMARY KEY (member_id, journal, last_sequence)
) {clustered};

{sqlite} ALTER TABLE members ADD COLUMN last_event {int64};

{sqlite} ALTER TABLE members ADD COLUMN event_places {text};

{sqlite} ALTER TABLE members ADD COLUMN last_entry {int64};

{sqlite} ALTER TABLE members ADD COLUMN ledger_places {text};

{sqlite} ALTER TABLE events RENAME TO events_by_key;

{sqlite} CREATE TABLE events (
    place INTEGER PRIMARY KEY,
    member_id {int64} NOT NULL,
    sequence {int64} NOT NULL,
    occurred_at {int64} NOT NULL,
    applied_at {int64} NOT NULL,
    recorded_at {int64} NOT NULL,
    name {text} NOT NULL,
    order_id {text} NOT NULL,
    programme_version {int64} NOT NULL,
    payload {text} NOT NULL
);

{sqlite} INSERT INTO events (member_id, sequence, occurred_at, applied_at, recorded_at, name, order_id,
    programme_version, payload)
    SELECT member_id, sequence, occurred_at, applied_at, recorded_at, name, order_id, programme_version, payload
    FROM events_by_key ORDER BY rowid;

{sqlite} DROP TABLE events_by_key;

{sqlite} INSERT INTO journal_places (member_id, journal, last_sequence, places)
    SELECT member_id, 'events', max(sequence), ',' || group_concat(place, ',')
    FROM (SELECT member_id, sequence, place FROM events ORDER BY member_id, sequence)
    GROUP BY member_id, (sequence - 1) / 32;

{sqlite} ALTER TABLE ledger RENAME TO ledger_by_key;

{sqlite} CREATE TABLE ledger (
    place INTEGER PRIMARY KEY,
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
    programme_version {int64} NOT NULL
);

{sqlite} INSERT INTO ledger (member_id, sequence, event_sequence, effective_at, from_account, to_account, amount, cause,
    order_number, lot_id, programme_version)
    SELECT member_id, sequence, event_sequence, effective_at, from_account, to_account, amount, cause,
    order_number, lot_id, programme_version
    FROM ledger_by_key ORDER BY rowid;

{sqlite} DROP TABLE ledger_by_key;

{sqlite} INSERT INTO journal_places (member_id, journal, last_sequence, places)
    SELECT member_id, 'ledger', max(sequence), ',' || group_concat(place, ',')
    FROM (SELECT member_id, sequence, place FROM ledger ORDER BY member_id, sequence)
    GROUP BY member_id, (sequence - 1) / 32;

{sqlite} UPDATE members SET
    last_event = (SELECT max(last_sequence) FROM journal_places
        WHERE journal_places.member_id = members.member_id AND journal = 'events'),
    last_entry = (SELECT max(last_sequence) FROM journal_places
        WHERE journal_places.member_id = members.member_id AND journal = 'ledger');
