// Card after payment: whoever pays for the first time without being known by more than what an order tells is asked to
// claim a card, if the programme says so.
#pragma once

#include "engine/decision.hpp"
#include "engine/facts.hpp"

namespace regulars::engine {

/// The order has just been paid; `facts` hold it. Whoever is known by a phone, an e-mail address or a card is a
/// cardholder already. A payment is the first where no other order stands paid or has counted; nobody is asked twice.
void invite_to_card(Decision& decision, const Order& order, const Facts& facts);

}  // namespace regulars::engine
