// Codes: those that work once are made here and leave as a file; those of other shops come from a file. A running
// service knows them at once.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "api/text.hpp"
#include "backtest/files.hpp"
#include "base/limits.hpp"
#include "base/unique_code.hpp"
#include "server/code_file.hpp"
#include "server/database.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "service/code_batches.hpp"

namespace regulars::server {

namespace {

using programme::CouponTemplate;

struct CodesOptions {
    DatabasePlace db;
    std::string coupon;
    std::string batch;
    std::string pool;
    std::string file;
    std::int64_t count = 0;
    bool json = false;
};

bool is_name(const std::string& text) {
    return !text.empty() && text.size() <= limits::id_size_max && api::is_utf8(text);
}

// Whether codes for this coupon would ever be asked for.
bool takes_unique_codes(service::Store& store, const CodesOptions& options) {
    const auto history = history_or_explain(store, options.db.url);
    if (history == nullptr) return false;
    const CouponTemplate* terms = history->current().coupons.find(options.coupon);
    if (terms != nullptr && terms->claim && terms->claim->unique_codes) return true;
    print_error(fmt::format("the programme in force has no coupon '{}' with claim: {{codes: unique}}: name another, or "
                            "put a programme that has it in force first.",
                            options.coupon));
    return false;
}

bool has_pool(service::Store& store, const CodesOptions& options) {
    const auto history = history_or_explain(store, options.db.url);
    if (history == nullptr) return false;
    for (const CouponTemplate& terms : history->current().coupons.templates)
        if (terms.pool == options.pool) return true;
    print_error(fmt::format("the programme in force has no coupon with partner: {}: name another pool, or put a "
                            "programme that has it in force first.",
                            options.pool));
    return false;
}

// "welcome_20261122_050300".
std::string default_batch(const CodesOptions& options, Instant now) {
    std::string time = text_of(now).substr(0, 19);
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    std::ranges::replace(time, 'T', '_');
    return options.coupon + "_" + time;
}

service::Stored<bool> make_into(service::Store& store, const service::CodeBatch& batch, std::size_t count,
                                CodeFile& file) {
    ProgressBar bar;
    std::size_t made = 0;
    const auto worked = [&bar](const expected<void, std::string>& done) {
        if (done) return true;
        bar.clear();
        print_error(done.error());
        return false;
    };
    const auto take = [&](std::span<const std::string> codes) {
        std::string text;
        for (const std::string& code : codes) text += shown_unique_code(code) + "\n";
        made += codes.size();
        bar.show("codes", made, count);
        return worked(file.write(text));
    };
    const bool begun = worked(file.write("code\n"));
    if (!begun) return false;
    return service::make_codes(store, batch, count, {take, [&] { return worked(file.keep()); }});
}

int make(const CodesOptions& options) {
    if (options.count < 1 || options.count > static_cast<std::int64_t>(service::codes_per_batch_max)) {
        print_error(fmt::format("--count must be 1 to {}.", service::codes_per_batch_max));
        return exit_usage;
    }
    if (!options.batch.empty() && !is_name(options.batch)) {
        print_error(fmt::format("--batch must be a text of 1 to {} bytes.", limits::id_size_max));
        return exit_usage;
    }
    const auto store = open_or_explain(options.db);
    if (store == nullptr || !takes_unique_codes(*store, options)) return exit_failed;
    service::CodeBatch batch;
    batch.coupon = options.coupon;
    batch.made_at = make_clock(std::nullopt)();
    batch.name = options.batch.empty() ? default_batch(options, batch.made_at) : options.batch;
    auto file = CodeFile::create(options.file);
    if (!file) {
        print_error(file.error());
        return exit_failed;
    }
    const auto made = make_into(*store, batch, static_cast<std::size_t>(options.count), *file);
    if (made && *made) {
        fmt::print("{} codes for {} are in {}; their batch is {}.\n", options.count, options.coupon, options.file,
                   batch.name);
        return exit_done;
    }
    if (!made && made.error().error == service::StoreError::conflict) {
        print_error(fmt::format("there is a batch '{}' already: choose another name.", batch.name));
        return exit_failed;
    }
    if (!made) print_error(sentence_of(made.error(), options.db.url));
    print_error(fmt::format("batch {} is not finished, and none of its codes works: make another one.", batch.name));
    return exit_failed;
}

nlohmann::ordered_json json_of(const std::vector<service::CodeBatch>& batches,
                               const std::vector<service::PartnerPool>& pools) {
    auto document = nlohmann::ordered_json::object();
    document["batches"] = nlohmann::ordered_json::array();
    for (const service::CodeBatch& batch : batches)
        document["batches"].push_back({{"batch", batch.name},
                                       {"coupon", batch.coupon},
                                       {"status", std::string(name_of(batch.status))},
                                       {"made_at", text_of(batch.made_at)},
                                       {"made", batch.made},
                                       {"taken", batch.taken}});
    document["pools"] = nlohmann::ordered_json::array();
    for (const service::PartnerPool& pool : pools)
        document["pools"].push_back(
            {{"pool", pool.name}, {"imported", pool.imported}, {"given", pool.given}, {"left", pool.left()}});
    return document;
}

int list(const CodesOptions& options) {
    const auto store = open_or_explain(options.db);
    if (store == nullptr) return exit_failed;
    const auto batches = store->code_batches();
    const auto pools = batches ? store->pools() : service::Stored<std::vector<service::PartnerPool>>(
                                                      unexpected(batches.error()));
    if (!pools) {
        print_error(sentence_of(pools.error(), options.db.url));
        return exit_failed;
    }
    if (options.json) {
        fmt::print("{}\n", json_of(*batches, *pools).dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
        return exit_done;
    }
    for (const service::CodeBatch& batch : *batches)
        fmt::print("batch {}  {}  {}  {}  {} made, {} taken\n", batch.name, batch.coupon, name_of(batch.status),
                   text_of(batch.made_at), batch.made, batch.taken);
    for (const service::PartnerPool& pool : *pools)
        fmt::print("pool {}  {} imported, {} given, {} left\n", pool.name, pool.imported, pool.given, pool.left());
    if (batches->empty() && pools->empty())
        fmt::print(stderr, "There are no codes yet; 'regulars codes make' and 'regulars codes import' bring some.\n");
    return exit_done;
}

int withdraw(const CodesOptions& options) {
    const auto store = open_or_explain(options.db);
    if (store == nullptr) return exit_failed;
    const auto batch = service::withdraw_codes(*store, options.batch);
    if (!batch) {
        const bool unknown = batch.error().error == service::StoreError::not_found;
        print_error(unknown ? fmt::format("there is no batch '{}': 'regulars codes list' shows them.", options.batch)
                            : sentence_of(batch.error(), options.db.url));
        return exit_failed;
    }
    fmt::print("Batch {} is withdrawn: {} of its codes were taken, the others do not work any more.\n", batch->name,
               batch->taken);
    return exit_done;
}

int import_codes(const CodesOptions& options) {
    const auto text = backtest::read_text(options.file, import_file_size_max);
    if (!text) {
        print_error(text.error());
        return exit_failed;
    }
    const auto codes = read_code_lines(*text);
    if (!codes) {
        print_error(fmt::format("{}: {}", options.file, codes.error()));
        return exit_failed;
    }
    const auto store = open_or_explain(options.db);
    if (store == nullptr || !has_pool(*store, options)) return exit_failed;
    ProgressBar bar;
    const auto imported = service::import_partner_codes(
        *store, options.pool, *codes, [&](std::size_t done) { bar.show("codes", done, codes->size()); });
    bar.clear();
    if (!imported) {
        print_error(sentence_of(imported.error(), options.db.url));
        print_error("codes that came before that are in the pool: the same file can be imported again.");
        return exit_failed;
    }
    const std::int64_t known = static_cast<std::int64_t>(codes->size()) - *imported;
    fmt::print("{} codes imported into the pool {}; {} were there already, or stood in the file twice.\n", *imported,
               options.pool, known);
    return exit_done;
}

}  // namespace

void add_codes(CLI::App& app, Run& run) {
    auto options = std::make_shared<CodesOptions>();
    CLI::App* const command = app.add_subcommand("codes", "Coupon codes that work once, and codes of other shops");
    command->require_subcommand(1);
    command->footer(
        "Examples:\n"
        "  regulars codes make --db sqlite:shop.db --coupon letter20 --count 1000000 --out codes.csv\n"
        "  regulars codes import --db sqlite:shop.db --pool cinema cinema-codes.txt");
    const auto add = [&](const char* name, const char* about, int (*action)(const CodesOptions&)) {
        CLI::App* const made = command->add_subcommand(name, about);
        add_database(*made, options->db)->required();
        made->callback([options, action, &run] { run = [options, action] { return action(*options); }; });
        return made;
    };
    CLI::App* const made =
        add("make", "Make codes and write them to a new file, the only place where they stand", make);
    made->add_option("--coupon", options->coupon, "The coupon that each of them is for")->required();
    made->add_option("--count", options->count, "How many")->required();
    made->add_option("--out", options->file, "The file; one that exists is not touched")->required();
    made->add_option("--batch", options->batch, "Their batch's name; the coupon's and the time when left out");
    add("list", "Show batches and pools, and how many codes are gone", list)
        ->add_flag("--json", options->json, "As JSON");
    add("withdraw", "Codes of a batch that nobody has taken work no more", withdraw)
        ->add_option("--batch", options->batch, "The batch's name")
        ->required();
    CLI::App* const imported = add("import", "Take codes of another shop, one a line", import_codes);
    imported->add_option("--pool", options->pool, "The pool, as the coupon's 'partner' names it")->required();
    imported->add_option("file", options->file, "The file; - is standard input")->required();
}

}  // namespace regulars::server
