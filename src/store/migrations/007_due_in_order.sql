-- When members fall due, in the order in which that was noted. Many fall due at the same midnight, as everybody does
-- whose coupons lapse with a day; in the order of their ids each of them would be on another page of the index.
-- The rules at the beginning of 001_first_tables.sql hold here too.

ALTER TABLE members ADD COLUMN due_noted_at {int64};

CREATE INDEX IF NOT EXISTS members_by_due ON members (next_due_at, due_noted_at, member_id)
    WHERE next_due_at IS NOT NULL;

DROP INDEX IF EXISTS members_by_next_due_at;
