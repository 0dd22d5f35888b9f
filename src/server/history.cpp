#include "server/history.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "backtest/files.hpp"
#include "backtest/rejects.hpp"
#include "base/check.hpp"
#include "service/identities.hpp"

namespace regulars::server {

namespace {

using Commands = std::vector<service::Command>;

/// Commands from the thread that plays the file to the one that sends them, in handfuls.
class CommandQueue {
public:
    static constexpr std::size_t handful = 256;
    static constexpr std::size_t handfuls_max = 16;

    void push(Commands commands) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return abandoned_ || waiting_.size() < handfuls_max; });
        if (!abandoned_) waiting_.push_back(std::move(commands));
        lock.unlock();
        changed_.notify_all();
    }
    void end() {
        {
            const std::lock_guard lock(mutex_);
            ended_ = true;
        }
        changed_.notify_all();
    }
    /// Empty at the end.
    Commands pop() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
        if (waiting_.empty()) return {};
        Commands commands = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        changed_.notify_all();
        return commands;
    }
    /// Nobody takes any more.
    void abandon() {
        {
            const std::lock_guard lock(mutex_);
            abandoned_ = true;
        }
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Commands> waiting_;
    bool ended_ = false;
    bool abandoned_ = false;
};

/// The rejects file, opened with the first row that is rejected.
class RejectsFile {
public:
    explicit RejectsFile(std::string path) : path_(std::move(path)) {}

    void write(std::string_view text) {
        if (failure_) return;
        if (!file_) {
            auto opened = backtest::OutputFile::open(path_);
            if (!opened) {
                failure_ = opened.error();
                return;
            }
            file_ = std::move(*opened);
        }
        file_->write(text);
    }
    /// The file's name, empty when nothing was written.
    expected<std::string, std::string> close() {
        if (failure_) return unexpected(*failure_);
        if (!file_) return std::string();
        if (const auto closed = file_->close(); !closed) return unexpected(closed.error());
        return path_;
    }

private:
    std::string path_;
    std::optional<backtest::OutputFile> file_;
    std::optional<std::string> failure_;
};

}  // namespace

struct History::Parts {
    HistoryRequest request;
    std::shared_ptr<const programme::Programme> programme;
    RejectsFile rejects_file;
    backtest::Rejects rejects;
    std::optional<backtest::Loaded> loaded;
    std::uint64_t rejected_when_read = 0;
    HistoryCounts counts;
    CommandQueue queue;
    std::vector<std::string> identities;  ///< of the customers, as members' are written; each customer's own, by number
    Commands handful;           ///< being filled by the player
    Commands taken;             ///< being emptied by `next`
    std::size_t next_taken = 0;
    std::thread player;

    Parts(HistoryRequest chosen, std::shared_ptr<const programme::Programme> by)
        : request(std::move(chosen)),
          programme(std::move(by)),
          rejects_file(request.rejects_path.empty() ? backtest::rejects_path(request.orders_path)
                                                    : request.rejects_path),
          rejects([this](std::string_view text) { rejects_file.write(text); }) {}
    ~Parts() {
        queue.abandon();
        if (player.joinable()) player.join();
    }

    expected<void, std::string> load(const backtest::Progress& progress);
    expected<void, std::string> name_customers();
    void play();
    void keep(std::uint32_t customer, const engine::Event& event);
};

expected<void, std::string> History::Parts::load(const backtest::Progress& progress) {
    if (backtest::same_file(request.rejects_path, request.orders_path))
        return unexpected(backtest::overwriting(request.rejects_path));
    auto file = backtest::InputFile::open(request.orders_path);
    if (!file) return unexpected(file.error());
    const auto read = [&](std::span<char> place) {
        if (progress) progress(backtest::Stage::reading, file->bytes_done(), file->bytes_total());
        return file->read(place);
    };
    auto read_table = backtest::load(read, *programme, request.map, request.returns, rejects);
    if (!read_table) return unexpected(request.orders_path + ": " + read_table.error());
    loaded.emplace(std::move(*read_table));
    rejected_when_read = rejects.count();
    return name_customers();
}

// Customers that are no such identity stop the import before it begins: their orders would find no member again.
expected<void, std::string> History::Parts::name_customers() {
    const auto& customers = loaded->table.customers();
    for (std::uint32_t customer = 0; customer < customers.size(); ++customer) {
        engine::Identity identity{request.identity_kind, std::string(customers.text(customer))};
        if (const auto problem = service::normalise(identity, programme->identity))
            return unexpected("customer " + identity.value + " as " + identity.kind + ": " + problem->message +
                              "; expected " + problem->allowed + ", or another --identity-kind");
        identities.push_back(std::move(identity.value));
    }
    return {};
}

void History::Parts::keep(std::uint32_t customer, const engine::Event& event) {
    service::Command& command = handful.emplace_back();
    command.target = engine::Identity{request.identity_kind, identities[customer]};
    command.event = event;
    command.create_member = true;
    if (handful.size() == CommandQueue::handful) queue.push(std::exchange(handful, {}));
}

/// On its own thread: the backtest of the file, of which only the events and the counts are wanted.
void History::Parts::play() {
    const backtest::OrderTable& table = loaded->table;
    const LocalDate until = table.size() == 0 ? LocalDate() : programme->zone.date(table.last_at());
    backtest::Play play{programme, table, until, &rejects, false, [] { return 0.0; }, {}, backtest::Stage::playing,
                        [this](std::uint32_t customer, const engine::Event& event) { keep(customer, event); }};
    const backtest::Played played = backtest::play(play);
    rejects.flush();
    counts.orders = played.report.orders;
    counts.orders.read = loaded->rows_read;
    counts.orders.rejected += rejected_when_read;
    counts.orders.returns_skipped = loaded->returns_skipped;
    counts.members = static_cast<std::uint64_t>(played.report.members);
    if (!handful.empty()) queue.push(std::move(handful));
    queue.end();
}

expected<std::unique_ptr<History>, std::string> History::open(const HistoryRequest& request,
                                                              std::shared_ptr<const programme::Programme> programme,
                                                              const backtest::Progress& progress) {
    auto parts = std::make_unique<Parts>(request, std::move(programme));
    if (const auto loaded = parts->load(progress); !loaded) return unexpected(loaded.error());
    parts->player = std::thread([raw = parts.get()] { raw->play(); });
    return std::unique_ptr<History>(new History(std::move(parts)));
}

History::History(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

History::~History() = default;

std::optional<service::Command> History::next() {
    if (parts_->next_taken == parts_->taken.size()) {
        parts_->taken = parts_->queue.pop();
        parts_->next_taken = 0;
        if (parts_->taken.empty()) return std::nullopt;
    }
    return std::move(parts_->taken[parts_->next_taken++]);
}

std::uint64_t History::members() const {
    return parts_->loaded->table.member_count();
}

expected<HistoryCounts, std::string> History::counts() {
    if (parts_->player.joinable()) parts_->player.join();
    auto rejects_file = parts_->rejects_file.close();
    if (!rejects_file) return unexpected(rejects_file.error());
    parts_->counts.rejects_file = std::move(*rejects_file);
    return parts_->counts;
}

}  // namespace regulars::server
