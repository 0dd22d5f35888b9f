// One member and the little of a shop around it that the engine needs: the programme's versions and the orders that
// have left the aggregate. Every step is held against the laws that no event may break.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coupon_laws.hpp"
#include "engine/engine.hpp"
#include "engine/event.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "engine/rejection.hpp"
#include "law_book.hpp"
#include "plan_laws.hpp"
#include "programme/programme.hpp"
#include "tender_laws.hpp"

namespace regulars::model {

/// A programme from its file, or from its text with every `from` replaced by `to`. Fails the process with the
/// diagnostics when it does not compile: a broken programme is a broken test.
struct Replacement {
    std::string from;
    std::string to;
};
[[nodiscard]] std::shared_ptr<const programme::Programme> load_programme(const std::string& path,
                                                                         const std::vector<Replacement>& replacements);

/// What came of one event.
struct Answer {
    std::optional<engine::Rejection> rejection;
    engine::Outcome outcome;
    [[nodiscard]] bool accepted() const { return !rejection && !outcome.duplicate; }
};

class World {
public:
    explicit World(std::shared_ptr<const programme::Programme> programme, MemberId id = {1});

    void activate(std::shared_ptr<const programme::Programme> programme) { versions_.add(std::move(programme)); }
    /// Decides one event, keeps what left the aggregate and checks the laws.
    Answer tell(const engine::Event& event);
    /// Another member is merged into this one, or that is undone: both halves. The answer is this member's.
    Answer merge(World& other, Instant at);
    Answer undo_merge(World& other, Instant at);
    /// Lets time pass, and checks the laws.
    engine::Outcome advance(Instant to, engine::Through through = engine::Through::settlements);

    [[nodiscard]] const programme::Programme& programme() const { return versions_.current(); }
    [[nodiscard]] const programme::Versions& versions() const { return versions_; }
    [[nodiscard]] const engine::Member& member() const { return member_; }
    [[nodiscard]] const std::map<std::string, engine::Order, std::less<>>& closed_orders() const { return closed_; }
    [[nodiscard]] std::int64_t account(engine::Account account) const;
    /// Every law broken so far, in words; empty when all is well.
    [[nodiscard]] const std::vector<std::string>& broken_laws() const { return laws_.broken(); }

private:
    using ClosedOrders = std::map<std::string, engine::Order, std::less<>>;
    struct Before {
        engine::Member member;
        ClosedOrders closed;
    };

    [[nodiscard]] engine::Context context_of(const engine::Event& event) const;
    void keep(const engine::Outcome& outcome);
    void hold(bool law, std::string_view words) { laws_.hold(law, words); }
    void check_wallet(const engine::Member& before, const engine::Outcome& outcome, const engine::Event* accepted,
                      std::span<const engine::StockLeft> stock);
    void check_ledger(const engine::Outcome& outcome, std::uint64_t sequence_before);
    void check_points();
    void check_tier(const engine::Outcome& outcome, programme::TierRank rank_before);
    void check_orders();
    void begin_anew();

    programme::Versions versions_;
    engine::Member member_;
    std::map<std::string, engine::Order, std::less<>> closed_;
    std::map<engine::Account, std::int64_t> accounts_;
    std::optional<Before> before_merge_;
    bool merging_ = false;                   ///< orders and coupons are on their way from one to the other
    const engine::Member* other_ = nullptr;  ///< while a merge or its undoing is told
    CouponLaws coupon_laws_;
    TenderLaws tender_laws_;
    PlanLaws plan_laws_;
    LawBook laws_;
};

}  // namespace regulars::model
