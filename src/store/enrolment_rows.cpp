#include "store/enrolment_rows.hpp"

#include "store/failure.hpp"
#include "store/sealed_columns.hpp"
#include "store/sql/enrolment.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace regulars::store {

namespace {

service::OneTimeCode one_time_code_of(const Row& row, const Seal* seal, const std::string& subject) {
    service::OneTimeCode code;
    code.subject = subject;
    code.version = row.number(1);
    code.purpose = row.text(2);
    code.salt = row.text(3);
    code.hash = opened_text(seal, code_hash_place(row.text(0)), row.text(4));
    code.ends_at = row.instant_or(5, instant_min);
    code.tries = static_cast<std::int32_t>(row.small_number(6));
    code.asked_at = row.instant_or(7, instant_min);
    code.hour_began_at = row.instant_or(8, instant_min);
    code.in_hour = static_cast<std::int32_t>(row.small_number(9));
    code.day_began_at = row.instant_or(10, instant_min);
    code.in_day = static_cast<std::int32_t>(row.small_number(11));
    return code;
}

service::EnrolmentCode enrolment_code_of(const Row& row) {
    return {.code = row.text(0),
            .kind = row.text(1),
            .name = row.text(2),
            .staff = row.text(3),
            .store = row.text(4),
            .channel = row.text(5),
            .member = row.is_null(6) ? MemberId() : MemberId{row.number(6)},
            .made_at = row.instant(7)};
}

}  // namespace

std::vector<std::optional<service::OneTimeCode>> read_one_time_codes(Connection& connection,
                                                                     std::span<const std::string> subjects) {
    std::map<std::string, service::OneTimeCode> found;
    std::map<std::string, std::string> subject_of;
    auto rows = connection.rows(sql::load_one_time_codes);
    for (const std::string& subject : subjects) {
        const std::string kept(kept_subject(connection.seal(), subject));
        rows.text(kept);
        subject_of.emplace(kept, subject);
    }
    connection.read(sql::load_one_time_codes, [&](const Row& row) {
        const std::string& subject = subject_of.at(row.text(0));
        found.insert_or_assign(subject, one_time_code_of(row, connection.seal(), subject));
    });
    std::vector<std::optional<service::OneTimeCode>> codes;
    for (const std::string& subject : subjects) {
        const auto one = found.find(subject);
        codes.push_back(one == found.end() ? std::nullopt : std::optional(one->second));
    }
    return codes;
}

std::optional<service::EnrolmentCode> read_enrolment_code(Connection& connection, const std::string& code) {
    std::optional<service::EnrolmentCode> found;
    connection.rows(sql::find_enrolment_code).text(code);
    connection.read(sql::find_enrolment_code, [&](const Row& row) { found = enrolment_code_of(row); });
    return found;
}

std::optional<service::EnrolmentCode> read_invitation(Connection& connection, MemberId member) {
    std::optional<service::EnrolmentCode> found;
    connection.rows(sql::find_invitation).number(member.value);
    connection.read(sql::find_invitation, [&](const Row& row) { found = enrolment_code_of(row); });
    return found;
}

std::vector<service::EnrolmentCode> read_enrolment_codes(Connection& connection,
                                                         const service::Page<std::string>& page) {
    std::vector<service::EnrolmentCode> codes;
    const auto limit = std::min<std::size_t>(page.limit, std::numeric_limits<std::int32_t>::max());
    connection.rows(sql::list_enrolment_codes).text(page.after).integer(static_cast<std::int64_t>(limit));
    connection.read(sql::list_enrolment_codes, [&](const Row& row) { codes.push_back(enrolment_code_of(row)); });
    return codes;
}

// In ascending order of the subjects, so that two writers never wait for each other in a circle.
void write_one_time_codes(Connection& connection, std::span<const service::OneTimeCode> codes) {
    std::vector<const service::OneTimeCode*> ordered;
    for (const service::OneTimeCode& code : codes) ordered.push_back(&code);
    std::sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) { return a->subject < b->subject; });
    auto created = connection.rows(sql::insert_one_time_codes);
    auto changed = connection.rows(sql::update_one_time_codes);
    std::int64_t known = 0;
    for (const service::OneTimeCode* code : ordered) {
        const bool fresh = code->version == 0;
        const auto subject = kept_subject(connection.seal(), code->subject);
        (fresh ? created : changed)
            .text(subject)
            .number(code->version + 1)
            .text(code->purpose)
            .text(code->salt)
            .text(kept_text(connection.seal(), code_hash_place(subject), code->hash))
            .instant_or_null(code->ends_at, instant_min)
            .integer(code->tries)
            .instant_or_null(code->asked_at, instant_min)
            .instant_or_null(code->hour_began_at, instant_min)
            .integer(code->in_hour)
            .instant_or_null(code->day_began_at, instant_min)
            .integer(code->in_day);
        known += fresh ? 0 : 1;
    }
    connection.write(sql::insert_one_time_codes);
    if (connection.write(sql::update_one_time_codes) != known)
        fail(service::StoreError::conflict, "a one-time code was changed by somebody else");
}

void remove_one_time_codes(Connection& connection, Instant before) {
    connection.rows(sql::forget_one_time_codes).instant(before);
    connection.write(sql::forget_one_time_codes);
}

void clear_one_time_codes(Connection& connection) {
    connection.rows(sql::clear_one_time_codes);
    connection.write(sql::clear_one_time_codes);
}

void write_enrolment_code(Connection& connection, const service::EnrolmentCode& code) {
    auto rows = connection.rows(sql::insert_enrolment_code);
    rows.text(code.code).text(code.kind).text(code.name).text(code.staff).text(code.store).text(code.channel);
    // A null of the type that the column has, where there is no member.
    const auto member = static_cast<std::int64_t>(code.member.value);
    rows.instant_or_null(Instant{member}, Instant{0});
    rows.instant(code.made_at);
    connection.write(sql::insert_enrolment_code);
}

}  // namespace regulars::store
