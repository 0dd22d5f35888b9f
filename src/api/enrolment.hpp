// Enrolment by a phone or an e-mail address that somebody shows to be theirs: a one-time code goes there, and whoever
// tells it becomes a member, or is recognised as one, and gets a token. Until a code was right the answers are the same
// whether or not there is such a member, and so is the work.
#pragma once

#include <functional>
#include <string>

#include "api/endpoint.hpp"

namespace regulars::api {

class JsonWriter;

/// A one-time code on its way to somebody. Whoever sends it words the message.
struct CodeMessage {
    std::string kind;      ///< "phone" or "email"
    std::string address;
    std::string code;
    std::string purpose;   ///< "enrol" or "sign_in"
};

/// Takes a message to be sent and returns at once; called from any thread. Codes and addresses do not go to the log.
using SendCode = std::function<void(CodeMessage)>;

class Enrolment {
public:
    /// A token for the member, signed for this request's key, as fields of the answer; false when the key is gone.
    using WriteToken = std::function<bool(JsonWriter& json, const Request& request, MemberId member)>;

    Enrolment(service::Service& service, SendCode send_code, WriteToken write_token)
        : service_(service), send_code_(std::move(send_code)), write_token_(std::move(write_token)) {}

    /// POST /v1/enrolment/one-time-codes
    [[nodiscard]] Answer ask(const Request& request) const;
    /// POST /v1/enrolment
    [[nodiscard]] Answer enrol(const Request& request) const;

private:
    [[nodiscard]] Answer answer(const Request& request, MemberId member, bool created) const;

    service::Service& service_;
    SendCode send_code_;
    WriteToken write_token_;
};

/// Whose code was scanned goes before what is told beside it: source, channel, store, staff and inviter.
void add_scanned(engine::Registered& told, const service::EnrolmentCode& code);

/// Where a request comes from, as far as limits are concerned: the address, of IPv6 the network (its first half), as
/// one subscriber has all of that. The text itself where it is no address.
[[nodiscard]] std::string place_of(std::string_view address);

}  // namespace regulars::api
