#include "store/seal_mark.hpp"

#include "store/failure.hpp"
#include "store/rows_reading.hpp"
#include "store/sql/writing.hpp"

#include <sstream>
#include <vector>

namespace regulars::store {

namespace {

constexpr std::string_view setting_name = "seal";
constexpr std::string_view checked = "Regulars";
constexpr SealedPlace check_place{.column = "settings.seal"};

[[noreturn]] void refuse(std::string detail) {
    fail(service::StoreError::sealed, std::move(detail));
}

std::string text_of(const SealMark& mark) {
    switch (mark.state) {
        case SealState::none: break;
        case SealState::sealing: return "sealing " + mark.name + " " + mark.check;
        case SealState::sealed: return "sealed " + mark.name + " " + mark.check;
        case SealState::rotating:
            return "rotating " + mark.name + " " + mark.check + " " + mark.next_name + " " + mark.next_check;
    }
    return {};
}

SealMark parse_mark(const std::string& text) {
    std::istringstream words(text);
    std::string state;
    SealMark mark;
    words >> state >> mark.name >> mark.check >> mark.next_name >> mark.next_check;
    if (state == "sealing") mark.state = SealState::sealing;
    if (state == "sealed") mark.state = SealState::sealed;
    if (state == "rotating") mark.state = SealState::rotating;
    if (mark.state == SealState::none || text_of(mark) != text)
        fail(service::StoreError::corrupt, "the setting 'seal' cannot be read");
    return mark;
}

void refuse_unless_empty(Connection& connection) {
    if (read_last_member_id(connection) != MemberId())
        refuse("it is not sealed, and a key for its seal is given: seal its members with 'regulars seal database', or "
               "leave the key out");
}

}  // namespace

SealMark mark_of(SealState state, const Seal& seal, const Seal* next) {
    SealMark mark{state, seal.name(), seal.seal_text(check_place, checked), {}, {}};
    if (next != nullptr) {
        mark.next_name = next->name();
        mark.next_check = next->seal_text(check_place, checked);
    }
    return mark;
}

SealMark read_mark(Connection& connection) {
    const auto text = read_setting(connection, setting_name);
    return text ? parse_mark(*text) : SealMark();
}

void write_mark(Connection& connection, const SealMark& mark) {
    Transaction transaction(connection);
    connection.rows(sql::save_setting).text(setting_name).text(text_of(mark));
    connection.write(sql::save_setting);
    transaction.commit();
}

bool is_key(const Seal& seal, const std::string& name, const std::string& check) {
    return seal.name() == name && seal.open_text(check_place, check) == checked;
}

bool must_be_sealed_first(Connection& connection) {
    const SealMark mark = read_mark(connection);
    const Seal* const seal = connection.seal();
    switch (mark.state) {
        case SealState::none:
            if (seal != nullptr) refuse_unless_empty(connection);
            return seal != nullptr;
        case SealState::sealing:
            refuse("sealing it was begun with the key " + mark.name + " and is not finished: let 'regulars seal "
                   "database' run to its end with that key");
        case SealState::rotating:
            refuse("changing its key from " + mark.name + " to " + mark.next_name + " was begun and is not finished: "
                   "let 'regulars seal rotate' run to its end with these two keys");
        case SealState::sealed: break;
    }
    if (seal == nullptr)
        refuse("it is sealed with the key " + mark.name + ", and no key is given: name its file as --seal-key-file "
               "FILE or in REGULARS_SEAL_KEY_FILE");
    if (!is_key(*seal, mark.name, mark.check))
        refuse("it is sealed with the key " + mark.name + ", and the key given is " + seal->name() +
               ": give the file of the former");
    return false;
}

}  // namespace regulars::store
