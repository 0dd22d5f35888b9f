-- Gifts: who has offered a coupon under which hash of a secret. Snapshots: members as they were when something about
-- them was rewritten in their events. What each column says is told in docs/storage.md. The rules at the beginning of
-- 001_first_tables.sql hold here too.

CREATE TABLE IF NOT EXISTS gifts (
    gift {text} NOT NULL,
    member_id {int64} NOT NULL,
    PRIMARY KEY (gift)
) {clustered};

CREATE TABLE IF NOT EXISTS snapshots (
    member_id {int64} NOT NULL,
    event_sequence {int64} NOT NULL,
    document {bytes} NOT NULL,
    PRIMARY KEY (member_id)
);
