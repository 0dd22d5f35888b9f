#include "make_orders/catalogue.hpp"

#include <array>

namespace regulars::make_orders {

namespace {

constexpr std::array articles = {
    Article{"tshirt-white", "tshirts", 2900, 1100},
    Article{"tshirt-black", "tshirts", 2900, 1100},
    Article{"socks-3-pairs", "underwear", 1900, 600},
    Article{"canvas-shoes-white", "shoes", 5900, 2700},
    Article{"oxford-shirt-blue", "shirts", 9900, 4100},
    Article{"tshirt-print-panda", "tshirts", 3900, 1400},
    Article{"phone-case", "accessories", 3500, 2800, true},
    Article{"jeans-slim", "trousers", 12900, 5600},
    Article{"briefs-2-pack", "underwear", 2900, 1000},
    Article{"canvas-shoes-red", "shoes", 5900, 2700},
    Article{"hoodie-grey", "hoodies", 12900, 5400},
    Article{"polo-navy", "tshirts", 6900, 2600},
    Article{"oxford-shirt-white", "shirts", 9900, 4100},
    Article{"towel-cotton", "home", 2500, 1200},
    Article{"dress-linen", "dresses", 15900, 6200},
    Article{"chinos-khaki", "trousers", 12900, 5300},
    Article{"pillowcase-pair", "home", 3900, 1800},
    Article{"running-shoes", "shoes", 19900, 9200},
    Article{"backpack-20l", "bags", 12900, 5900},
    Article{"tights-black", "underwear", 2500, 800},
    Article{"cardigan-wool", "knitwear", 19900, 9100},
    Article{"hoodie-zip-black", "hoodies", 14900, 6300},
    Article{"belt-leather", "accessories", 7900, 3000},
    Article{"bed-set-cotton", "home", 29900, 15200},
    Article{"down-jacket-light", "jackets", 29900, 13900},
    Article{"cap-canvas", "accessories", 3900, 1300},
    Article{"tea-set-celadon", "home", 16800, 13400, true},
    Article{"skirt-pleated", "dresses", 12900, 5100},
    Article{"scarf-cashmere", "accessories", 19900, 8800},
    Article{"tote-canvas", "bags", 4900, 1700},
    Article{"pyjamas-cotton", "underwear", 11900, 5200},
    Article{"flannel-shirt", "shirts", 11900, 4900},
    Article{"denim-jacket", "jackets", 22900, 9900},
    Article{"loafers-leather", "shoes", 29900, 13500},
    Article{"sweater-merino", "knitwear", 24900, 11400},
    Article{"laptop-sleeve", "bags", 7900, 2900},
    Article{"sports-watch", "accessories", 34900, 27900, true},
    Article{"quilt-winter", "home", 39900, 21000},
    Article{"windbreaker", "jackets", 25900, 11200},
    Article{"suitcase-20-inch", "bags", 36900, 19400},
    Article{"boots-chelsea", "shoes", 35900, 16800},
    Article{"evening-dress", "dresses", 45900, 18700},
    Article{"down-coat-long", "jackets", 59900, 28300},
};

}  // namespace

std::span<const Article> catalogue() {
    return articles;
}

}  // namespace regulars::make_orders
