// Facts about what members do beside buying, as JSON (service/event_json.hpp). For this layer's .cpp files only.
#pragma once

#include <optional>

#include "engine/event.hpp"
#include "service/json_fields.hpp"
#include "service/json_object_writer.hpp"

namespace regulars::service {

void write(ObjectWriter& writer, const engine::CheckedIn& fact);
void write(ObjectWriter& writer, const engine::CheckInMadeUp& fact);
void write(ObjectWriter& writer, const engine::FreezeBought& fact);
void write(ObjectWriter& writer, const engine::TurnTaken& fact);
void write(ObjectWriter& writer, const engine::TurnsGranted& fact);
void write(ObjectWriter& writer, const engine::PiecePassed& fact);
void write(ObjectWriter& writer, const engine::PieceReceived& fact);
void write(ObjectWriter& writer, const engine::QuestionnaireAnswered& fact);
void write(ObjectWriter& writer, const engine::BehaviourShown& fact);
void write(ObjectWriter& writer, const engine::StoreVisited& fact);
void write(ObjectWriter& writer, const engine::TrialApplied& fact);
void write(ObjectWriter& writer, const engine::TrialDecided& fact);
void write(ObjectWriter& writer, const engine::TrialReported& fact);
void write(ObjectWriter& writer, const engine::ProductReviewed& fact);
void write(ObjectWriter& writer, const engine::ReviewModerated& fact);
void write(ObjectWriter& writer, const engine::FriendActed& fact);
void write(ObjectWriter& writer, const engine::ReferralDecided& fact);
void write(ObjectWriter& writer, const engine::MarksTold& fact);
void write(ObjectWriter& writer, const engine::GoodsRedeemed& fact);
void write(ObjectWriter& writer, const engine::RedemptionMoved& fact);
void write(ObjectWriter& writer, const engine::GroupOpened& fact);
void write(ObjectWriter& writer, const engine::GroupJoined& fact);
void write(ObjectWriter& writer, const engine::GroupSeatTaken& fact);
void write(ObjectWriter& writer, const engine::GroupEnded& fact);
void write(ObjectWriter& writer, const engine::InvitationAttended& fact);

void read(JsonFields& fields, engine::CheckedIn& fact);
void read(JsonFields& fields, engine::CheckInMadeUp& fact);
void read(JsonFields& fields, engine::FreezeBought& fact);
void read(JsonFields& fields, engine::TurnTaken& fact);
void read(JsonFields& fields, engine::TurnsGranted& fact);
void read(JsonFields& fields, engine::PiecePassed& fact);
void read(JsonFields& fields, engine::PieceReceived& fact);
void read(JsonFields& fields, engine::QuestionnaireAnswered& fact);
void read(JsonFields& fields, engine::BehaviourShown& fact);
void read(JsonFields& fields, engine::StoreVisited& fact);
void read(JsonFields& fields, engine::TrialApplied& fact);
void read(JsonFields& fields, engine::TrialDecided& fact);
void read(JsonFields& fields, engine::TrialReported& fact);
void read(JsonFields& fields, engine::ProductReviewed& fact);
void read(JsonFields& fields, engine::ReviewModerated& fact);
void read(JsonFields& fields, engine::FriendActed& fact);
void read(JsonFields& fields, engine::ReferralDecided& fact);
void read(JsonFields& fields, engine::MarksTold& fact);
void read(JsonFields& fields, engine::GoodsRedeemed& fact);
void read(JsonFields& fields, engine::RedemptionMoved& fact);
void read(JsonFields& fields, engine::GroupOpened& fact);
void read(JsonFields& fields, engine::GroupJoined& fact);
void read(JsonFields& fields, engine::GroupSeatTaken& fact);
void read(JsonFields& fields, engine::GroupEnded& fact);
void read(JsonFields& fields, engine::InvitationAttended& fact);

/// "chance": {"day", "number"}, as a stored event carries it.
void write_chance(ObjectWriter& writer, const std::optional<engine::Chance>& chance);
[[nodiscard]] std::optional<engine::Chance> read_chance(JsonFields& fields);
/// Another member, by id.
void write_member(ObjectWriter& writer, std::string_view field, MemberId id);
[[nodiscard]] MemberId member_id(JsonFields& fields, std::string_view field);

}  // namespace regulars::service
