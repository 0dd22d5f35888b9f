-- Enrolment: one-time codes that are out, and the codes that people scan. What each column says is told in
-- docs/storage.md. The rules at the beginning of 001_first_tables.sql hold here too.
--
-- Neither is a member's: both are found by a value that is unique over all. A row of one_time_codes is gone a day after
-- somebody last asked for it.

CREATE TABLE IF NOT EXISTS one_time_codes (
    subject {text} NOT NULL,
    version {int64} NOT NULL,
    purpose {text} NOT NULL,
    salt {text} NOT NULL,
    code_hash {text} NOT NULL,
    ends_at {int64},
    tries {int64} NOT NULL,
    asked_at {int64},
    hour_began_at {int64},
    in_hour {int64} NOT NULL,
    day_began_at {int64},
    in_day {int64} NOT NULL,
    PRIMARY KEY (subject)
) {clustered};

CREATE INDEX IF NOT EXISTS one_time_codes_by_asked_at ON one_time_codes (asked_at);

CREATE TABLE IF NOT EXISTS enrolment_codes (
    code {text} NOT NULL,
    kind {text} NOT NULL,
    name {text} NOT NULL,
    staff {text} NOT NULL,
    store {text} NOT NULL,
    channel {text} NOT NULL,
    member_id {int64},
    made_at {int64} NOT NULL,
    PRIMARY KEY (code)
) {clustered};

CREATE INDEX IF NOT EXISTS enrolment_codes_by_member ON enrolment_codes (member_id, made_at, code)
    WHERE member_id IS NOT NULL;
