// Stories: what happens to one member, told in tables that an operator can read. A file holds several:
//
//   story: A refund takes the points back
//   programme: programmes/vancl.yaml
//   with: OLD -> NEW                     the programme's text with every OLD replaced by NEW (may be repeated);
//                                        \n stands for the end of a line
//   version 2 with: OLD -> NEW           another version, made from the first; a row `programme 2` puts it in force
//   2026-01-01 10:00 | order A 100.00, paid, shipped | pending 200
//   2026-01-31 10:00 |                               | points 200, lapses 2027-01-31
//
// A row is: local time in the programme's zone (or an instant ending in Z) | what happens, or nothing | what is then
// true. A row that ends with a comma goes on in the next line, which begins with blanks and says what else is true:
//
//   2026-01-05 10:02 | hold H1 40.00, points 100, balance 20.00 | points 0, coupons 0, balance 35.00,
//       off 10.00, worth 1.00, to_pay 9.00
//
// Lines that begin with # are comments. Amounts are in major units ("100.00"); lines of an order count from 0.
//
// What happens:
//   order ID AMOUNT [xN] [KIND] [key=value ...] [+ AMOUNT ...], paid [TIME], shipped [TIME], delivered [TIME],
//       gift AMOUNT, fee AMOUNT, channel TEXT, store TEXT       keys: sku product category list cost at (a promotion)
//       coupon ID AMOUNT, points NUMBER, balance AMOUNT, hold ID
//   hold ID AMOUNT ... as an order's lines, fee AMOUNT, channel TEXT, store TEXT, coupons ID ... (or none),
//       points NUMBER, balance AMOUNT, minutes NUMBER           | release ID
//   give COUPON [xN] REFERENCE | claim COUPON REFERENCE | claim code=CODE [COUPON] REFERENCE | revoke ID
//   redeem ITEM ID [xN] [order ID] [points NUMBER] [money AMOUNT] | ship ID [CARRIER NUMBER] | deliver ID
//   call-off ID [REASON]                                   of the points mall | attend COUPON
//   any fact may end with: , left COUPON NUMBER                 what the event is told of a coupon's stock
//                      and , redeems COUPON                     the coupon whose unique code it tells
//                      and , chance 0.25                        what decides, as a part of all numbers
//   check-in ACTIVITY | make-up ACTIVITY DAY [coupon ID] | freeze ACTIVITY REFERENCE
//   show ACTIVITY REFERENCE [SUBJECT] | visit ACTIVITY STORE CODE
//   answer ACTIVITY [order=ID] QUESTION=ANSWER ... (several choices: a+b)
//   turn ACTIVITY REFERENCE | turns ACTIVITY NUMBER REFERENCE | pass ACTIVITY PIECE REFERENCE | receive (the same)
//   open-group GROUP PROMOTION ORDER | join-group GROUP LEADER ORDER PROMOTION | seat GROUP WHO ORDER PROMOTION
//   leave-seat GROUP WHO ORDER | end-group GROUP ORDER filled|failed
//   offer ID GIFT | withdraw GIFT | passed GIFT | received GIFT COUPON [VERSION [until TIME]] | erase
//   merge | undo-merge                                     the other member is merged into this one, and back
//   `other: ` before a fact, or alone: it happens to another member, and what is then true is true of them
//   review, moderate, friend, look-at, marks, apply, choose, report: see story_friends.hpp
//   use BENEFIT REFERENCE [amount AMOUNT] [cost AMOUNT] [order ID] | manager STAFF ("" for nobody)
//   paid ID [gift AMOUNT] | shipped ID | delivered ID | settled ID | cancelled ID
//   refund REFUND ID [LINE [xN] [AMOUNT] [+ LINE ...]]   |   exchange EXCHANGE ID [...]
//   registered [CHANNEL SOURCE STORE STAFF CODE INVITER, as many as are known] | unlink KIND VALUE
//   profile key=value ... | identity KIND VALUE | consent CHANNEL PURPOSE yes|no
//   adjust POINTS REFERENCE | spend POINTS REFERENCE [ID] | grant TIER [DATE] | reviewed NUMBER ...
//   top-up AMOUNT BONUS REFERENCE | pay-back AMOUNT REFERENCE | pay AMOUNT REFERENCE [ID] | programme VERSION
// `order ID many=N AMOUNT` has N such lines; `~TEXT*N` anywhere in a fact stands for TEXT repeated N times.
//
// What is then true, separated by commas: tier, until (last day of the period, or -), points, owed, pending, lapses
// (last day on which the next points to lapse can be spent, or -), lots (how many), growth, balance, topped_up, bonus,
// cashback, coupons (how many), has COUPON NUMBER, coupon_lapses COUPON TIME (local), holds (how many),
// acquired CHANNEL ... (as registered), identities (how many),
// stage NAME (or -), looked_after_by STAFF (or -), uses BENEFIT NUMBER (as counted last),
// counted (spend of the period), spend, orders, refused CODE, parked, duplicate, and of this row alone:
// kept (from the refund), back CASH BALANCE POINTS (by the refund), gave COUPON ..., reminded COUPON ...,
// of a hold: to_pay, off (by coupons), fee, worth (of points), used COUPON ... and why ID CODE; cost CODE AMOUNT,
// won PRIZE ..., did WHAT ..., turns ACTIVITY NUMBER (given), taken ACTIVITY NUMBER (turns),
// had ACTIVITY NAME NUMBER ...,
// streak ACTIVITY NUMBER, best (the longest), freezes ACTIVITY NUMBER, attribute NAME VALUE (or -),
// steps ACTIVITY NAME ..., took STOCK NUMBER (by this row),
// pieces PROMOTION NUMBER (as limits count), waits ORDER yes|no, settles ORDER TIME (local, or -),
// leads NUMBER (groups), seats GROUP NUMBER, group GROUP STATUS;
// of a hold: sold PROMOTION ... (by line, - for none), promoted AMOUNT,
// because CODE (of a reason),
// redemptions (under way), bought ITEM NUMBER (as limits count), goes ID STATUS (a redemption), status ID STATUS (an
// order), review, invited, friend, friends, brought, marked, trial (story_friends.hpp), noticed KIND SUBJECT ...,
// freed COUPON ... (seats), moved ACCOUNT NUMBER, changed FROM TO REASON, flags ID TEXT.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event.hpp"
#include "programme/programme.hpp"
#include "world.hpp"

