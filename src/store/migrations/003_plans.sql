-- What members did with paid plans: bought, tried, renewed, cancelled, and when they ended. What each column says is
-- told in docs/storage.md. The rules at the beginning of 001_first_tables.sql hold here too.

CREATE TABLE IF NOT EXISTS plan_changes (
    member_id {int64} NOT NULL,
    event_sequence {int64} NOT NULL,
    changed_at {int64} NOT NULL,
    position {int64} NOT NULL,
    plan {text} NOT NULL,
    kind {text} NOT NULL,
    amount_minor {int64} NOT NULL,
    last_day {int64} NOT NULL,
    programme_version {int64} NOT NULL,
    PRIMARY KEY (member_id, event_sequence, changed_at, position)
) {clustered};
