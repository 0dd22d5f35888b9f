-- What members have answered in questionnaires, and how often each answer was given. The counts are kept as answers
-- come, so that looking at them costs the same however many there are; they tell of nobody, and stay when what a
-- person has answered is erased. What each column says is told in docs/storage.md. The rules at the beginning of
-- 001_first_tables.sql hold here too.

CREATE TABLE IF NOT EXISTS questionnaire_answers (
    member_id {int64} NOT NULL,
    event_sequence {int64} NOT NULL,
    question {text} NOT NULL,
    activity {text} NOT NULL,
    order_id {text} NOT NULL,
    answered_at {int64} NOT NULL,
    answer {text} NOT NULL,
    PRIMARY KEY (member_id, event_sequence, question)
) {clustered};

CREATE INDEX IF NOT EXISTS questionnaire_answers_by_question
    ON questionnaire_answers (activity, question, answered_at, member_id, event_sequence);

CREATE TABLE IF NOT EXISTS questionnaire_counts (
    activity {text} NOT NULL,
    question {text} NOT NULL,
    answer {text} NOT NULL,
    times {int64} NOT NULL,
    left_out {int64} NOT NULL,
    members {int64} NOT NULL,
    PRIMARY KEY (activity, question, answer)
) {clustered};