namespace regulars::model {

struct Row {
    std::size_t line = 0;  ///< in the file
    std::string at;
    std::string fact;
    std::vector<std::string> expected;
};

struct Edition {
    std::uint32_t version = 2;
    std::vector<Replacement> replacements;
};

struct Story {
    std::string file;
    std::string title;
    std::string programme;
    std::vector<Replacement> replacements;
    std::vector<Edition> editions;
    std::vector<Row> rows;
};

/// What a failing test shows of it.
inline std::ostream& operator<<(std::ostream& out, const Story& story) {
    return out << story.file << ": " << story.title;
}

/// All stories under tests/engine/stories, by file name. Aborts on a text that is not a story.
[[nodiscard]] std::vector<Story> load_stories();

/// The event that a row tells, for a programme's currency and zone. Aborts, naming the row, when it cannot be read.
[[nodiscard]] engine::Event event_of(const Row& row, const programme::Programme& programme);
[[nodiscard]] Instant instant_of(const Row& row, const programme::Programme& programme);

/// An amount in major units, in minor ones; aborts when it is none.
[[nodiscard]] Money money_of(std::string_view text, std::int32_t minor_digits);
[[nodiscard]] std::string money_text(Money money, std::int32_t minor_digits);

/// Words between blanks, or parts between `separator`, trimmed.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);
[[nodiscard]] std::vector<std::string> parts_of_text(std::string_view text, char separator);

/// What came out of telling a story; `told` are its events with their answers.
struct Telling {
    std::vector<std::string> failures;  ///< "FILE:LINE: expected ..., found ..."
    std::vector<std::pair<engine::Event, Answer>> told;
    engine::Member member;
};

/// Tells a story; `deliveries` times every event (1 as written; 2: what is repeated must change nothing).
[[nodiscard]] Telling tell(const Story& story, int deliveries);

}  // namespace regulars::model
